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
	struct strs hours;    /* "mon-thu 09:00-12:00 13:00-17:30", "22:00-06:00" passes midnight */
	struct strs holidays; /* codes ("SE", "DE-BY") or paths of .ics files */
	struct strs leave;    /* "2026-07-01..2026-07-28" or one day */
	struct str night;     /* absent: "22:00-07:00" */
	const char *zone_folder; /* NULL: the system's */
};

/* Fails: ERROR_CONFIG with what was expected. */
int worktime_new(const struct worktime_plan *plan, struct worktime **out, struct error *err);
void worktime_free(struct worktime *w);
const struct zone *worktime_zone(const struct worktime *w);

/* The moment of an instant (us UTC). The next opening is looked for up to 400 days ahead. */
void worktime_at(const struct worktime *w, int64_t at_us, struct moment *out);

/* For the configuration's check: is this one string good? Fails with ERROR_CONFIG and what was
   expected; err->column is the place in the string (from 1) when it is known. */
int worktime_check_zone(struct str s, struct error *err);
int worktime_check_hours(struct str s, struct error *err);
int worktime_check_holidays(struct str s, struct error *err);
int worktime_check_leave(struct str s, struct error *err);
int worktime_check_night(struct str s, struct error *err);

#endif
