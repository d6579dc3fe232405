/* Which of many incidents a page shows whole. */
#ifndef OVERSTEP_DAEMON_REPORT_FORM_H
#define OVERSTEP_DAEMON_REPORT_FORM_H

#include "report/report.h"

/* What decides which of two incidents is shown: the gravest, and of equal ones the newest. */
struct rank {
	int worst;
	int64_t at_us;
	uint64_t evidence;
};
struct rank rank_of(const struct incident *x);
/* Below 0: a comes first. */
int rank_order(struct rank a, struct rank b);

/* Gives each its form: the first are whole; then come lines. 0, or -1 out of memory. */
int incidents_form(struct incident *all, size_t count);

#endif
