/* What mending was tried, sign by sign, and what became of it. */
#ifndef OVERSTEP_DAEMON_REPORT_DECISION_MENDING_H
#define OVERSTEP_DAEMON_REPORT_DECISION_MENDING_H

#include "report/decision.h"

/* Puts the boundaries in order, and fills the mendings. */
void mendings_find(const struct report_client *c, struct decision *d);

#endif
