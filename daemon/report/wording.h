/* What every form of the report works out alike. */
#ifndef OVERSTEP_DAEMON_REPORT_WORDING_H
#define OVERSTEP_DAEMON_REPORT_WORDING_H

#include "report/report.h"

/* "2026-03-12", for what is read by programs. */
void add_day(struct buf *out, int64_t day);
/* Whole per cent, rounded half up; 0 of 0 is 0. */
unsigned percent(uint64_t part, uint64_t whole);

/* All clients together. */
struct report_sums {
	uint64_t messages, findings, unexamined;
};
void report_sum(const struct report *r, struct report_sums *out);

/* Lines of the figure by whether they count: their sum in tenths, how many. */
int64_t causes_sum(const struct risk *risk, size_t *counting);

#endif
