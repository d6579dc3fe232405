/* Phrases filled in, with plurals, numbers and days as each language has them. */
#include "report/words.h"

#include "base/clock.h"
#include "base/html.h"
#include <assert.h>
#include <string.h>

static const char *const phrases[PHRASE_COUNT][TONGUE_COUNT] = {
#define PHRASE(name, en, sv, fr) [PHRASE_##name] = {en, sv, fr},
#include "report/phrases/all.def"
#undef PHRASE
};

#define NO_BREAK "\xc2\xa0"
#define NARROW_NO_BREAK "\xe2\x80\xaf"

static const struct usage {
	const char *thousands, *decimal;
	int64_t singular_most; /* nothing is one in French, several elsewhere */
	int64_t singular_least;
	const char *date_layout; /* y, m, d stand for the numbers */
	const char *first_day;   /* of a month, in sentences */
	const char *before_mark; /* before a high mark that no phrase has */
} usages[TONGUE_COUNT] = {
	[TONGUE_EN] = {",", ".", 1, 1, "y-m-d", "1", ""},
	[TONGUE_SV] = {NO_BREAK, ",", 1, 1, "y-m-d", "1", ""},
	[TONGUE_FR] = {NARROW_NO_BREAK, ",", 1, 0, "d/m/y", "1er", NO_BREAK},
};

struct fill fill_text(struct str text)
{
	return (struct fill){.kind = FILL_TEXT, .text = text};
}

struct fill fill_count(uint64_t n)
{
	return (struct fill){.kind = FILL_COUNT, .number = (int64_t)n};
}

struct fill fill_number(int64_t n)
{
	return (struct fill){.kind = FILL_NUMBER, .number = n};
}

struct fill fill_tenths(int64_t tenths)
{
	return (struct fill){.kind = FILL_TENTHS, .number = tenths};
}

struct fill fill_phrase(enum phrase p)
{
	return (struct fill){.kind = FILL_PHRASE, .phrase = p};
}

struct fill fill_counted(enum phrase p, uint64_t n)
{
	return (struct fill){.kind = FILL_COUNTED, .phrase = p, .number = (int64_t)n};
}

struct fill fill_day(int64_t day)
{
	return (struct fill){.kind = FILL_DAY, .number = day};
}

struct fill fill_short_day(int64_t day)
{
	return (struct fill){.kind = FILL_SHORT_DAY, .number = day};
}

struct fill fill_date(struct report_time t)
{
	return (struct fill){.kind = FILL_DATE, .time = t};
}

struct fill fill_time(struct report_time t)
{
	return (struct fill){.kind = FILL_TIME, .time = t};
}

struct fill fill_zoned(struct report_time t)
{
	return (struct fill){.kind = FILL_ZONED, .time = t};
}

struct fill fill_clock(struct report_time t)
{
	return (struct fill){.kind = FILL_CLOCK, .time = t};
}

struct fill fill_minute(int minute)
{
	return (struct fill){.kind = FILL_MINUTE, .number = minute};
}

static void add_grouped(const struct pen *pen, int64_t n)
{
	if (n >= 1000) {
		add_grouped(pen, n / 1000);
		buf_add_format(pen->out, "%s%03d", usages[pen->tongue].thousands, (int)(n % 1000));
	} else {
		buf_add_format(pen->out, "%d", (int)n);
	}
}

static void add_long_day(const struct pen *pen, int64_t day)
{
	struct date d = date_from_days(day);
	if (d.day == 1)
		buf_add_cstr(pen->out, usages[pen->tongue].first_day);
	else
		buf_add_format(pen->out, "%d", d.day);
	buf_add_char(pen->out, ' ');
	say(pen, phrase_of_month(d.month));
	buf_add_format(pen->out, " %d", d.year);
}

static void add_date(const struct pen *pen, int64_t day)
{
	struct date d = date_from_days(day);
	for (const char *c = usages[pen->tongue].date_layout; *c; c++)
		if (*c == 'y')
			buf_add_format(pen->out, "%04d", d.year);
		else if (*c == 'm' || *c == 'd')
			buf_add_format(pen->out, "%02d", *c == 'm' ? d.month : d.day);
		else
			buf_add_char(pen->out, *c);
}

/* The clock is written alike everywhere: "2026-03-12T21:40:00+01:00" has it. */
static void add_clock(const struct pen *pen, struct report_time t, bool zoned)
{
	char text[TIME_TEXT_SIZE];
	time_format(t.at_us, t.offset_min, t.zulu, text);
	buf_add_format(pen->out, "%.5s", text + strlen("2026-03-12T"));
	if (zoned)
		buf_add_format(pen->out, " %s", text + strlen("2026-03-12T21:40:00"));
}

void say_fill(const struct pen *pen, struct fill fill)
{
	switch (fill.kind) {
	case FILL_TEXT:
		if (pen->html)
			html_add(pen->out, fill.text);
		else
			buf_add_str(pen->out, fill.text);
		break;
	case FILL_COUNT:
		add_grouped(pen, fill.number);
		break;
	case FILL_NUMBER:
		buf_add_format(pen->out, "%lld", (long long)fill.number);
		break;
	case FILL_TENTHS:
		add_grouped(pen, fill.number / 10);
		buf_add_format(
			pen->out, "%s%d", usages[pen->tongue].decimal, (int)(fill.number % 10));
		break;
	case FILL_PHRASE:
		say(pen, fill.phrase);
		break;
	case FILL_COUNTED:
		SAY(pen, fill.phrase, fill_count((uint64_t)fill.number));
		break;
	case FILL_DAY:
		add_long_day(pen, fill.number);
		break;
	case FILL_SHORT_DAY:
		add_date(pen, fill.number);
		break;
	case FILL_DATE:
	case FILL_TIME:
	case FILL_ZONED:
		add_date(pen, date_of_instant(fill.time.at_us, fill.time.offset_min));
		if (fill.kind == FILL_DATE)
			break;
		buf_add_char(pen->out, ' ');
		add_clock(pen, fill.time, fill.kind == FILL_ZONED);
		break;
	case FILL_CLOCK:
		add_clock(pen, fill.time, false);
		break;
	case FILL_MINUTE:
		buf_add_format(
			pen->out, "%02d:%02d", (int)(fill.number / 60), (int)(fill.number % 60));
		break;
	}
}

/* One of the two forms of a phrase in which something is counted; elsewhere a bar is a bar. */
static struct str form_of(enum tongue tongue, enum phrase p, const struct fill *fills, size_t count)
{
	struct str all = str_from(phrases[p][tongue]), several = all, one;
	const struct usage *u = &usages[tongue];
	size_t first = 0;
	while (first < count && fills[first].kind != FILL_COUNT)
		first++;
	if (first == count)
		return all;
	str_split(&several, '|', &one);
	int64_t n = fills[first].number;
	bool singular = n >= u->singular_least && n <= u->singular_most;
	return singular || !several.len ? one : several;
}

/* French parts its high marks and the inside of its quotes from the words, on the same line. */
static bool keeps_together(enum tongue tongue, struct str s, size_t at)
{
	struct str before = str_slice(s, 0, at), behind = str_slice(s, at + 1, s.len);
	return tongue == TONGUE_FR &&
		((behind.len && strchr(":;?!%", behind.ptr[0])) ||
			str_starts(behind, STR("\xc2\xbb")) || str_ends(before, STR("\xc2\xab")));
}

void say_with(const struct pen *pen, enum phrase p, const struct fill *fills, size_t count)
{
	struct str s = form_of(pen->tongue, p, fills, count);
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '{' && i + 2 < s.len) {
			size_t place = (size_t)(s.ptr[i + 1] - '1');
			assert(place < count);
			say_fill(pen, fills[place]);
			i += 2;
		} else if (s.ptr[i] == ' ' && keeps_together(pen->tongue, s, i)) {
			buf_add_cstr(pen->out, NO_BREAK);
		} else {
			buf_add_char(pen->out, s.ptr[i]);
		}
	}
}

void say(const struct pen *pen, enum phrase p)
{
	say_with(pen, p, NULL, 0);
}

void say_mark(const struct pen *pen, char mark)
{
	buf_add_cstr(pen->out, usages[pen->tongue].before_mark);
	buf_add_char(pen->out, mark);
	buf_add_char(pen->out, ' ');
}

const char *phrase_text(enum tongue tongue, enum phrase p)
{
	return phrases[p][tongue];
}
