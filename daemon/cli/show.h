/* One message, or what a sequence found, as `overstep show` prints it; `demo` too. */
#ifndef OVERSTEP_DAEMON_CLI_SHOW_H
#define OVERSTEP_DAEMON_CLI_SHOW_H

#include "command.h"
#include "index/index.h"

/* why: each finding's reason, the clocks and the proof as well. */
/* Fails: ERROR_MEMORY, ERROR_SYSTEM. */
int message_show(
	struct invocation *in, const struct indexed_message *m, bool why, struct error *err);

/* Why, and its messages, a line each; or as JSON. */
int sequence_show(struct invocation *in, const struct indexed_sequence *s, struct error *err);

#endif
