/* The regex that finds a day, made of each language's words. */
#include "day.h"
#include "day_words.h"
#include "phrase.h"
#include "rule.h"

/* A list of words as alternatives in a group. */
static void add_words(struct buf *regex, const char *words)
{
	buf_add_cstr(regex, "(?:");
	phrases_to_regex(str_from(words), (struct str){NULL, 0}, regex);
	buf_add_cstr(regex, ")");
}

static void add_lists(struct buf *regex, const char *const *lists, size_t count)
{
	buf_add_cstr(regex, "(?:");
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(regex, i ? "|" : "");
		add_words(regex, lists[i]);
	}
	buf_add_cstr(regex, ")");
}

/* "14 March 2026", "March 14th", "end of March" */
static void add_month(const struct day_words *w, struct buf *regex)
{
	static const char year[] = "(?:,?[ \\n](?:del?[ \\n])?\\d{4}\\b)?";
	add_words(regex, w->end_of);
	buf_add_cstr(regex, PHRASE_GAP);
	add_lists(regex, w->months, 12);
	buf_add_format(regex, "%s|", year);
	buf_add_format(regex, "(?<![\\d.,/:-])\\d{1,2}%s[ \\n]?", w->of);
	add_lists(regex, w->months, 12);
	buf_add_format(regex, "(?:\\.(?=[ \\n]?\\d))?%s", year);
	if (!w->month_first)
		return;
	buf_add_char(regex, '|');
	add_lists(regex, w->months, 12);
	buf_add_cstr(regex, "\\.?[ \\n]\\d{1,2}(?:st|nd|rd|th)?(?![\\d:])(?:,?[ \\n]\\d{4}\\b)?");
}

/* A number alone is a day only where no measure stands behind it. */
static void add_date(const struct day_words *w, struct buf *regex)
{
	buf_add_char(regex, '|');
	add_month(w, regex);
	buf_add_format(regex, "|%s(?![.,:]?\\d)(?![ ]?[%%\xE2\x82\xAC$\xC2\xA3h])", w->ordinal);
}

static void add_weekday(const struct day_words *w, struct buf *regex)
{
	buf_add_cstr(regex, "(?:");
	if (w->next) {
		add_words(regex, w->next);
		buf_add_cstr(regex, PHRASE_GAP "|");
	}
	add_words(regex, w->coming);
	buf_add_cstr(regex, PHRASE_GAP ")?");
	add_lists(regex, w->weekdays, 7);
	buf_add_cstr(regex, "(?:" PHRASE_GAP);
	add_words(regex, w->coming);
	buf_add_cstr(regex, ")?");
}

static void add_count(const struct day_words *w, struct buf *regex)
{
	add_words(regex, w->in);
	buf_add_cstr(regex, PHRASE_GAP "(?:\\d{1,2}|");
	add_lists(regex, w->numbers, 10);
	buf_add_cstr(regex, ")" PHRASE_GAP);
	add_lists(regex,
		(const char *const[]){w->work_units, w->hour_units, w->day_units, w->week_units},
		4);
}

static void add_phrases(const struct day_words *w, struct buf *regex)
{
	for (size_t i = 0; i < DAY_PHRASES_MAX && w->phrases[i].words; i++) {
		buf_add_cstr(regex, "|");
		add_words(regex, w->phrases[i].words);
	}
}

/* "Friday, " in front of a date. */
static void add_weekday_before(const struct day_words *first, size_t count, struct buf *regex)
{
	buf_add_cstr(regex, "(?:");
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(regex, i ? "|" : "");
		add_lists(regex, first[i].weekdays, 7);
	}
	buf_add_cstr(regex, ",?" PHRASE_GAP "(?:");
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(regex, i ? "|" : "");
		add_words(regex, first[i].before);
	}
	buf_add_cstr(regex, PHRASE_GAP ")?)?");
}

void day_add_regex(struct str lang, struct buf *regex)
{
#define DAY "(?:3[01]|[12]\\d|0?[1-9])"
#define MONTH "(?:1[0-2]|0?[1-9])"
#define YEAR "(?:\\d{4}|\\d{2})(?!\\d)"
	/* a number with two dots may be a version, one with a slash 24/7 */
	static const char numeric[] = "(?<![\\d.-])\\d{4}-" MONTH "-" DAY "(?![\\d-])"
				      "|(?<![\\d.,])" DAY "\\.[ ]?" MONTH "\\.(?:[ ]?" YEAR
				      "|(?!\\d))|(?<![\\d/])(?!24/7)(?:" DAY "/" MONTH "|" MONTH
				      "/" DAY ")(?:/" YEAR "|(?![\\d/]))";
	const struct day_words *first;
	size_t count;
	day_languages(lang, &first, &count);
	buf_add_cstr(regex, "(?:(?:");
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(regex, i ? "|" : "");
		add_words(regex, first[i].before);
	}
	buf_add_cstr(regex, ")" PHRASE_GAP "){0,3}(?:");
	add_weekday_before(first, count, regex);
	buf_add_format(regex, "(?:%s", numeric);
	for (size_t i = 0; i < count; i++)
		add_date(&first[i], regex);
	buf_add_cstr(regex, ")");
	for (size_t i = 0; i < count; i++) {
		buf_add_char(regex, '|');
		add_count(&first[i], regex);
		add_phrases(&first[i], regex);
		buf_add_char(regex, '|');
		add_weekday(&first[i], regex);
	}
	buf_add_char(regex, ')');
}
