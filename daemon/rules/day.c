/* What day a match of the day class names, by the clock of its message. */
#include "day.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "day_words.h"
#include "phrase.h"
#include <stdlib.h>

#define NUMBERS_MAX 3
#define PASSED_DAYS 60

/* A match taken apart. */
struct named {
	struct buf text; /* small letters without accents, white space one blank */
	struct number {
		int value;
		size_t digits;
	} numbers[NUMBERS_MAX];
	size_t count;
	const struct day_words *languages;
	size_t language_count;
	struct today today;
	bool to_come;    /* "by": no day that has passed is meant */
	struct buf word; /* of a list, made equal in the same way */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void read_numbers(struct named *n)
{
	struct str s = buf_str(&n->text);
	for (size_t i = 0; i < s.len && n->count < NUMBERS_MAX; i++) {
		if (!is_digit(s.ptr[i]))
			continue;
		struct number *number = &n->numbers[n->count++];
		for (; i < s.len && is_digit(s.ptr[i]); i++)
			if (number->digits++ < 4)
				number->value = number->value * 10 + (s.ptr[i] - '0');
	}
}

static bool stands_alone(struct str s, size_t at, size_t end)
{
	return (at == 0 || !utf8_is_word((unsigned char)s.ptr[at - 1]) ||
		       is_digit(s.ptr[at - 1])) &&
		(end == s.len || !utf8_is_word((unsigned char)s.ptr[end]));
}

/* The length of the longest of the words that the match has, 0 for none. */
static size_t longest_of(struct named *n, const char *words)
{
	struct str rest = str_from(words), word;
	size_t longest = 0;
	while (str_split(&rest, '|', &word)) {
		struct str text = buf_str(&n->text);
		size_t from = 0, at;
		buf_clear(&n->word);
		words_plain(word, true, &n->word);
		while (str_find(str_slice(text, from, text.len), buf_str(&n->word), &at)) {
			at += from;
			from = at + 1;
			if (stands_alone(text, at, at + n->word.len) && n->word.len > longest)
				longest = n->word.len;
		}
	}
	return longest;
}

/* Which of the lists has a word that the match has, from 1; 0 none. */
static int index_of(struct named *n, const char *const *lists, int count)
{
	int found = 0;
	size_t longest = 0;
	for (int i = 0; i < count; i++) {
		size_t length = longest_of(n, lists[i]);
		if (length > longest) {
			longest = length;
			found = i + 1;
		}
	}
	return found;
}

static bool to_day(int year, int month, int day, int64_t *out)
{
	struct date d = {year, month, day};
	if (!date_valid(d))
		return false;
	*out = date_to_days(d);
	return true;
}

/* The day of a year that is not said: the last one when it is not long ago, else the next. */
static bool likely_year(const struct named *n, int month, int day, int64_t *out)
{
	int64_t since = n->today.day - (n->to_come ? 0 : PASSED_DAYS);
	int year = date_from_days(since).year;
	if (!n->today.known)
		return false;
	/* a leap day may be years away */
	for (int i = 0; i <= 8; i++)
		if (to_day(year + i, month, day, out) && *out >= since)
			return true;
	return false;
}

/* A year of two digits is of this century; digits 0: none was said. */
static bool with_year(const struct named *n, int month, int day, int64_t *out)
{
	const struct number *year = n->count == 3 ? &n->numbers[2] : NULL;
	if (!year)
		return likely_year(n, month, day, out);
	return to_day(year->digits == 2 ? 2000 + year->value : year->value, month, day, out);
}

/* "2026-03-04", "4.3.2026", "4/3" */
static bool read_numeric(const struct named *n, int64_t *out)
{
	struct str text = buf_str(&n->text);
	int a = n->numbers[0].value, b = n->numbers[1].value;
	size_t at;
	if (n->numbers[0].digits == 4)
		return n->count == 3 && to_day(a, b, n->numbers[2].value, out);
	bool slash = str_find(text, STR("/"), &at);
	bool either = n->language_count > 1 || n->languages->month_first;
	if (slash && either && b > 12)
		return with_year(n, a, b, out);
	if (slash && either && a <= 12 && a != b)
		return false;
	return with_year(n, b, a, out);
}

/* "end of March", "end of March 2027": its last day, this year's unless it is over. */
static bool read_month_end(struct named *n, int month, int64_t *out)
{
	struct date d = date_from_days(n->today.day);
	if (!n->count && !n->today.known)
		return false;
	d.year = n->count ? n->numbers[0].value : d.year + (month < d.month);
	return to_day(d.year, month, date_days_in_month(d.year, month), out);
}

/* "14 March 2026", "March 14th" */
static bool read_month(struct named *n, int month, int64_t *out)
{
	int day = n->numbers[0].value;
	if (n->numbers[0].digits == 4 || !n->count)
		return read_month_end(n, month, out);
	if (n->count == 2)
		return to_day(n->numbers[1].value, month, day, out);
	return likely_year(n, month, day, out);
}

/* "the 14th": this month's or, when that is over, the next one's that has it. */
static bool read_ordinal(const struct named *n, int64_t *out)
{
	struct date d = date_from_days(n->today.day);
	int day = n->numbers[0].value;
	if (!n->today.known || day < 1 || day > 31)
		return false;
	if (day < d.day)
		d.month++;
	for (;; d.month++) {
		if (d.month > 12) {
			d.month = 1;
			d.year++;
		}
		if (day <= date_days_in_month(d.year, d.month))
			break;
	}
	return to_day(d.year, d.month, day, out);
}

/* So many days that are no weekend; holidays are not known here. */
static int64_t add_work_days(int64_t day, int count)
{
	while (count > 0)
		count -= date_weekday(++day) < 5;
	return day;
}

/* "in three weeks", "within 48 hours" */
static bool read_count(struct named *n, const struct day_words *w, int64_t *out)
{
	int number = n->count ? n->numbers[0].value : index_of(n, w->numbers, 10);
	int64_t today = n->today.day;
	if (!number || !longest_of(n, w->in))
		return false;
	if (longest_of(n, w->work_units))
		*out = add_work_days(today, number);
	else if (longest_of(n, w->week_units))
		*out = today + 7 * (int64_t)number;
	else if (longest_of(n, w->day_units))
		*out = today + number;
	else if (longest_of(n, w->hour_units))
		*out = today + (number + 23) / 24;
	else
		return false;
	return true;
}

static int64_t month_end(int64_t day, int months)
{
	struct date d = date_from_days(day);
	int month = d.month - 1 + months;
	d.year += month / 12;
	d.month = month % 12 + 1;
	d.day = date_days_in_month(d.year, d.month);
	return date_to_days(d);
}

static int64_t phrase_day(const struct day_phrase *phrase, int64_t today)
{
	int64_t sunday = today + 6 - date_weekday(today);
	switch (phrase->meaning) {
	case DAY_OFFSET:
		return today + phrase->number;
	case DAY_WEEK_END:
		return sunday + 7 * (int64_t)phrase->number;
	case DAY_MONTH_END:
		return month_end(today, phrase->number);
	case DAY_YEAR_END:
		break;
	}
	return date_to_days((struct date){date_from_days(today).year, 12, 31});
}

static bool read_phrase(struct named *n, const struct day_words *w, int64_t *out)
{
	size_t longest = 0;
	for (size_t i = 0; i < DAY_PHRASES_MAX && w->phrases[i].words; i++) {
		size_t length = longest_of(n, w->phrases[i].words);
		if (length <= longest)
			continue;
		longest = length;
		*out = phrase_day(&w->phrases[i], n->today.day);
	}
	return longest > 0;
}

static bool read_weekday(struct named *n, const struct day_words *w, int64_t *out)
{
	int weekday = index_of(n, w->weekdays, 7) - 1;
	int64_t today = n->today.day, monday = today - date_weekday(today);
	if (weekday < 0)
		return false;
	if (w->next && longest_of(n, w->next))
		*out = monday + 7 + weekday;
	else
		*out = today + 1 + (weekday - date_weekday(today + 1) + 7) % 7;
	return true;
}

/* Words of one language decide, also that a day is none: 30 February. */
static bool read_words(struct named *n, const struct day_words *w, bool *found, int64_t *out)
{
	bool may_be = n->count || longest_of(n, w->end_of);
	int month = may_be ? index_of(n, w->months, 12) : 0;
	if (month) {
		*found = read_month(n, month, out);
		return true;
	}
	*found = n->today.known &&
		(read_count(n, w, out) || (!n->count && read_phrase(n, w, out)) ||
			(!n->count && read_weekday(n, w, out)));
	return *found;
}

/* "by", in the match or right before it. */
static bool is_to_come(struct named *n, struct str lead)
{
	struct buf before = {0};
	struct str text, rest, word;
	bool found = false;
	words_plain(lead, true, &before);
	text = str_trim(buf_str(&before));
	for (size_t i = 0; !found && i < n->language_count; i++) {
		found = longest_of(n, n->languages[i].until) > 0;
		rest = str_from(n->languages[i].until);
		while (!found && str_split(&rest, '|', &word)) {
			buf_clear(&n->word);
			words_plain(word, true, &n->word);
			found = str_ends(text, buf_str(&n->word)) &&
				stands_alone(text, text.len - n->word.len, text.len);
		}
	}
	buf_finish(&before);
	return found;
}

bool day_read(struct str lead, struct str words, struct str lang, struct today today, int64_t *day)
{
	struct named n = {.today = today};
	bool decided = false, found = false;
	day_languages(lang, &n.languages, &n.language_count);
	words_plain(words, true, &n.text);
	read_numbers(&n);
	n.to_come = is_to_come(&n, lead);
	for (size_t i = 0; !decided && i < n.language_count; i++)
		decided = read_words(&n, &n.languages[i], &found, day);
	if (!decided && n.count > 1)
		found = read_numeric(&n, day);
	else if (!decided && n.count == 1)
		found = read_ordinal(&n, day);
	buf_finish(&n.text);
	buf_finish(&n.word);
	return found;
}
