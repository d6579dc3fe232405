/* The words that every form of the report shares: neutral, and never more than is known. */
#ifndef OVERSTEP_DAEMON_REPORT_WORDING_H
#define OVERSTEP_DAEMON_REPORT_WORDING_H

#include "report/report.h"

extern const char *const wording_bands;
extern const char *const wording_limits;   /* what the report does not prove */
extern const char *const wording_checking; /* how to check it without us */
extern const char *const wording_timeline; /* what the timeline is, and is not */
extern const char *const wording_harmful;
extern const char *const wording_coverage_title;
extern const char *const wording_coverage_none; /* nothing is recorded of it */
extern const char *const wording_heat;
extern const char *const wording_heat_no_hours;

/* "Scope creep", for headings. */
const char *sign_title(enum sign s);
/* "received, agreed with the others" */
const char *clock_words(enum clock_kind used, bool agreed);
/* "dated as its last message": when a sequence counts as found. */
const char *dating_words(bool absence);
/* "marked wrong: leaves the risk"; NULL when there is nothing to say. */
const char *mark_words(enum mark m);

/* Why a rule matched, without the rule's name when that stands beside it. */
struct str reason_words(const struct incident_finding *f);

/* "Thu" */
const char *weekday_of(struct report_time t);
/* "2026-03-12 21:40" and "2026-03-12 21:40 +01:00", in my zone then. */
void add_time(struct buf *out, struct report_time t);
void add_time_zone(struct buf *out, struct report_time t);
/* "2026-03-12" */
void add_date(struct buf *out, struct report_time t);
void add_day(struct buf *out, int64_t day);
/* "67.1" */
void add_tenths(struct buf *out, int64_t tenths);
/* Whole per cent, rounded half up; 0 of 0 is 0. */
unsigned percent(uint64_t part, uint64_t whole);
/* "1 message", "1,203 messages" */
void add_count(struct buf *out, uint64_t count, const char *one, const char *many);

/* All clients together. */
struct report_sums {
	uint64_t messages, findings, unexamined;
};
void report_sum(const struct report *r, struct report_sums *out);

/* Lines of the figure by whether they count: their sum in tenths, how many. */
int64_t causes_sum(const struct risk *risk, size_t *counting);

#endif
