/* Reads RRULE values, and asks of a day whether one falls on it. */
#include "ics_repeat.h"

#define YEARS_MAX 9999 /* of INTERVAL and COUNT: more years than there are */

static const char *const weekday_codes[7] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

bool ics_date_parse(struct str s, int64_t *day, bool *has_time)
{
	uint64_t number;
	if (!str_to_u64(str_slice(s, 0, 8), 99991231, &number) || s.len < 8)
		return false;
	struct date date = {(int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100)};
	if (!date_valid(date) || (s.len > 8 && s.ptr[8] != 'T'))
		return false;
	*day = date_to_days(date);
	*has_time = s.len > 8;
	return true;
}

static bool read_positive(struct str s, int max, int *out)
{
	uint64_t number;
	if (!str_to_u64(s, (uint64_t)max, &number) || number == 0)
		return false;
	*out = (int)number;
	return true;
}

/* "3", "+3" or "-1" */
static bool read_signed(struct str s, int max, int *out)
{
	bool negative = str_starts(s, STR("-"));
	if (negative || str_starts(s, STR("+")))
		s = str_slice(s, 1, s.len);
	if (!read_positive(s, max, out))
		return false;
	if (negative)
		*out = -*out;
	return true;
}

static bool read_freq(struct str value, struct ics_repeat *r)
{
	(void)r;
	return str_eq_nocase(value, STR("YEARLY"));
}

static bool read_interval(struct str value, struct ics_repeat *r)
{
	return read_positive(value, YEARS_MAX, &r->interval);
}

static bool read_count(struct str value, struct ics_repeat *r)
{
	return read_positive(value, YEARS_MAX, &r->count);
}

static bool read_until(struct str value, struct ics_repeat *r)
{
	bool has_time;
	r->has_until = true;
	return ics_date_parse(value, &r->until, &has_time);
}

static bool read_months(struct str value, struct ics_repeat *r)
{
	struct str part;
	while (str_split(&value, ',', &part)) {
		int month;
		if (!read_positive(part, 12, &month))
			return false;
		r->months |= 1u << month;
	}
	return r->months != 0;
}

static bool read_month_days(struct str value, struct ics_repeat *r)
{
	struct str part;
	while (str_split(&value, ',', &part)) {
		int day;
		if (!read_signed(part, 31, &day))
			return false;
		if (day > 0)
			r->month_days |= UINT32_C(1) << day;
		else
			r->month_days_from_end |= UINT32_C(1) << -day;
	}
	return r->month_days != 0 || r->month_days_from_end != 0;
}

/* "MO", "2MO", "-1FR" */
static bool read_weekdays(struct str value, struct ics_repeat *r)
{
	struct str part;
	while (str_split(&value, ',', &part)) {
		if (part.len < 2 || r->weekday_count == ICS_WEEKDAYS_MAX)
			return false;
		struct str code = str_slice(part, part.len - 2, part.len);
		struct str nth = str_slice(part, 0, part.len - 2);
		int weekday = 0;
		while (weekday < 7 && !str_eq_nocase(code, str_from(weekday_codes[weekday])))
			weekday++;
		int number = 0;
		if (weekday == 7 || (nth.len > 0 && !read_signed(nth, 53, &number)))
			return false;
		r->weekdays[r->weekday_count].weekday = weekday;
		r->weekdays[r->weekday_count++].nth = number;
	}
	return r->weekday_count > 0;
}

static bool read_week_start(struct str value, struct ics_repeat *r)
{
	(void)value; /* counts for weekly rules and BYWEEKNO only (RFC 5545, 3.3.10) */
	(void)r;
	return true;
}

static const struct {
	const char *name;
	bool (*read)(struct str value, struct ics_repeat *r);
	const char *expected;
} parts[] = {
	{"FREQ", read_freq, "FREQ=YEARLY"},
	{"INTERVAL", read_interval, "a number of years"},
	{"COUNT", read_count, "a number of times"},
	{"UNTIL", read_until, "a date such as 20301231"},
	{"BYMONTH", read_months, "months from 1 to 12"},
	{"BYMONTHDAY", read_month_days, "days from 1 to 31 or -1 to -31"},
	{"BYDAY", read_weekdays, "weekdays such as MO, 2MO or -1FR"},
	{"WKST", read_week_start, ""},
};
#define PART_COUNT (sizeof(parts) / sizeof(parts[0]))

int ics_repeat_parse(struct str value, struct ics_repeat *out, struct error *err)
{
	struct ics_repeat repeat = {.interval = 1};
	unsigned seen = 0;
	struct str rest = value, part;
	while (str_split(&rest, ';', &part)) {
		struct str name = {0}, content = part;
		str_split(&content, '=', &name);
		size_t i = 0;
		while (i < PART_COUNT && !str_eq_nocase(name, str_from(parts[i].name)))
			i++;
		if (i == PART_COUNT)
			return error_set(err, ERROR_CONFIG,
				"RRULE part '%.*s' is not understood, expected FREQ=YEARLY with "
				"INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY or BYDAY",
				STR_ARG(part));
		if (seen & 1u << i)
			return error_set(
				err, ERROR_CONFIG, "RRULE part '%.*s' comes twice", STR_ARG(name));
		seen |= 1u << i;
		if (!parts[i].read(content, &repeat))
			return error_set(err, ERROR_CONFIG,
				"RRULE part '%.*s' is not understood, expected %s", STR_ARG(part),
				parts[i].expected);
	}
	if (!(seen & 1u))
		return error_set(err, ERROR_CONFIG, "RRULE has no FREQ, expected FREQ=YEARLY");
	*out = repeat;
	return 0;
}

bool ics_repeat_in_month(const struct ics_repeat *r, struct date start, int month)
{
	if (r->months)
		return r->months >> month & 1;
	return r->month_days || r->month_days_from_end || r->weekday_count || month == start.month;
}

static bool month_day_fits(const struct ics_repeat *r, struct date start, struct date day)
{
	if (!r->month_days && !r->month_days_from_end)
		return r->weekday_count > 0 || day.day == start.day;
	int from_end = date_days_in_month(day.year, day.month) - day.day + 1;
	return (r->month_days >> day.day & 1) || (r->month_days_from_end >> from_end & 1);
}

static bool weekday_fits(const struct ics_repeat *r, struct date day)
{
	if (r->weekday_count == 0)
		return true;
	int64_t days = date_to_days(day);
	int before = day.day - 1;
	int behind = date_days_in_month(day.year, day.month) - day.day;
	if (!r->months) {
		before = (int)(days - date_to_days((struct date){day.year, 1, 1}));
		behind = (int)(date_to_days((struct date){day.year, 12, 31}) - days);
	}
	for (size_t i = 0; i < r->weekday_count; i++) {
		int nth = r->weekdays[i].nth;
		if (r->weekdays[i].weekday == date_weekday(days) &&
			(nth == 0 || nth == before / 7 + 1 || nth == -(behind / 7 + 1)))
			return true;
	}
	return false;
}

bool ics_repeat_on(const struct ics_repeat *r, struct date start, struct date day)
{
	return (day.year - start.year) % r->interval == 0 &&
		ics_repeat_in_month(r, start, day.month) && month_day_fits(r, start, day) &&
		weekday_fits(r, day) && date_cmp(day, start) >= 0 &&
		(!r->has_until || date_to_days(day) <= r->until);
}
