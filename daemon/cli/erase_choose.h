/* What `overstep erase` is asked to take: messages, and what the owner supplied himself. */
#ifndef OVERSTEP_DAEMON_CLI_ERASE_CHOOSE_H
#define OVERSTEP_DAEMON_CLI_ERASE_CHOOSE_H

#include "command.h"

struct things {
	size_t messages;
	size_t exhibits; /* attached files and notes */
};

/* What is to go, and what stays though it was asked for. Zero-initialised is empty. */
struct choice {
	uint64_t *seqs; /* ascending, each once */
	size_t count, cap;
	struct things going;
	struct things held;   /* of a client in a dispute */
	struct things shared; /* also of a client that was not asked for */
};

/* By the invocation's arguments and options. Fails: ERROR_USAGE, ERROR_NOT_FOUND for an evidence
   number that is none, and as index_search. */
int erase_choose(struct invocation *in, struct choice *out, struct error *err);
void choice_finish(struct choice *c);

#endif
