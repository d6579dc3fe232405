/* How a holiday is described: which day of a year it is, where, since when, and its substitute. */
#ifndef OVERSTEP_WORKTIME_HOLIDAY_RULES_H
#define OVERSTEP_WORKTIME_HOLIDAY_RULES_H

#include <stddef.h>

enum holiday_kind {
	HOLIDAY_FIXED,           /* month, day */
	HOLIDAY_EASTER,          /* `days` after Easter Sunday */
	HOLIDAY_WEEKDAY_FROM,    /* the first such weekday from month, day on */
	HOLIDAY_THAT_OR_WEEKDAY, /* month, day when it is `other`; else as HOLIDAY_WEEKDAY_FROM */
};

/* What happens when the day falls on a weekend; the day itself stays a holiday. */
enum holiday_substitute {
	SUBSTITUTE_NONE,
	SUBSTITUTE_NEXT,    /* also the next weekday that is no holiday */
	SUBSTITUTE_NEAREST, /* also Friday for Saturday, Monday for Sunday */
	SUBSTITUTE_MONDAY,  /* also Monday for Sunday */
};

struct holiday_rule {
	const char *name; /* in the country's own language */
	enum holiday_kind kind;
	int month, day;
	int days;
	int weekday, other; /* 0 Monday ... 6 Sunday */
	int from, until;    /* years, both included; 0 is open */
	const char *in;     /* regions that have it, "BW BY"; NULL: all */
	const char *not_in; /* regions that do not */
	enum holiday_substitute substitute;
};

struct holiday_calendar {
	const char *code;
	const char *regions;           /* known ones, "BB BE BW"; "" when there are none */
	const char *substitute_suffix; /* " (observed)" behind the holiday's name, or NULL */
	const struct holiday_rule *rules;
	size_t count;
};

#define HOLIDAY_RULES_MAX 40 /* of one country */
extern const struct holiday_calendar holiday_calendars[];
extern const size_t holiday_calendar_count;

#endif
