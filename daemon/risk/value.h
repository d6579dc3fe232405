/* What one finding is worth before its message, its day and its age are looked at: steps 0 to 3. */
#ifndef OVERSTEP_DAEMON_RISK_VALUE_H
#define OVERSTEP_DAEMON_RISK_VALUE_H

#include "base/error.h"
#include "model/risk.h"

/* A finding on its way to points. */
struct line {
	const struct risk_finding *finding;
	enum fate fate;
	double value;     /* points; 0 unless fate is FATE_COUNTS */
	int credits;      /* that lowered it: 0, 1 or 2 (two or more) */
	int allowed_days; /* FATE_ALLOWED: how many days its month allows */
	unsigned rank;    /* of its message in its day, from 1; 0 not ranked */
};

/* Sets fate, value and credits of each line: left out, points, allowance, credit. Sorts the lines
   as it needs. Fails: ERROR_MEMORY. */
int lines_value(const struct risk_history *history, int64_t day, struct line *lines, size_t count,
	struct error *err);

/* A weighed line in words: "serious 8, second message of its day x 1/4, 12 days old". The absent
   string when out of memory. */
struct str line_why(const struct risk_cause *cause, struct arena *arena);

#endif
