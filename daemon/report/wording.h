/* What every form of the report works out alike. */
#ifndef OVERSTEP_DAEMON_REPORT_WORDING_H
#define OVERSTEP_DAEMON_REPORT_WORDING_H

#include "report/report.h"

/* In English, for what is read by programs or stands in a bundle: "2026-03-12", in my zone then. */
void add_date(struct buf *out, struct report_time t);
void add_day(struct buf *out, int64_t day);
/* "1 message", "1,203 messages" */
void add_count(struct buf *out, uint64_t count, const char *one, const char *many);
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
