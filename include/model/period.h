/* What kind of moment an instant is: in my hours, in the client's, and why. */
#ifndef OVERSTEP_MODEL_PERIOD_H
#define OVERSTEP_MODEL_PERIOD_H

#include "base/str.h"

/* In order of precedence: a moment's period is the first that fits (contract.md, Time). */
enum period {
	PERIOD_LEAVE,
	PERIOD_HOLIDAY,
	PERIOD_WORKING,
	PERIOD_WEEKEND,
	PERIOD_NIGHT,
	PERIOD_OUTSIDE,
	PERIOD_COUNT,
};

const char *period_name(enum period p);
bool period_parse(struct str name, enum period *out);

/* Properties of a moment for a rule's `when`: several may hold. One bit each. `outside` is "not
 * working". */
#define MOMENT_BIT(period) (1u << (period))

struct moment {
	enum period period;
	unsigned properties; /* MOMENT_BIT()s */
	int offset_min;      /* of the zone at the instant, east positive */
	int weekday;         /* 0 Monday ... 6 Sunday, local */
	int hour;            /* 0-23, local */
	int minute;
	int64_t day; /* local civil day, days since 1970-01-01 */
	bool has_opening;
	int64_t opening_at_us;  /* the next instant that is working (itself when it is working) */
	int opening_offset_min; /* of the zone then: DST may change before it */
	/* Facts of `why` that a record has in its words alone, and read back are not there: between
	   which minutes of the day it is so (a stretch of work or of none, open where that begins
	   or ends with the day), and the name of the holiday or the days of leave, the worktime's.
	 */
	bool has_from, has_until;
	int from_min, until_min;
	const char *day_off;
	/* "Tue 21:40 in Europe/Stockholm, after 17:30", "Fri 10:05 in Europe/Stockholm, holiday:
	   Midsommarafton" or "Wed 11:00 in Europe/Stockholm, on leave 2026-07-01..2026-07-28" */
	char why[160];
};

#endif
