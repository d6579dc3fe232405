/* What a report needs for the decision about a client: settings, boundaries told, agreements. */
#ifndef OVERSTEP_DAEMON_CLI_REPORT_DECISION_H
#define OVERSTEP_DAEMON_CLI_REPORT_DECISION_H

#include "command.h"
#include "index/index.h"
#include "report/decision.h"

/* Before the first message. */
int report_decision_begin(
	struct invocation *in, int64_t at_us, struct report_client *c, struct error *err);
/* Every message of the client's. */
int report_decision_message(struct invocation *in, const struct indexed_message *m,
	struct report_client *c, struct error *err);

#endif
