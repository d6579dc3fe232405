/* The names of periods. */
#include "model/period.h"

#include "names.h"

#include <assert.h>

static const char *const period_names[PERIOD_COUNT] = {
	[PERIOD_LEAVE] = "leave",
	[PERIOD_HOLIDAY] = "holiday",
	[PERIOD_WORKING] = "working",
	[PERIOD_WEEKEND] = "weekend",
	[PERIOD_NIGHT] = "night",
	[PERIOD_OUTSIDE] = "outside",
};

const char *period_name(enum period p)
{
	assert(p < PERIOD_COUNT);
	return period_names[p];
}

bool period_parse(struct str name, enum period *out)
{
	size_t index;
	if (!name_find(name, period_names, PERIOD_COUNT, &index))
		return false;
	*out = (enum period)index;
	return true;
}
