/* What one finding is worth before its message, its day and its age are looked at: steps 0 to 3. */
#ifndef OVERSTEP_DAEMON_RISK_VALUE_H
#define OVERSTEP_DAEMON_RISK_VALUE_H

#include "base/error.h"
#include "model/burst.h"
#include "model/risk.h"
#include "months.h"

/* A history, looked through once. */
struct risk_fold {
	const struct risk_history *history;
	struct risk_credit *credits; /* in order of time */
	struct months months;
};

/* A finding on its way to points. */
struct line {
	struct risk_finding finding;
	enum fate own;    /* as far as it alone and its burst decide */
	enum fate fate;   /* as its month, its message and its day decide too */
	double value;     /* points; 0 unless fate is FATE_COUNTS */
	int credits;      /* that lowered it: 0, 1 or 2 (two or more) */
	int allowed_days; /* FATE_ALLOWED: how many days its month allows */
	unsigned rank;    /* of its message in its day, from 1; 0 not ranked */
};

/* Step 0: what is left out. Findings come in order of time; *burst begins as zero. */
enum fate own_fate(
	const struct risk_finding *f, const struct risk_history *history, struct burst *burst);
/* Steps 1 to 3 as known on the day `until`: sets fate, value, credits and allowed_days. */
void line_value(const struct risk_fold *fold, int64_t until, struct line *line);
/* The first day on which nothing that comes later can change the value of that day's lines. */
int64_t settled_day(int64_t day);

/* A weighed line in words: "serious 8, second message of its day x 1/4, 12 days old". The absent
   string when out of memory. */
struct str line_why(const struct risk_cause *cause, struct arena *arena);

#endif
