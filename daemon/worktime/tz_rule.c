/* Reads POSIX TZ strings such as "CET-1CEST,M3.5.0,M10.5.0/3" and works out a year's changes. */
#include "tz_rule.h"
#include "base/clock.h"
#include <string.h>

#define HOUR_S 3600
#define OFFSET_HOURS_MAX 24
#define TIME_HOURS_MAX                                                                             \
	167 /* RFC 9636, 3.3.2: a week less an hour, for America/Nuuk and the like                 \
	     */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool take_char(struct str *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	*s = str_slice(*s, 1, s->len);
	return true;
}

static bool take_number(struct str *s, int min, int max, int *out)
{
	size_t digits = 0;
	int value = 0;
	for (; digits < s->len && digits < 3 && digit(s->ptr[digits]); digits++)
		value = value * 10 + (s->ptr[digits] - '0');
	if (digits == 0 || value < min || value > max)
		return false;
	*s = str_slice(*s, digits, s->len);
	*out = value;
	return true;
}

/* "EST" or "<-03>"; at least three characters, more than fit are cut. */
static bool take_abbreviation(struct str *s, char out[16])
{
	bool quoted = take_char(s, '<');
	size_t len = 0;
	while (len < s->len &&
		(letter(s->ptr[len]) ||
			(quoted &&
				(digit(s->ptr[len]) || s->ptr[len] == '+' || s->ptr[len] == '-'))))
		len++;
	if (len < 3)
		return false;
	size_t kept = len < 15 ? len : 15;
	memcpy(out, s->ptr, kept);
	out[kept] = '\0';
	*s = str_slice(*s, len, s->len);
	return !quoted || take_char(s, '>');
}

/* [+-]hh[:mm[:ss]] */
static bool take_time(struct str *s, int hours_max, int32_t *out)
{
	bool negative = take_char(s, '-');
	if (!negative)
		take_char(s, '+');
	int hours, minutes = 0, seconds = 0;
	if (!take_number(s, 0, hours_max, &hours))
		return false;
	if (take_char(s, ':')) {
		if (!take_number(s, 0, 59, &minutes))
			return false;
		if (take_char(s, ':') && !take_number(s, 0, 59, &seconds))
			return false;
	}
	int32_t total = hours * HOUR_S + minutes * 60 + seconds;
	*out = negative ? -total : total;
	return true;
}

/* ",M3.5.0/-1", ",J60" or ",59/2" */
static bool take_day(struct str *s, struct tz_day *out)
{
	*out = (struct tz_day){.time_s = 2 * HOUR_S};
	if (!take_char(s, ','))
		return false;
	if (take_char(s, 'M')) {
		out->kind = TZ_DAY_OF_MONTH_WEEK;
		if (!take_number(s, 1, 12, &out->month) || !take_char(s, '.') ||
			!take_number(s, 1, 5, &out->week) || !take_char(s, '.') ||
			!take_number(s, 0, 6, &out->weekday))
			return false;
	} else if (take_char(s, 'J')) {
		out->kind = TZ_DAY_WITHOUT_LEAP;
		if (!take_number(s, 1, 365, &out->number))
			return false;
	} else {
		out->kind = TZ_DAY_WITH_LEAP;
		if (!take_number(s, 0, 365, &out->number))
			return false;
	}
	return !take_char(s, '/') || take_time(s, TIME_HOURS_MAX, &out->time_s);
}

/* POSIX counts offsets west of Greenwich; here, as in TZif, east is positive. */
static bool take_type(struct str *s, struct zone_type *out, bool *has_offset)
{
	if (!take_abbreviation(s, out->abbreviation))
		return false;
	*has_offset = s->len > 0 && s->ptr[0] != ',' && s->ptr[0] != '<' && !letter(s->ptr[0]);
	int32_t west = 0;
	if (*has_offset && !take_time(s, OFFSET_HOURS_MAX, &west))
		return false;
	out->offset_s = -west;
	return true;
}

int tz_rule_parse(struct str s, struct tz_rule *out, struct error *err)
{
	struct tz_rule rule = {0};
	struct str rest = s;
	bool has_offset;
	if (!take_type(&rest, &rule.standard, &has_offset) || !has_offset)
		goto bad;
	rule.has_dst = rest.len > 0;
	if (rule.has_dst) {
		if (!take_type(&rest, &rule.dst, &has_offset))
			goto bad;
		if (!has_offset)
			rule.dst.offset_s = rule.standard.offset_s + HOUR_S;
		rule.dst.dst = true;
		if (!take_day(&rest, &rule.dst_begins) || !take_day(&rest, &rule.dst_ends))
			goto bad;
	}
	if (rest.len > 0)
		goto bad;
	*out = rule;
	return 0;
bad:
	return error_set(err, ERROR_INPUT, "bad TZ string '%.*s' at byte %zu", STR_ARG(s),
		s.len - rest.len + 1);
}

static int64_t day_of_month_week(const struct tz_day *d, int year)
{
	int64_t first = date_to_days((struct date){year, d->month, 1});
	int sunday_based = (date_weekday(first) + 1) % 7;
	int day = (d->weekday - sunday_based + 7) % 7 + (d->week - 1) * 7;
	if (day >= date_days_in_month(year, d->month))
		day -= 7; /* week 5 is the last there is */
	return first + day;
}

/* Local midnight plus the time, as if local were UTC. */
static int64_t day_local_s(const struct tz_day *d, int year)
{
	int64_t days = 0;
	switch (d->kind) {
	case TZ_DAY_OF_MONTH_WEEK:
		days = day_of_month_week(d, year);
		break;
	case TZ_DAY_WITHOUT_LEAP:
		days = date_to_days((struct date){year, 1, 1}) + d->number - 1;
		if (d->number > 59 && date_days_in_month(year, 2) == 29)
			days++;
		break;
	case TZ_DAY_WITH_LEAP:
		days = date_to_days((struct date){year, 1, 1}) + d->number;
		break;
	}
	return days * DAY_S + d->time_s;
}

void tz_rule_year(const struct tz_rule *r, int year, int64_t *begins_s, int64_t *ends_s)
{
	*begins_s = day_local_s(&r->dst_begins, year) - r->standard.offset_s;
	*ends_s = day_local_s(&r->dst_ends, year) - r->dst.offset_s;
}
