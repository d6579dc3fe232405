/* A sorted list of days, so that looking one up costs a binary search and no memory. */
#include "days_off.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/limits.h"
#include <stdlib.h>

void days_off_finish(struct days_off *d)
{
	free(d->items);
	arena_finish(&d->arena);
	*d = (struct days_off){0};
}

int days_off_add(struct days_off *d, int64_t day, const char *name, struct error *err)
{
	if (day < date_to_days((struct date){LIMIT_CALENDAR_FIRST_YEAR, 1, 1}) ||
		day > date_to_days((struct date){LIMIT_CALENDAR_LAST_YEAR, 12, 31}))
		return 0;
	if (d->count >= LIMIT_DAYS_OFF)
		return error_set(err, ERROR_CONFIG, "more than %d days off", LIMIT_DAYS_OFF);
	if (array_room(&d->items, d->count, &d->cap, sizeof(*d->items)) < 0)
		return error_memory(err);
	d->items[d->count] = (struct day_off){(int32_t)day, (uint32_t)d->count, name};
	d->count++;
	return 0;
}

static int day_off_compare(const void *left, const void *right)
{
	const struct day_off *a = left, *b = right;
	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

void days_off_sort(struct days_off *d)
{
	if (d->count > 0)
		qsort(d->items, d->count, sizeof(*d->items), day_off_compare);
}

const char *days_off_find(const struct days_off *d, int64_t day)
{
	size_t low = 0, high = d->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->items[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < d->count && d->items[low].day == day ? d->items[low].name : NULL;
}
