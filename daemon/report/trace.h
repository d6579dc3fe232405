/* What is known of every incident, also of those that are not kept. */
#ifndef OVERSTEP_DAEMON_REPORT_TRACE_H
#define OVERSTEP_DAEMON_REPORT_TRACE_H

#include "report/report.h"

/* evidence and at are handed in with the trace, its signs are found here. 0, or -1 out of memory.
 */
int trace_add(struct report_client *c, struct trace trace, bool sequence, enum direction direction,
	const struct report_finding *const *findings, size_t count);

#endif
