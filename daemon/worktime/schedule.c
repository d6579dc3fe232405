/* Reads weekly hours as people write them, and answers for one civil day. */
#include "schedule.h"
#include "base/diag.h"
#include <string.h>

#define EVERY_DAY 0x7fu

static const char *const day_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday",
	"tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
#define DAY_NAME_COUNT (sizeof(day_names) / sizeof(day_names[0]))

/* Where reading stands. */
struct reading {
	struct str text;
	size_t at;
};

static char next_char(const struct reading *r)
{
	return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static bool take_char(struct reading *r, char c)
{
	if (r->at >= r->text.len || next_char(r) != c)
		return false;
	r->at++;
	return true;
}

static bool take_spaces(struct reading *r)
{
	size_t from = r->at;
	while (take_char(r, ' ') || take_char(r, '\t'))
		;
	return r->at > from;
}

/* What stands there, up to where a word would end; for messages. */
static struct str word_at(const struct reading *r)
{
	size_t end = r->at;
	while (end < r->text.len && !strchr(" \t,-", r->text.ptr[end]))
		end++;
	if (end == r->at && end < r->text.len)
		end++;
	return str_slice(r->text, r->at, end);
}

static int expected(const struct reading *r, const char *what, struct error *err)
{
	struct str found = word_at(r);
	unsigned column = (unsigned)r->at + 1;
	if (found.len == 0)
		return error_at(
			err, ERROR_CONFIG, NULL, 0, column, "it ends early, expected %s", what);
	return error_at(err, ERROR_CONFIG, NULL, 0, column, "unexpected '%.*s', expected %s",
		STR_ARG(found), what);
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "9:00" or "09:00", up to 24:00. */
static int time_take(struct reading *r, int *minute, struct error *err)
{
	static const char what[] = "a time such as 09:00";
	struct reading begin = *r;
	int hours = 0, minutes = 0, digits = 0;
	for (; digits < 2 && digit(next_char(r)); digits++, r->at++)
		hours = hours * 10 + (next_char(r) - '0');
	if (digits == 0 || !take_char(r, ':'))
		return expected(&begin, what, err);
	for (digits = 0; digits < 2 && digit(next_char(r)); digits++, r->at++)
		minutes = minutes * 10 + (next_char(r) - '0');
	if (digits != 2 || digit(next_char(r)))
		return expected(&begin, what, err);
	*minute = hours * 60 + minutes;
	if (minutes > 59 || *minute > DAY_MINUTES)
		return expected(&begin, "a time from 00:00 to 24:00", err);
	return 0;
}

static int interval_take(struct reading *r, struct interval *out, struct error *err)
{
	struct reading begin = *r;
	int start = 0, end = 0;
	if (time_take(r, &start, err) < 0)
		return -1;
	if (start == DAY_MINUTES)
		return expected(&begin, "a beginning before 24:00", err);
	if (!take_char(r, '-'))
		return expected(r, "'-' and the time at which it ends", err);
	if (time_take(r, &end, err) < 0)
		return -1;
	if (end == start)
		return error_at(err, ERROR_CONFIG, NULL, 0, (unsigned)begin.at + 1,
			"'%.*s' ends when it begins, expected 00:00-24:00 for a whole day",
			STR_ARG(str_slice(r->text, begin.at, r->at)));
	if (end < start)
		end += DAY_MINUTES;
	*out = (struct interval){start, end};
	return 0;
}

static int day_take(struct reading *r, int *weekday, struct error *err)
{
	struct str word = word_at(r);
	for (size_t i = 0; i < DAY_NAME_COUNT; i++) {
		if (str_eq_nocase(word, str_from(day_names[i]))) {
			r->at += word.len;
			*weekday = (int)(i % 7);
			return 0;
		}
	}
	const char *meant = did_you_mean(word, day_names, DAY_NAME_COUNT);
	if (!meant)
		return expected(r, "a day such as mon", err);
	return error_at(err, ERROR_CONFIG, NULL, 0, (unsigned)r->at + 1,
		"unknown day '%.*s' (did you mean '%s'?)", STR_ARG(word), meant);
}

/* "mon-thu,sat"; a range may pass Sunday: "sat-mon". */
static int days_take(struct reading *r, unsigned *days, struct error *err)
{
	*days = 0;
	do {
		int first, last;
		take_spaces(r);
		if (day_take(r, &first, err) < 0)
			return -1;
		last = first;
		if (take_char(r, '-') && day_take(r, &last, err) < 0)
			return -1;
		for (int day = first;; day = (day + 1) % 7) {
			*days |= 1u << day;
			if (day == last)
				break;
		}
	} while (take_char(r, ','));
	return 0;
}

/* Keeps a day's intervals in order and joins those that touch. */
static int interval_add(
	struct schedule *s, int weekday, struct interval added, size_t at, struct error *err)
{
	struct interval *items = s->days[weekday].items;
	size_t count = s->days[weekday].count, from = 0;
	while (from < count && items[from].end < added.start)
		from++;
	size_t to = from;
	for (; to < count && items[to].start <= added.end; to++) {
		if (items[to].start < added.start)
			added.start = items[to].start;
		if (items[to].end > added.end)
			added.end = items[to].end;
	}
	if (from == to && count == LIMIT_INTERVALS_A_DAY)
		return error_at(err, ERROR_CONFIG, NULL, 0, (unsigned)at + 1,
			"more than %d intervals on one day", LIMIT_INTERVALS_A_DAY);
	memmove(items + from + 1, items + to, (count - to) * sizeof(*items));
	items[from] = added;
	s->days[weekday].count = count - (to - from) + 1;
	return 0;
}

int schedule_add(struct schedule *s, struct str hours, struct error *err)
{
	struct schedule sum = *s; /* untouched on failure */
	struct reading r = {hours, 0};
	unsigned days = EVERY_DAY;
	take_spaces(&r);
	if (!digit(next_char(&r))) {
		if (days_take(&r, &days, err) < 0)
			return -1;
		if (!take_spaces(&r))
			return expected(&r, "a space and hours such as 09:00-17:00", err);
	}
	do {
		struct interval interval;
		size_t at = r.at;
		if (interval_take(&r, &interval, err) < 0)
			return -1;
		for (int weekday = 0; weekday < 7; weekday++) {
			if ((days >> weekday & 1) &&
				interval_add(&sum, weekday, interval, at, err) < 0)
				return -1;
		}
	} while (take_spaces(&r) && r.at < hours.len);
	if (r.at < hours.len)
		return expected(&r, "a space or the end (other days go into another string)", err);
	*s = sum;
	return 0;
}

int interval_parse(struct str s, struct interval *out, struct error *err)
{
	struct reading r = {s, 0};
	struct interval interval;
	take_spaces(&r);
	if (interval_take(&r, &interval, err) < 0)
		return -1;
	take_spaces(&r);
	if (r.at < s.len)
		return expected(&r, "nothing behind the time at which it ends", err);
	*out = interval;
	return 0;
}

size_t schedule_day(const struct schedule *s, int weekday, bool before,
	struct interval out[LIMIT_INTERVALS_A_DAY + 1])
{
	size_t count = 0, yesterday = (size_t)(weekday + 6) % 7;
	if (before && s->days[yesterday].count > 0) {
		/* intervals are apart, so only the last can reach into the next day */
		struct interval last = s->days[yesterday].items[s->days[yesterday].count - 1];
		if (last.end > DAY_MINUTES)
			out[count++] =
				(struct interval){last.start - DAY_MINUTES, last.end - DAY_MINUTES};
	}
	for (size_t i = 0; i < s->days[weekday].count; i++)
		out[count++] = s->days[weekday].items[i];
	return count;
}

bool interval_holds(const struct interval *i, int minute)
{
	return (minute >= i->start && minute < i->end) || minute + DAY_MINUTES < i->end;
}
