/* Civil days that are not worked, each with its name: holidays, or leave. */
#ifndef OVERSTEP_WORKTIME_DAYS_OFF_H
#define OVERSTEP_WORKTIME_DAYS_OFF_H

#include "base/arena.h"
#include "base/error.h"

struct day_off {
	int32_t day; /* since 1970-01-01 */
	uint32_t order;
	const char *name;
};

/* Zero-initialised is empty. Names live in the arena, or for ever. */
struct days_off {
	struct arena arena;
	struct day_off *items;
	size_t count, cap;
};

void days_off_finish(struct days_off *d);
/* Days outside the calendar's years (limits.h) are passed over. Fails: ERROR_CONFIG too many,
   ERROR_MEMORY. */
int days_off_add(struct days_off *d, int64_t day, const char *name, struct error *err);
/* Once, when all are added; needed before days_off_find. */
void days_off_sort(struct days_off *d);
/* The name of a day off, the first added when there are several; NULL when it is none. */
const char *days_off_find(const struct days_off *d, int64_t day);

#endif
