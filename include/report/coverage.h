/* Was anything missed: records of looks at the mailboxes as lines that can be read. */
#ifndef OVERSTEP_REPORT_COVERAGE_H
#define OVERSTEP_REPORT_COVERAGE_H

#include "model/gap.h"
#include "report/report.h"

struct json_writer;
struct pen;

enum coverage_kind {
	COVERAGE_WATCHED, /* every account there was then, all the time */
	COVERAGE_AWAY,    /* an account was not looked at */
	COVERAGE_UNKNOWN, /* nothing tells */
	COVERAGE_UNREAD,
	COVERAGE_RENUMBERED,
	COVERAGE_RESTORED, /* from here on all of a folder in one line */
	COVERAGE_VANISHED,
	COVERAGE_MOVED, /* all from one folder to another; why is the other */
};

struct coverage_line {
	enum coverage_kind kind;
	struct report_time from, until; /* one instant, when it was noted, from UNREAD on */
	struct str account, folder, why;
	size_t count;      /* messages */
	uint64_t evidence; /* its record, the first of several; 0: it is folded from many */
};

/* What these gaps, in order of their beginning, say of [from, until). configured: the accounts
   there are now; others count up to their last record. Lines are in order of time, in arena, and
   borrow from the gaps; offsets of times are the caller's. None at all: nothing is recorded. Fails:
   ERROR_MEMORY. */
int coverage_fold(const struct gap *gaps, size_t count, const struct strs *configured,
	int64_t from_us, int64_t until_us, struct arena *arena, struct coverage_line **lines,
	size_t *line_count, struct error *err);

/* The first of so many lines that people are shown; programs get all. */
size_t coverage_first_shown(size_t count);
/* "coverage":[{"what","from","until","account","folder","why","count","evidence"}] */
void coverage_write(const struct coverage_line *lines, size_t count, struct json_writer *w);
/* "not watching 2026-03-10 02:00-04:10 (studio: connection refused)" */
void coverage_say(const struct pen *pen, const struct coverage_line *line);

#endif
