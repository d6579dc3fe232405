/* What sequences found in the messages of a bundle. */
#ifndef OVERSTEP_DAEMON_CLI_EXPORT_SEQUENCES_H
#define OVERSTEP_DAEMON_CLI_EXPORT_SEQUENCES_H

#include "command.h"

/* Their records and those of their rules, of findings whose messages are all among `messages`
   (in any order), and of --client alone when that is given. Appended to the heap array *seqs. */
int export_sequences(struct invocation *in, const uint64_t *messages, size_t message_count,
	uint64_t **seqs, size_t *count, struct error *err);

#endif
