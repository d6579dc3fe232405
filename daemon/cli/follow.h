/* What a command changes can be part of a sequence: they are looked for again. */
#ifndef OVERSTEP_DAEMON_CLI_FOLLOW_H
#define OVERSTEP_DAEMON_CLI_FOLLOW_H

#include "app/sequences.h"
#include "command.h"

/* Over the mail that is here, as far as it was read when the newest came; the service looks
   further. clients: NULL for all. forget: as in struct sequences_plan. Needs store_terms. */
int follow_sequences(struct invocation *in, const struct strs *clients, bool forget,
	struct sequences_outcome *out, struct error *err);

#endif
