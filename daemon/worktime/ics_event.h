/* One event of a calendar file, and the days that it takes. */
#ifndef OVERSTEP_WORKTIME_ICS_EVENT_H
#define OVERSTEP_WORKTIME_ICS_EVENT_H

#include "days_off.h"
#include "ics_repeat.h"

struct ics_property {
	struct str name;
	struct str value;
};

/* Zero-initialised is an event of which nothing is known. */
struct ics_event {
	bool has_start, has_time, has_end, cancelled, repeats;
	int64_t start, end;
	int64_t days; /* DURATION; 0 unknown */
	struct buf summary;
	struct ics_repeat repeat;
	int64_t *excluded;
	size_t excluded_count, excluded_cap;
};

void ics_event_finish(struct ics_event *e);

/* Takes what one property says; those of no concern are passed over. Fails: ERROR_CONFIG,
   ERROR_MEMORY. */
int ics_event_read(struct ics_event *e, const struct ics_property *p, struct error *err);

/* Adds the days, once all properties are read. Fails: ERROR_CONFIG, ERROR_MEMORY. */
int ics_event_add_days(const struct ics_event *e, struct days_off *out, struct error *err);

#endif
