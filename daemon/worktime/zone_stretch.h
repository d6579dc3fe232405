/* The stretch of time around an instant in which a zone's clocks are not changed. */
#ifndef OVERSTEP_WORKTIME_ZONE_STRETCH_H
#define OVERSTEP_WORKTIME_ZONE_STRETCH_H

#include "tz_rule.h"

struct zone;

struct zone_stretch {
	int64_t start_s, end_s; /* UTC, half-open; INT64_MIN and INT64_MAX are "for ever" */
	const struct zone_type *type;
};

/* One binary search, no allocation. at_s: seconds UTC. */
void zone_stretch_at(const struct zone *z, int64_t at_s, struct zone_stretch *out);

#endif
