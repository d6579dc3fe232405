/* From an instant to a moment: working, outside, night, weekend, holiday or leave, and why. */
#ifndef OVERSTEP_WORKTIME_WORKTIME_H
#define OVERSTEP_WORKTIME_WORKTIME_H

#include "base/error.h"
#include "model/client.h"
#include "model/period.h"

struct worktime;
struct zone;

/* What a worktime is made from; strings are borrowed for the call. */
struct worktime_plan {
	struct str time_zone;
	/* "mon-thu,sat 09:00-12:00 13:00-17:30"; "fri 22:00-06:00" passes midnight; without days it
	   is every day. Strings add up. None: never working. */
	struct strs hours;
	/* Codes (SE FR DE ES GB IE US; DE-BY and the other states, GB-SCT, GB-NIR, FR-57, FR-67,
	   FR-68) or paths of .ics files. GB is England and Wales. */
	struct strs holidays;
	struct strs leave;       /* "2026-07-01..2026-07-28", both days included, or one day */
	struct str night;        /* absent: "22:00-07:00" */
	const char *zone_folder; /* NULL: the system's */
};

/* Fails: ERROR_CONFIG with what was expected; file and line are set when it is an .ics file's. */
int worktime_new(const struct worktime_plan *plan, struct worktime **out, struct error *err);
void worktime_free(struct worktime *w);
const struct zone *worktime_zone(const struct worktime *w);

/* The moment of an instant (us UTC); allocates nothing. What the wall clock shows decides, also in
   the hour that comes twice. A holiday or a day of leave takes its whole civil day, and the shift
   that begins on it. The next opening is looked for LIMIT_OPENING_DAYS ahead. */
void worktime_at(const struct worktime *w, int64_t at_us, struct moment *out);

/* For the configuration's check: is this one string good? Fails with ERROR_CONFIG and what was
   expected; err->column is the place in the string (from 1) when it is known. */
int worktime_check_zone(struct str s, struct error *err);
int worktime_check_hours(struct str s, struct error *err);
int worktime_check_holidays(struct str s, struct error *err);
int worktime_check_leave(struct str s, struct error *err);
int worktime_check_night(struct str s, struct error *err);

#endif
