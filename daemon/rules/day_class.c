/* The regex that finds a day, made of each language's words. The lists of them that are needed more
 * than once are groups of their own, which the rest calls. */
#include "day.h"
#include "day_words.h"
#include "phrase.h"
#include "rule.h"

/* What is between words, as a group that is called: the classes in it take room each time. */
#define GAP "(?&_gap)"

/* Appends `from` with GAP for each gap of a phrase, and one \b for those that alternatives share.
 */
static void add_shorter(struct str from, struct buf *regex)
{
	for (size_t at = 0; at < from.len;) {
		struct str rest = str_slice(from, at, from.len);
		if (str_starts(rest, STR(PHRASE_GAP))) {
			buf_add_cstr(regex, GAP);
			at += sizeof(PHRASE_GAP) - 1;
		} else if (str_starts(rest, STR("\\b|\\b"))) {
			buf_add_char(regex, '|');
			at += sizeof("\\b|\\b") - 1;
		} else {
			buf_add_char(regex, rest.ptr[0]);
			at++;
		}
	}
}

/* Lists of words as alternatives in a group. */
static void add_lists(struct buf *regex, const char *const *lists, size_t count)
{
	struct buf words = {0};
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(&words, i ? "|" : "");
		phrases_to_regex(str_from(lists[i]), &words);
	}
	struct str all = buf_str(&words);
	bool whole = str_starts(all, STR("\\b")) && str_ends(all, STR("\\b"));
	buf_add_cstr(regex, whole ? "\\b(?:" : "(?:");
	add_shorter(whole ? str_slice(all, 2, all.len - 2) : all, regex);
	buf_add_cstr(regex, whole ? ")\\b" : ")");
	regex->failed |= words.failed;
	buf_finish(&words);
}

static void add_words(struct buf *regex, const char *words)
{
	add_lists(regex, &words, 1);
}

static void add_list_group(struct buf *regex, const char *name, size_t language,
	const char *const *lists, size_t count)
{
	buf_add_format(regex, "(?<_%s%zu>", name, language);
	add_lists(regex, lists, count);
	buf_add_char(regex, ')');
}

static void add_call(struct buf *regex, const char *name, size_t language)
{
	buf_add_format(regex, "(?&_%s%zu)", name, language);
}

/* "14 March 2026", "March 14th", "end of March" */
static void add_month(const struct day_words *w, size_t language, struct buf *regex)
{
	static const char year[] = "(?:,?[ \\n](?:del?[ \\n])?\\d{4}\\b)?";
	add_words(regex, w->end_of);
	buf_add_cstr(regex, GAP);
	add_call(regex, "month", language);
	buf_add_format(regex, "%s|", year);
	buf_add_format(regex, "(?<![\\d.,/:-])\\d{1,2}%s[ \\n]?", w->of);
	add_call(regex, "month", language);
	buf_add_format(regex, "(?:\\.(?=[ \\n]?\\d))?%s", year);
	if (!w->month_first)
		return;
	buf_add_char(regex, '|');
	add_call(regex, "month", language);
	buf_add_cstr(regex, "\\.?[ \\n]\\d{1,2}(?:st|nd|rd|th)?(?![\\d:])(?:,?[ \\n]\\d{4}\\b)?");
}

/* A number alone is a day only where no measure stands behind it. */
static void add_date(const struct day_words *w, size_t language, struct buf *regex)
{
	buf_add_char(regex, '|');
	add_month(w, language, regex);
	buf_add_format(regex, "|%s(?![.,:]?\\d)(?![ ]?[%%\xE2\x82\xAC$\xC2\xA3h])", w->ordinal);
}

static void add_weekday(const struct day_words *w, size_t language, struct buf *regex)
{
	buf_add_cstr(regex, "(?:");
	if (w->next) {
		add_words(regex, w->next);
		buf_add_cstr(regex, GAP "|");
	}
	add_words(regex, w->coming);
	buf_add_cstr(regex, GAP ")?");
	add_call(regex, "weekday", language);
	buf_add_cstr(regex, "(?:" GAP);
	add_words(regex, w->coming);
	buf_add_cstr(regex, ")?");
}

static void add_count(const struct day_words *w, struct buf *regex)
{
	add_words(regex, w->in);
	buf_add_cstr(regex, GAP "(?:\\d{1,2}|");
	add_lists(regex, w->numbers, 10);
	buf_add_cstr(regex, ")" GAP);
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
static void add_weekday_before(size_t count, struct buf *regex)
{
	buf_add_cstr(regex, "(?:");
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(regex, i ? "|" : "");
		add_call(regex, "weekday", i);
	}
	buf_add_cstr(regex, ",?" GAP "(?:");
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(regex, i ? "|" : "");
		add_call(regex, "before", i);
	}
	buf_add_cstr(regex, GAP ")?)?");
}

static void add_groups(const struct day_words *first, size_t count, struct buf *regex)
{
	for (size_t i = 0; i < count; i++) {
		add_list_group(regex, "before", i, &first[i].before, 1);
		add_list_group(regex, "weekday", i, first[i].weekdays, 7);
		add_list_group(regex, "month", i, first[i].months, 12);
	}
}

void day_add_groups(struct str lang, const char *name, struct buf *regex)
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
	buf_add_cstr(regex, "(?<_gap>" PHRASE_GAP ")");
	add_groups(first, count, regex);
	buf_add_format(regex, "(?<%s>(?:(?:", name);
	for (size_t i = 0; i < count; i++) {
		buf_add_cstr(regex, i ? "|" : "");
		add_call(regex, "before", i);
	}
	buf_add_cstr(regex, ")" GAP "){0,3}(?:");
	add_weekday_before(count, regex);
	buf_add_format(regex, "(?:%s", numeric);
	for (size_t i = 0; i < count; i++)
		add_date(&first[i], i, regex);
	buf_add_cstr(regex, ")");
	for (size_t i = 0; i < count; i++) {
		buf_add_char(regex, '|');
		add_count(&first[i], regex);
		add_phrases(&first[i], regex);
		buf_add_char(regex, '|');
		add_weekday(&first[i], i, regex);
	}
	buf_add_cstr(regex, "))");
}
