/* Reads the Date header: RFC 5322, its obsolete forms, and what mail programs made of them. */
#include "base/clock.h"
#include "message/message_parse.h"

/* Where reading stands: tokens are numbers, words and single characters. */
struct reading {
	struct str rest;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* White space and comments, which nest. */
static void skip_white(struct reading *r)
{
	size_t depth = 0, at = 0;
	for (; at < r->rest.len; at++) {
		char c = r->rest.ptr[at];
		if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n')
			break;
		else if (c == '\\' && at + 1 < r->rest.len)
			at++;
	}
	r->rest = str_slice(r->rest, at, r->rest.len);
}

static bool take_char(struct reading *r, char c)
{
	skip_white(r);
	if (r->rest.len == 0 || r->rest.ptr[0] != c)
		return false;
	r->rest = str_slice(r->rest, 1, r->rest.len);
	return true;
}

static struct str take_while(struct reading *r, bool (*fits)(char))
{
	size_t len = 0;
	skip_white(r);
	while (len < r->rest.len && fits(r->rest.ptr[len]))
		len++;
	struct str taken = str_slice(r->rest, 0, len);
	r->rest = str_slice(r->rest, len, r->rest.len);
	return taken;
}

static bool take_number(struct reading *r, size_t max_digits, int *out, size_t *digits)
{
	struct str number = take_while(r, is_digit);
	uint64_t value;
	if (number.len > max_digits || !str_to_u64(number, 99999, &value))
		return false;
	*out = (int)value;
	if (digits)
		*digits = number.len;
	return true;
}

/* "Sep" or "September" -> 9. */
static bool take_month(struct reading *r, int *month)
{
	static const struct str names[12] = {STR("january"), STR("february"), STR("march"),
		STR("april"), STR("may"), STR("june"), STR("july"), STR("august"), STR("september"),
		STR("october"), STR("november"), STR("december")};
	struct str word = take_while(r, is_letter);
	for (int i = 0; i < 12; i++) {
		if (word.len >= 3 && str_starts_nocase(names[i], word)) {
			*month = i + 1;
			return true;
		}
	}
	return false;
}

/* RFC 5322, 4.3: two digits are of 1950 to 2049, three are counted from 1900. */
static bool take_year(struct reading *r, int *year)
{
	size_t digits;
	if (!take_number(r, 4, year, &digits) || digits < 2)
		return false;
	if (digits == 2)
		*year += *year < 50 ? 2000 : 1900;
	else if (digits == 3)
		*year += 1900;
	return true;
}

/* "21:40", "21:40:05", "21.40.05"; a fraction is left out. */
static bool take_time(struct reading *r, int64_t *of_day_us)
{
	int hour, minute, second = 0, fraction;
	if (!take_number(r, 2, &hour, NULL))
		return false;
	char colon = take_char(r, ':') ? ':' : '.';
	if ((colon == '.' && !take_char(r, '.')) || !take_number(r, 2, &minute, NULL))
		return false;
	if (take_char(r, colon) && !take_number(r, 2, &second, NULL))
		return false;
	if (take_char(r, '.'))
		take_number(r, 5, &fraction, NULL);
	/* 60 is a leap second, which UTC since 1970 counts as the next minute's first */
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	*of_day_us = hour * HOUR_US + minute * MINUTE_US + second * SECOND_US;
	return true;
}

/* RFC 5322, 4.3. The military letters were defined wrongly once and mean nothing since. */
static int named_offset(struct str name)
{
	static const struct {
		struct str name;
		int hours;
	} zones[] = {{STR("EDT"), -4}, {STR("EST"), -5}, {STR("CDT"), -5}, {STR("CST"), -6},
		{STR("MDT"), -6}, {STR("MST"), -7}, {STR("PDT"), -7}, {STR("PST"), -8}};
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
		if (str_eq_nocase(name, zones[i].name))
			return zones[i].hours * 60;
	return 0;
}

/* "+0200", "0530", "+02:00", "EST"; what is none of them is UTC, as -0000 is. */
static int take_zone(struct reading *r)
{
	bool west = take_char(r, '-');
	bool sign = west || take_char(r, '+');
	int zone, minutes;
	size_t digits;
	if (!sign && r->rest.len > 0 && is_letter(r->rest.ptr[0]))
		return named_offset(take_while(r, is_letter));
	if (!take_number(r, 5, &zone, &digits))
		return 0;
	if (digits <= 2 && take_char(r, ':') && take_number(r, 2, &minutes, NULL))
		zone = zone * 100 + minutes;
	int offset = zone / 100 * 60 + zone % 100;
	return offset >= 24 * 60 ? 0 : west ? -offset : offset;
}

/* "22 Aug 2002", and "22-Aug-2002" of some programs. */
static bool take_day_first(struct reading *r, struct date *d)
{
	if (!take_number(r, 2, &d->day, NULL))
		return false;
	bool dashes = take_char(r, '-');
	if (!take_month(r, &d->month))
		return false;
	if (dashes)
		take_char(r, '-');
	return take_year(r, &d->year);
}

/* "Sep 21 08:18:08 2002", as asctime writes it; a zone stands before the year or behind it. */
static bool take_asctime(struct reading *r, struct date *d, int64_t *of_day_us, int *offset)
{
	*offset = 0;
	if (!take_month(r, &d->month) || !take_number(r, 2, &d->day, NULL) ||
		!take_time(r, of_day_us))
		return false;
	skip_white(r);
	bool zone_first = r->rest.len > 0 && !is_digit(r->rest.ptr[0]);
	if (zone_first)
		*offset = take_zone(r);
	if (!take_year(r, &d->year))
		return false;
	if (!zone_first)
		*offset = take_zone(r);
	return true;
}

static bool is_word(char c)
{
	return is_letter(c) || (unsigned char)c >= 0x80;
}

/* A weekday says nothing that the date does not, and may be of any language; "Sep" with no comma
   behind it begins a date. */
static void skip_weekday(struct reading *r)
{
	struct reading begin = *r;
	int month;
	if (take_while(r, is_word).len == 0)
		return;
	take_char(r, '.');
	if (take_char(r, ','))
		return;
	struct reading again = begin;
	if (take_month(&again, &month))
		*r = begin;
}

bool date_header_parse(struct str value, int64_t *at_us, int *offset_min)
{
	struct reading r = {value};
	struct date d;
	int64_t of_day_us;
	int offset;
	skip_weekday(&r);
	skip_white(&r);
	if (r.rest.len > 0 && is_letter(r.rest.ptr[0])) {
		if (!take_asctime(&r, &d, &of_day_us, &offset))
			return false;
	} else {
		if (!take_day_first(&r, &d) || !take_time(&r, &of_day_us))
			return false;
		offset = take_zone(&r);
	}
	if (!date_valid(d))
		return false;
	*at_us = date_to_days(d) * DAY_US + of_day_us - offset * MINUTE_US;
	*offset_min = offset;
	return true;
}
