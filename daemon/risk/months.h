/* Which days of which months hold what the allowance covers (step 2 of risk.md). */
#ifndef OVERSTEP_DAEMON_RISK_MONTHS_H
#define OVERSTEP_DAEMON_RISK_MONTHS_H

#include "model/sign.h"
#include <stddef.h>
#include <stdint.h>

struct month;
/* Zero is empty; in order of time. */
struct months {
	struct month *items;
	size_t count, cap;
};
void months_finish(struct months *m);

/* That day holds a finding of the sign which counts and is covered. 0, or -1 out of memory. */
int months_note(struct months *m, enum sign sign, int64_t day);
/* How many days before it, of the same month, do. */
int months_before(const struct months *m, enum sign sign, int64_t day);

/* [*first, *next): the days of the month that holds `day`. */
void month_span(int64_t day, int64_t *first, int64_t *next);

#endif
