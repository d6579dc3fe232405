/* Dates, instants, durations and sizes as people and RFC 3339 write them. */
#include "base/clock.h"

#include <stdio.h>

/* Takes exactly `digits` decimal digits off *rest. */
static bool take_number(struct str *rest, size_t digits, int *out)
{
	uint64_t value;
	if (rest->len < digits || !str_to_u64(str_slice(*rest, 0, digits), 9999, &value))
		return false;
	*out = (int)value;
	*rest = str_slice(*rest, digits, rest->len);
	return true;
}

static bool take_char(struct str *rest, const char *any_of)
{
	if (rest->len == 0)
		return false;
	for (; *any_of; any_of++) {
		if (rest->ptr[0] == *any_of) {
			*rest = str_slice(*rest, 1, rest->len);
			return true;
		}
	}
	return false;
}

static bool take_date(struct str *rest, struct date *out)
{
	struct date d;
	if (!take_number(rest, 4, &d.year) || !take_char(rest, "-") ||
		!take_number(rest, 2, &d.month) || !take_char(rest, "-") ||
		!take_number(rest, 2, &d.day) || !date_valid(d))
		return false;
	*out = d;
	return true;
}

bool date_parse(struct str s, struct date *out)
{
	struct date d;
	if (!take_date(&s, &d) || s.len != 0)
		return false;
	*out = d;
	return true;
}

/* Microseconds of "21:40", "21:40:05" or "21:40:05.25"; 60 seconds is a leap second (RFC 3339,
   5.6), which UTC since 1970 counts as the next minute's first. */
static bool take_time(struct str *rest, int64_t *out)
{
	int hour, minute, second = 0;
	int64_t fraction = 0;
	if (!take_number(rest, 2, &hour) || !take_char(rest, ":") || !take_number(rest, 2, &minute))
		return false;
	if (take_char(rest, ":")) {
		if (!take_number(rest, 2, &second))
			return false;
		if (take_char(rest, ".")) {
			int64_t unit = SECOND_US;
			int digit;
			if (!take_number(rest, 1, &digit))
				return false;
			do {
				unit /= 10;
				fraction += digit * unit;
			} while (take_number(rest, 1, &digit));
		}
	}
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	*out = hour * HOUR_US + minute * MINUTE_US + second * SECOND_US + fraction;
	return true;
}

static bool take_offset(struct str *rest, int *out)
{
	if (take_char(rest, "Zz")) {
		*out = 0;
		return true;
	}
	bool west = rest->len > 0 && rest->ptr[0] == '-';
	int hour, minute;
	if (!take_char(rest, "+-") || !take_number(rest, 2, &hour) || !take_char(rest, ":") ||
		!take_number(rest, 2, &minute) || hour > 23 || minute > 59)
		return false;
	*out = (hour * 60 + minute) * (west ? -1 : 1);
	return true;
}

bool time_parse(struct str s, int64_t *at_us, int *offset_min)
{
	struct date d;
	int64_t of_day_us;
	int offset;
	if (!take_date(&s, &d) || !take_char(&s, "Tt ") || !take_time(&s, &of_day_us) ||
		!take_offset(&s, &offset) || s.len != 0)
		return false;
	*at_us = date_to_days(d) * DAY_US + of_day_us - offset * MINUTE_US;
	*offset_min = offset;
	return true;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* What a clock on the wall shows: days since 1970, and the second of the day. In seconds an offset
   cannot overflow. */
static int64_t local_day(int64_t at_us, int offset_min, unsigned *second)
{
	int64_t local = floor_div(at_us, SECOND_US) + (int64_t)offset_min * 60;
	int64_t days = floor_div(local, 86400);
	*second = (unsigned)(local - days * 86400);
	return days;
}

void time_format_mail(int64_t at_us, int offset_min, char out[TIME_TEXT_SIZE])
{
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	unsigned second, away = (unsigned)(offset_min < 0 ? -offset_min : offset_min);
	int64_t days = local_day(at_us, offset_min, &second);
	struct date d = date_from_days(days);
	snprintf(out, TIME_TEXT_SIZE, "%s, %d %s %04d %02u:%02u:%02u %c%02u%02u",
		weekday_names[date_weekday(days)], d.day, months[d.month - 1], d.year,
		second / 3600, second / 60 % 60, second % 60, offset_min < 0 ? '-' : '+',
		away / 60 % 100, away % 60);
}

void time_format(int64_t at_us, int offset_min, bool zulu, char out[TIME_TEXT_SIZE])
{
	unsigned second;
	struct date d = date_from_days(local_day(at_us, offset_min, &second));
	int len = snprintf(out, TIME_TEXT_SIZE, "%04d-%02d-%02dT%02u:%02u:%02u", d.year, d.month,
		d.day, second / 3600, second / 60 % 60, second % 60);
	unsigned away = (unsigned)(offset_min < 0 ? -offset_min : offset_min);
	if (zulu && offset_min == 0)
		snprintf(out + len, TIME_TEXT_SIZE - (size_t)len, "Z");
	else
		snprintf(out + len, TIME_TEXT_SIZE - (size_t)len, "%c%02u:%02u",
			offset_min < 0 ? '-' : '+', away / 60 % 100, away % 60);
}

struct unit {
	const char *name;
	uint64_t factor;
};

/* "60 d", "60d": a whole number, white space or none, one of the units. */
static bool quantity_parse(
	struct str s, const struct unit *units, size_t unit_count, uint64_t max, uint64_t *out)
{
	s = str_trim(s);
	size_t digits = 0;
	while (digits < s.len && s.ptr[digits] >= '0' && s.ptr[digits] <= '9')
		digits++;
	struct str unit = str_trim(str_slice(s, digits, s.len));
	for (size_t i = 0; i < unit_count; i++) {
		uint64_t number;
		if (!str_eq(unit, str_from(units[i].name)))
			continue;
		if (!str_to_u64(str_slice(s, 0, digits), max / units[i].factor, &number))
			return false;
		*out = number * units[i].factor;
		return true;
	}
	return false;
}

bool duration_parse(struct str s, int64_t *seconds)
{
	static const struct unit units[] = {
		{"s", 1},
		{"min", 60},
		{"h", 3600},
		{"d", 86400},
		{"w", 7 * 86400},
		{"y", 365 * 86400},
	};
	uint64_t value;
	/* Bounded so that it can be turned to microseconds. */
	if (!quantity_parse(s, units, sizeof(units) / sizeof(units[0]),
		    (uint64_t)(INT64_MAX / SECOND_US), &value))
		return false;
	*seconds = (int64_t)value;
	return true;
}

bool size_parse(struct str s, uint64_t *bytes)
{
	static const struct unit units[] = {
		{"", 1},
		{"B", 1},
		{"kB", 1000},
		{"KB", 1000},
		{"MB", 1000 * 1000},
		{"GB", 1000 * 1000 * 1000},
		{"KiB", 1024},
		{"MiB", 1024 * 1024},
		{"GiB", 1024 * 1024 * 1024},
	};
	return quantity_parse(s, units, sizeof(units) / sizeof(units[0]), UINT64_MAX, bytes);
}
