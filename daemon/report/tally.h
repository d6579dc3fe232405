/* What is counted of the messages that pass by. */
#ifndef OVERSTEP_DAEMON_REPORT_TALLY_H
#define OVERSTEP_DAEMON_REPORT_TALLY_H

#include "report/report.h"

/* A message and its findings. 0, or -1 out of memory. */
int tally_message(struct report_client *c, const struct report_message *m);
/* One finding alone, of a sequence. */
int tally_finding(struct report_client *c, const struct report_finding *f, enum direction direction,
	struct report_time at);
/* Weeks and months in order, and who answered how fast. */
void tally_end(struct report_client *c);

#endif
