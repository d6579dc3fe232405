/* Which days of which months hold what the allowance covers: a bit for each day. */
#include "months.h"

#include "base/array.h"
#include "base/clock.h"
#include <stdlib.h>
#include <string.h>

struct month {
	int64_t first_day;
	uint32_t days[SIGN_COUNT]; /* bit 0: the first of the month */
};

void months_finish(struct months *m)
{
	free(m->items);
	*m = (struct months){0};
}

void month_span(int64_t day, int64_t *first, int64_t *next)
{
	struct date d = date_from_days(day);
	*first = day - (d.day - 1);
	*next = date_to_days(
		(struct date){d.month == 12 ? d.year + 1 : d.year, d.month % 12 + 1, 1});
}

/* The place of the month that begins on that day: where it is, or would be. What is asked for is
   mostly the newest. */
static size_t place_of(const struct months *m, int64_t first_day)
{
	size_t at = m->count;
	while (at > 0 && m->items[at - 1].first_day >= first_day)
		at--;
	return at;
}

static bool is_there(const struct months *m, size_t at, int64_t first_day)
{
	return at < m->count && m->items[at].first_day == first_day;
}

int months_note(struct months *m, enum sign sign, int64_t day)
{
	int64_t first, next;
	month_span(day, &first, &next);
	size_t at = place_of(m, first);
	if (!is_there(m, at, first)) {
		if (array_room(&m->items, m->count, &m->cap, sizeof(*m->items)) < 0)
			return -1;
		memmove(&m->items[at + 1], &m->items[at], (m->count - at) * sizeof(*m->items));
		m->items[at] = (struct month){.first_day = first};
		m->count++;
	}
	m->items[at].days[sign] |= UINT32_C(1) << (day - first);
	return 0;
}

int months_before(const struct months *m, enum sign sign, int64_t day)
{
	int64_t first, next;
	month_span(day, &first, &next);
	size_t at = place_of(m, first);
	uint32_t earlier = (UINT32_C(1) << (day - first)) - 1;
	return is_there(m, at, first) ? __builtin_popcount(m->items[at].days[sign] & earlier) : 0;
}
