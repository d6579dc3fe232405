/* What a TZif file says: the types of local time, and from which instant each applies. */
#ifndef OVERSTEP_WORKTIME_TZIF_H
#define OVERSTEP_WORKTIME_TZIF_H

#include "base/arena.h"
#include "tz_rule.h"

struct zone_change {
	int64_t at_s; /* UTC */
	uint16_t type;
};

/* Changes ascend strictly. Before the first one types[0] applies (RFC 9636, section 3.2). */
struct tzif {
	struct zone_type *types;
	size_t type_count;
	struct zone_change *changes;
	size_t change_count;
	/* The calendar repeats every 400 years; when set, the last 400 years of changes are the
	   footer's and stand for all that follow. */
	bool repeats;
};

#define GREGORIAN_CYCLE_S (INT64_C(146097) * DAY_S)

/* Everything is allocated in `arena`. Fails: ERROR_INPUT, ERROR_LIMIT, ERROR_MEMORY. */
int tzif_read(struct str bytes, struct arena *arena, struct tzif *out, struct error *err);

#endif
