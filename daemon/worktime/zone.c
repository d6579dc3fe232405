/* Between instants and the clock on the wall of a zone. */
#include "worktime/zone.h"
#include "base/clock.h"
#include "tzif.h"
#include "zone_stretch.h"
#include <stdlib.h>
#include <string.h>

/* No offset is larger (tzif.c), so a reading's instants lie within this of the reading as UTC. */
#define OFFSET_REACH_S (27 * 3600)

struct zone {
	struct arena arena;
	struct str name;
	struct tzif tzif;
};

int zone_parse(struct str name, struct str tzif, struct zone **out, struct error *err)
{
	struct zone *z = calloc(1, sizeof(*z));
	if (!z)
		return error_memory(err);
	z->name = arena_str(&z->arena, name);
	if (!z->name.ptr) {
		error_memory(err);
		goto fail;
	}
	if (tzif_read(tzif, &z->arena, &z->tzif, err) < 0) {
		error_prefix(err, "time zone '%.*s'", STR_ARG(name));
		goto fail;
	}
	*out = z;
	return 0;
fail:
	zone_close(z);
	return -1;
}

void zone_close(struct zone *z)
{
	if (!z)
		return;
	arena_finish(&z->arena);
	free(z);
}

struct str zone_name(const struct zone *z)
{
	return z->name;
}

/* How many changes have happened by at_s. */
static size_t changes_until(const struct tzif *t, int64_t at_s)
{
	size_t low = 0, high = t->change_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (t->changes[middle].at_s <= at_s)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void zone_stretch_at(const struct zone *z, int64_t at_s, struct zone_stretch *out)
{
	const struct tzif *t = &z->tzif;
	int64_t shift_s = 0;
	if (t->repeats) {
		int64_t past_s = at_s - t->changes[t->change_count - 1].at_s;
		if (past_s >= 0)
			shift_s = (past_s / GREGORIAN_CYCLE_S + 1) * GREGORIAN_CYCLE_S;
	}
	size_t i = changes_until(t, at_s - shift_s);
	out->type = &t->types[i > 0 ? t->changes[i - 1].type : 0];
	out->start_s = i > 0 ? t->changes[i - 1].at_s + shift_s : INT64_MIN;
	out->end_s = i < t->change_count ? t->changes[i].at_s + shift_s : INT64_MAX;
}

void zone_local(const struct zone *z, int64_t at_us, struct zone_time *out)
{
	int64_t at_s = floor_divide(at_us, SECOND_US);
	struct zone_stretch stretch;
	zone_stretch_at(z, at_s, &stretch);
	int64_t local_s = at_s + stretch.type->offset_s;
	int64_t days = floor_divide(local_s, DAY_S);
	int second = (int)(local_s - days * DAY_S);
	struct date date = date_from_days(days);
	*out = (struct zone_time){
		.year = date.year,
		.month = date.month,
		.day = date.day,
		.hour = second / 3600,
		.minute = second / 60 % 60,
		.second = second % 60,
		.weekday = date_weekday(days),
		.offset_s = stretch.type->offset_s,
		.dst = stretch.type->dst,
	};
	memcpy(out->abbreviation, stretch.type->abbreviation, sizeof(out->abbreviation));
}

int zone_instants(
	const struct zone *z, int year, int month, int day, int hour, int minute, int64_t out[2])
{
	int64_t days = date_to_days((struct date){year, month, day});
	int64_t reading_s = days * DAY_S + hour * 3600 + minute * 60;
	int64_t before_gap_s = 0;
	bool behind_earlier = false;
	int count = 0;
	struct zone_stretch stretch;
	int64_t at_s = reading_s - OFFSET_REACH_S;
	do {
		zone_stretch_at(z, at_s, &stretch);
		int64_t instant_s = reading_s - stretch.type->offset_s;
		if (instant_s >= stretch.start_s && instant_s < stretch.end_s)
			out[count++] = instant_s * SECOND_US;
		else if (instant_s < stretch.start_s && behind_earlier && count == 0)
			break; /* behind the stretch before, ahead of this one: a gap */
		behind_earlier = instant_s >= stretch.end_s;
		before_gap_s = instant_s;
		at_s = stretch.end_s;
	} while (count < 2 && at_s <= reading_s + OFFSET_REACH_S);
	if (count == 0)
		out[0] = before_gap_s * SECOND_US;
	return count;
}
