/* What is known of a message beside its words: the same lines on the screen and on a page. */
#ifndef OVERSTEP_DAEMON_CLI_MESSAGE_FACTS_H
#define OVERSTEP_DAEMON_CLI_MESSAGE_FACTS_H

#include "command.h"
#include "index/index.h"
#include "report/page.h"

struct message_facts {
	struct arena arena; /* of the strings that are the message's not already */
	struct message_fact *lines;
	size_t count, cap;
};
/* In the order of enum message_fact_group. Zero-initialise it. Fails: ERROR_MEMORY. */
int message_facts_make(const struct invocation *in, const struct indexed_message *m,
	struct message_facts *out, struct error *err);
void message_facts_finish(struct message_facts *f);
/* Why there is no finding, or absent when there is one. Borrows from the message. */
struct str message_verdict(const struct indexed_message *m, struct arena *arena);

#endif
