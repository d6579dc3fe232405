/* What kind of moment an instant is, when work opens next, and the words that say so.
 *
 * The wall clock decides: in a fold the hour that comes twice is worked twice, in a gap nothing is
 * worked. A holiday or a day of leave takes the whole civil day, and the shift that begins on it: a
 * shift from the evening before ends at its midnight, one of its own does not go on after it. */
#include "base/clock.h"
#include "base/utf8.h"
#include "hours.h"
#include "worktime/worktime.h"
#include "zone_stretch.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct intervals {
	struct interval items[LIMIT_INTERVALS_A_DAY + 1];
	size_t count;
};

static bool day_is_off(const struct worktime *w, int64_t day)
{
	return days_off_find(&w->leave, day) || days_off_find(&w->holidays, day);
}

static void day_intervals(const struct worktime *w, int64_t day, struct intervals *out)
{
	out->count = 0;
	if (!day_is_off(w, day))
		out->count = schedule_day(
			&w->hours, date_weekday(day), !day_is_off(w, day - 1), out->items);
}

static const struct interval *interval_at(const struct intervals *list, int minute)
{
	for (size_t i = 0; i < list->count; i++) {
		if (minute >= list->items[i].start && minute < list->items[i].end)
			return &list->items[i];
	}
	return NULL;
}

/* The first worked reading of [from_s, until_s), all in local seconds as if they were UTC. */
static bool worked_reading(
	const struct worktime *w, int64_t from_s, int64_t until_s, int64_t *found_s)
{
	struct intervals list;
	for (int64_t day = floor_divide(from_s, DAY_S); day * DAY_S < until_s; day++) {
		day_intervals(w, day, &list);
		for (size_t i = 0; i < list.count; i++) {
			int64_t start_s = day * DAY_S + list.items[i].start * 60;
			int64_t end_s = day * DAY_S + list.items[i].end * 60;
			if (end_s <= from_s)
				continue;
			*found_s = start_s > from_s ? start_s : from_s;
			return *found_s < until_s;
		}
	}
	return false;
}

/* Goes through the stretches without a change of the clocks, so that an opening in a gap is the
   end of the gap, and one in a fold its first reading still to come. */
static void opening_find(const struct worktime *w, int64_t at_s, struct moment *out)
{
	int64_t limit_s = at_s + (int64_t)LIMIT_OPENING_DAYS * DAY_S;
	struct zone_stretch stretch;
	for (; at_s < limit_s; at_s = stretch.end_s) {
		zone_stretch_at(w->zone, at_s, &stretch);
		int64_t until_s = stretch.end_s < limit_s ? stretch.end_s : limit_s;
		int32_t offset_s = stretch.type->offset_s;
		int64_t found_s;
		if (worked_reading(w, at_s + offset_s, until_s + offset_s, &found_s)) {
			out->has_opening = true;
			out->opening_at_us = (found_s - offset_s) * SECOND_US;
			out->opening_offset_min = offset_s / 60;
			return;
		}
	}
}

static void why_add(struct moment *m, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void why_add(struct moment *m, const char *format, ...)
{
	size_t len = strlen(m->why);
	va_list arguments;
	va_start(arguments, format);
	int wanted = vsnprintf(m->why + len, sizeof(m->why) - len, format, arguments);
	va_end(arguments);
	if (wanted < 0 || len + (size_t)wanted < sizeof(m->why))
		return;
	m->why[utf8_whole(str_from(m->why))] = '\0';
}

struct clock_text {
	char text[8];
};

static struct clock_text clock_text(int minute)
{
	struct clock_text t;
	snprintf(t.text, sizeof(t.text), "%02u:%02u", (unsigned)minute / 60 % 100,
		(unsigned)minute % 60);
	return t;
}

/* Of a shift from the evening before, or into the morning behind. */
static int minute_of_day(int minute)
{
	return minute < 0              ? minute + DAY_MINUTES
		: minute > DAY_MINUTES ? minute - DAY_MINUTES
				       : minute;
}

/* The stretch between two changes of work and no work that holds the minute. */
static void stretch_find(struct moment *m, const struct intervals *list, int minute)
{
	const struct interval *in = interval_at(list, minute), *before = in, *behind = in;
	for (size_t i = 0; i < list->count && !in; i++) {
		const struct interval *one = &list->items[i];
		if (one->end <= minute && (!before || one->end > before->end))
			before = one;
		if (one->start > minute && (!behind || one->start < behind->start))
			behind = one;
	}
	m->has_from = before;
	m->has_until = behind;
	if (before)
		m->from_min = minute_of_day(in ? in->start : before->end);
	if (behind)
		m->until_min = minute_of_day(in ? in->end : behind->start);
}

/* "within 09:00-12:00", "before 09:00", "between 12:00 and 13:00", "after 17:30" */
static void why_add_hours(struct moment *m)
{
	if (m->period == PERIOD_WORKING)
		why_add(m, ", within %s-%s", clock_text(m->from_min).text,
			clock_text(m->until_min).text);
	else if (m->has_from && m->has_until)
		why_add(m, ", between %s and %s", clock_text(m->from_min).text,
			clock_text(m->until_min).text);
	else if (m->has_from)
		why_add(m, ", after %s", clock_text(m->from_min).text);
	else if (m->has_until)
		why_add(m, ", before %s", clock_text(m->until_min).text);
	else if (m->period != PERIOD_WEEKEND)
		why_add(m, ", no hours that day");
}

static void why_write(const struct worktime *w, struct moment *m)
{
	why_add(m, "%s %s in %.*s", weekday_names[m->weekday],
		clock_text(m->hour * 60 + m->minute).text, STR_ARG(zone_name(w->zone)));
	if (m->day_off) {
		why_add(m, m->period == PERIOD_LEAVE ? ", on leave %s" : ", holiday: %s",
			m->day_off);
		return;
	}
	if (m->period == PERIOD_WEEKEND)
		why_add(m, ", weekend");
	if (m->period == PERIOD_NIGHT)
		why_add(m, ", at night");
	why_add_hours(m);
}

static unsigned properties_of(
	const struct worktime *w, const struct moment *m, bool leave, bool holiday, bool working)
{
	unsigned bits = 0;
	if (leave)
		bits |= MOMENT_BIT(PERIOD_LEAVE);
	if (holiday)
		bits |= MOMENT_BIT(PERIOD_HOLIDAY);
	if (m->weekday >= 5)
		bits |= MOMENT_BIT(PERIOD_WEEKEND);
	if (interval_holds(&w->night, m->hour * 60 + m->minute))
		bits |= MOMENT_BIT(PERIOD_NIGHT);
	return bits | (working ? MOMENT_BIT(PERIOD_WORKING) : MOMENT_BIT(PERIOD_OUTSIDE));
}

/* Periods stand in order of precedence, and one of working and outside always holds. */
static enum period first_period(unsigned properties)
{
	enum period p = PERIOD_LEAVE;
	while (!(properties & MOMENT_BIT(p)))
		p++;
	return p;
}

void worktime_at(const struct worktime *w, int64_t at_us, struct moment *out)
{
	struct zone_time local;
	zone_local(w->zone, at_us, &local);
	*out = (struct moment){
		.offset_min = local.offset_s / 60,
		.weekday = local.weekday,
		.hour = local.hour,
		.minute = local.minute,
		.day = floor_divide(floor_divide(at_us, SECOND_US) + local.offset_s, DAY_S),
	};
	struct intervals list;
	day_intervals(w, out->day, &list);
	bool working = interval_at(&list, local.hour * 60 + local.minute);
	const char *leave = days_off_find(&w->leave, out->day);
	const char *holiday = days_off_find(&w->holidays, out->day);
	out->properties = properties_of(w, out, leave, holiday, working);
	out->period = first_period(out->properties);
	out->day_off = leave ? leave : holiday;
	stretch_find(out, &list, local.hour * 60 + local.minute);
	if (working) {
		out->has_opening = true;
		out->opening_at_us = at_us;
		out->opening_offset_min = out->offset_min;
	} else {
		opening_find(w, floor_divide(at_us, SECOND_US), out);
	}
	why_write(w, out);
}
