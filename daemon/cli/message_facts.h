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
/* In the order of enum message_fact_group. Zero-initialise it. Fails: ERROR_MEMORY, ERROR_SYSTEM.
 */
int message_facts_make(const struct invocation *in, enum tongue tongue,
	const struct indexed_message *m, struct message_facts *out, struct error *err);
void message_facts_finish(struct message_facts *f);
struct pen;
/* Says why there is no finding; nothing when there is one. */
void message_verdict(const struct indexed_message *m, const struct pen *pen);

#endif
