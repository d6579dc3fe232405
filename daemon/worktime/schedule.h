/* The hours of a week: which minutes of a civil day are worked, as the wall clock shows them. */
#ifndef OVERSTEP_WORKTIME_SCHEDULE_H
#define OVERSTEP_WORKTIME_SCHEDULE_H

#include "base/error.h"
#include "base/limits.h"
#include "base/str.h"

#define DAY_MINUTES (24 * 60)

/* Minutes since the midnight that a day begins with, half-open. A shift that passes midnight
   belongs to the day it begins on and ends behind 24:00. */
struct interval {
	int start;
	int end;
};

struct schedule {
	struct {
		struct interval items[LIMIT_INTERVALS_A_DAY]; /* ascending, apart from each other */
		size_t count;
	} days[7]; /* 0 Monday ... 6 Sunday */
};

/* Adds one string, such as "mon-thu,sat 09:00-12:00 22:00-06:00"; without days it is every day.
   Zero-initialised is an empty schedule. Fails: ERROR_CONFIG with the column. */
int schedule_add(struct schedule *s, struct str hours, struct error *err);

/* "22:00-07:00" alone. Fails: ERROR_CONFIG with the column. */
int interval_parse(struct str s, struct interval *out, struct error *err);

/* The intervals that touch one civil day, in minutes since its midnight: first the one that began
   the day before and passes over (start below 0; only when `before` is worked), then the day's
   own (end over 24:00 when it passes on). At most LIMIT_INTERVALS_A_DAY + 1. */
size_t schedule_day(const struct schedule *s, int weekday, bool before,
	struct interval out[LIMIT_INTERVALS_A_DAY + 1]);

/* Does a minute of the day, 0 to 1439, lie in it (an interval may pass midnight)? */
bool interval_holds(const struct interval *i, int minute);

#endif
