/* The yearly part of iCalendar's repetition rules. */
#ifndef OVERSTEP_WORKTIME_ICS_REPEAT_H
#define OVERSTEP_WORKTIME_ICS_REPEAT_H

#include "base/clock.h"
#include "base/error.h"

#define ICS_WEEKDAYS_MAX 16

/* Sets are bits: month m is 1 << m, month day d is 1 << d, counted from the month's end likewise.
   An empty set is no condition. */
struct ics_repeat {
	int interval;
	int count; /* 0: without end */
	bool has_until;
	int64_t until; /* day, included */
	unsigned months;
	uint32_t month_days;
	uint32_t month_days_from_end;
	struct {
		int weekday; /* 0 Monday ... 6 Sunday */
		int nth;     /* of the month, or the year without `months`; -1 the last; 0 each */
	} weekdays[ICS_WEEKDAYS_MAX];
	size_t weekday_count;
};

/* The value of an RRULE (RFC 5545, 3.3.10) with FREQ=YEARLY and INTERVAL, COUNT, UNTIL, BYMONTH,
   BYMONTHDAY, BYDAY. Fails: ERROR_CONFIG for any other part. */
int ics_repeat_parse(struct str value, struct ics_repeat *out, struct error *err);

/* Can a month hold an occurrence of what begins on `start`? */
bool ics_repeat_in_month(const struct ics_repeat *r, struct date start, int month);
/* Is a day an occurrence, COUNT aside? */
bool ics_repeat_on(const struct ics_repeat *r, struct date start, struct date day);

/* "20261224", "20261224T090000Z": the day, and whether there is a time. */
bool ics_date_parse(struct str s, int64_t *day, bool *has_time);

#endif
