/* Works the table of holidays out, year by year. */
#include "holidays.h"
#include "base/clock.h"
#include "base/limits.h"
#include "holiday_rules.h"
#include <assert.h>
#include <stdio.h>

#define NO_DAY INT64_MIN

/* Anonymous Gregorian algorithm (Nature, 20 April 1876; Meeus, Astronomical Algorithms, 8). */
int64_t easter_sunday(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;
	return date_to_days((struct date){year, n / 31, n % 31 + 1});
}

static int64_t weekday_from(int64_t day, int weekday)
{
	return day + (weekday - date_weekday(day) + 7) % 7;
}

static int64_t rule_day(const struct holiday_rule *r, int year)
{
	if ((r->from && year < r->from) || (r->until && year > r->until))
		return NO_DAY;
	if (r->kind == HOLIDAY_EASTER)
		return easter_sunday(year) + r->days;
	int64_t day = date_to_days((struct date){year, r->month, r->day});
	if (r->kind == HOLIDAY_WEEKDAY_FROM)
		return weekday_from(day, r->weekday);
	if (r->kind == HOLIDAY_THAT_OR_WEEKDAY && date_weekday(day) != r->other)
		return weekday_from(day, r->weekday);
	return day;
}

static bool day_is_in(int64_t day, const int64_t *days, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (days[i] == day)
			return true;
	}
	return false;
}

static int64_t substitute_day(
	enum holiday_substitute how, int64_t day, const int64_t *taken, size_t taken_count)
{
	int weekday = date_weekday(day);
	if (weekday < 5)
		return NO_DAY;
	switch (how) {
	case SUBSTITUTE_NONE:
		break;
	case SUBSTITUTE_NEXT:
		while (date_weekday(day) >= 5 || day_is_in(day, taken, taken_count))
			day++;
		return day;
	case SUBSTITUTE_NEAREST:
		return weekday == 5 ? day - 1 : day + 1;
	case SUBSTITUTE_MONDAY:
		return weekday == 6 ? day + 1 : NO_DAY;
	}
	return NO_DAY;
}

/* Is a region one of a list such as "BW BY"? */
static bool region_is_in(struct str region, const char *list)
{
	struct str rest = str_from(list), one;
	while (str_split(&rest, ' ', &one)) {
		if (str_eq_nocase(one, region))
			return true;
	}
	return false;
}

static bool rule_applies(const struct holiday_rule *r, struct str region)
{
	if (r->in)
		return region_is_in(region, r->in);
	return !r->not_in || !region_is_in(region, r->not_in);
}

/* The rules of one place, and their substitute days' names. */
struct place_rules {
	const struct holiday_rule *rules[HOLIDAY_RULES_MAX];
	const char *substitute_names[HOLIDAY_RULES_MAX];
	size_t count;
};

static int rules_choose(const struct holiday_calendar *c, struct str region, struct days_off *d,
	struct place_rules *out, struct error *err)
{
	assert(c->count <= HOLIDAY_RULES_MAX);
	out->count = 0;
	for (size_t i = 0; i < c->count; i++) {
		const struct holiday_rule *r = &c->rules[i];
		if (!rule_applies(r, region))
			continue;
		struct str name = {0};
		if (r->substitute != SUBSTITUTE_NONE) {
			name = arena_format(&d->arena, "%s%s", r->name, c->substitute_suffix);
			if (!name.ptr)
				return error_memory(err);
		}
		out->rules[out->count] = r;
		out->substitute_names[out->count++] = name.ptr;
	}
	return 0;
}

/* All days proper come first: a substitute gives way to them, and to earlier substitutes. */
static int year_add(const struct place_rules *p, int year, struct days_off *out, struct error *err)
{
	int64_t days[2 * HOLIDAY_RULES_MAX];
	size_t count = p->count;
	for (size_t i = 0; i < count; i++) {
		days[i] = rule_day(p->rules[i], year);
		if (days[i] != NO_DAY && days_off_add(out, days[i], p->rules[i]->name, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < p->count; i++) {
		if (days[i] == NO_DAY)
			continue;
		int64_t day = substitute_day(p->rules[i]->substitute, days[i], days, count);
		if (day == NO_DAY)
			continue;
		days[count++] = day;
		if (days_off_add(out, day, p->substitute_names[i], err) < 0)
			return -1;
	}
	return 0;
}

static int unknown(struct str code, struct error *err)
{
	char known[128] = "";
	size_t len = 0;
	for (size_t i = 0; i < holiday_calendar_count && len < sizeof(known); i++)
		len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s", i ? ", " : "",
			holiday_calendars[i].code);
	return error_set(err, ERROR_CONFIG,
		"unknown holidays '%.*s', expected one of %s or the path of an .ics file",
		STR_ARG(code), known);
}

int holidays_add(struct str code, struct days_off *out, struct error *err)
{
	struct str region = code, country = {0};
	str_split(&region, '-', &country);
	const struct holiday_calendar *calendar = NULL;
	for (size_t i = 0; i < holiday_calendar_count; i++) {
		if (str_eq_nocase(country, str_from(holiday_calendars[i].code)))
			calendar = &holiday_calendars[i];
	}
	if (!calendar)
		return unknown(code, err);
	if (code.len > country.len && !region_is_in(region, calendar->regions))
		return error_set(err, ERROR_CONFIG,
			"unknown region in holidays '%.*s', expected %s%s%s", STR_ARG(code),
			calendar->code, *calendar->regions ? " alone or with one of " : " alone",
			calendar->regions);
	struct place_rules place;
	if (rules_choose(calendar, region, out, &place, err) < 0)
		return -1;
	for (int year = LIMIT_CALENDAR_FIRST_YEAR; year <= LIMIT_CALENDAR_LAST_YEAR + 1; year++) {
		if (year_add(&place, year, out, err) < 0)
			return -1;
	}
	return 0;
}
