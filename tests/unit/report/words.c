/* The phrases of each language, and what is filled into them. */
#include "report/words.h"

#include "base/clock.h"
#include "suites.h"
#include <string.h>

/* The places {1} to {9} of a form as bits; anything else in braces is a mistake. */
static unsigned places_of(struct str s)
{
	unsigned places = 0;
	for (size_t i = 0; i < s.len; i++) {
		ck_assert_msg(s.ptr[i] != '}', "a brace alone in '%.*s'", STR_ARG(s));
		if (s.ptr[i] != '{')
			continue;
		ck_assert_msg(i + 2 < s.len && s.ptr[i + 1] >= '1' && s.ptr[i + 1] <= '9' &&
				s.ptr[i + 2] == '}',
			"no place in '%.*s'", STR_ARG(s));
		places |= 1u << (s.ptr[i + 1] - '1');
		i += 2;
	}
	return places;
}

/* What ends a text must do so in every language. */
static char end_of(struct str s)
{
	return s.len && strchr(".:", s.ptr[s.len - 1]) ? s.ptr[s.len - 1] : '\0';
}

START_TEST(every_phrase_is_there_in_every_language)
{
	for (int p = 0; p < PHRASE_COUNT; p++)
		for (int t = 0; t < TONGUE_COUNT; t++) {
			const char *text = phrase_text((enum tongue)t, (enum phrase)p);
			ck_assert_msg(text && *text, "%d is missing in %s, before it '%s'", p,
				tongue_codes[t],
				p ? phrase_text(TONGUE_EN, (enum phrase)(p - 1)) : "");
			ck_assert_msg(!strpbrk(text, "<>&\""), "markup in '%s'", text);
			ck_assert_msg(str_eq(str_from(text), str_trim(str_from(text))),
				"blanks around '%s'", text);
		}
}
END_TEST

START_TEST(the_languages_agree_on_places_forms_and_full_stops)
{
	for (int p = 0; p < PHRASE_COUNT; p++) {
		struct str english = str_from(phrase_text(TONGUE_EN, (enum phrase)p)), form;
		str_split(&english, '|', &form);
		unsigned want = places_of(form);
		bool two = english.ptr && english.len;
		for (int t = 0; t < TONGUE_COUNT; t++) {
			struct str rest = str_from(phrase_text((enum tongue)t, (enum phrase)p)),
				   one;
			char end = end_of(rest);
			str_split(&rest, '|', &one);
			ck_assert_msg(places_of(one) == want, "places of '%.*s'", STR_ARG(one));
			ck_assert_msg((rest.len > 0) == two, "forms of '%.*s'", STR_ARG(one));
			ck_assert_msg(
				!two || places_of(rest) == want, "places of '%.*s'", STR_ARG(rest));
			ck_assert_msg(
				end == end_of(str_from(phrase_text(TONGUE_EN, (enum phrase)p))),
				"end of '%.*s'", STR_ARG(one));
		}
	}
}
END_TEST

#define SPACE "\xc2\xa0"
#define THIN "\xe2\x80\xaf"
#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const struct {
	const char *name;
	enum tongue tongue;
	enum phrase phrase;
	int64_t number;
	const char *want;
} counted[] = {
	{"one in English", TONGUE_EN, PHRASE_MESSAGES, 1, "1 message"},
	{"none in English", TONGUE_EN, PHRASE_MESSAGES, 0, "0 messages"},
	{"thousands in English", TONGUE_EN, PHRASE_MESSAGES, 1203, "1,203 messages"},
	{"one in Swedish", TONGUE_SV, PHRASE_MESSAGES, 1, "1 meddelande"},
	{"none in Swedish", TONGUE_SV, PHRASE_MESSAGES, 0, "0 meddelanden"},
	{"thousands in Swedish", TONGUE_SV, PHRASE_DAYS, 1000000,
		"1" SPACE "000" SPACE "000 dagar"},
	{"none in French", TONGUE_FR, PHRASE_DAYS, 0, "0 jour"},
	{"two in French", TONGUE_FR, PHRASE_DAYS, 2, "2 jours"},
	{"thousands in French", TONGUE_FR, PHRASE_DAYS, 1203, "1" THIN "203 jours"},
};

START_TEST(a_number_chooses_the_form)
{
	struct buf got = {0};
	const struct pen pen = {.out = &got, .tongue = counted[_i].tongue};
	SAY(&pen, counted[_i].phrase, fill_count((uint64_t)counted[_i].number));
	ck_assert_str_eq(buf_cstr(&got), counted[_i].want);
	buf_finish(&got);
}
END_TEST

/* 2026-03-01 21:40 in a zone an hour east. */
#define EVENING ((struct report_time){INT64_C(1772397600) * 1000000, 60, false})

static const struct {
	enum tongue tongue;
	const char *day, *date, *zoned, *tenths;
} written[] = {
	{TONGUE_EN, "1 March 2026", "2026-03-01", "2026-03-01 21:40 +01:00", "1,067.1"},
	{TONGUE_SV, "1 mars 2026", "2026-03-01", "2026-03-01 21:40 +01:00", "1" SPACE "067,1"},
	{TONGUE_FR, "1er mars 2026", "01/03/2026", "01/03/2026 21:40 +01:00", "1" THIN "067,1"},
};

static void check_fill(enum tongue tongue, struct fill fill, const char *want)
{
	struct buf got = {0};
	const struct pen pen = {.out = &got, .tongue = tongue, .html = true};
	say_fill(&pen, fill);
	ck_assert_str_eq(buf_cstr(&got), want);
	buf_finish(&got);
}

START_TEST(days_times_and_figures_are_written_as_the_language_has_them)
{
	check_fill(written[_i].tongue, fill_day(20513), written[_i].day);
	check_fill(written[_i].tongue, fill_date(EVENING), written[_i].date);
	check_fill(written[_i].tongue, fill_zoned(EVENING), written[_i].zoned);
	check_fill(written[_i].tongue, fill_tenths(10671), written[_i].tenths);
}
END_TEST

START_TEST(a_bar_where_nothing_is_counted_is_a_bar)
{
	struct buf got = {0};
	const struct pen pen = {.out = &got};
	size_t at;
	say(&pen, PHRASE_CHECKING);
	ck_assert(str_find(buf_str(&got), STR("--raw | sha256sum' must"), &at));
	buf_finish(&got);
}
END_TEST

START_TEST(what_is_not_ours_is_escaped_where_it_is_html)
{
	check_fill(TONGUE_SV, fill_text(STR("<b>&")), "&lt;b&gt;&amp;");
}
END_TEST

START_TEST(named_values_have_the_phrase_of_their_place)
{
	ck_assert_str_eq(phrase_text(TONGUE_EN, phrase_of_band(BAND_DECIDE)), "decide");
	ck_assert_str_eq(
		phrase_text(TONGUE_EN, phrase_of_sign(SIGN_UNSTEADY_WORK)), "Unsteady work");
	for (int i = 0; i < PERIOD_COUNT; i++)
		ck_assert_str_eq(phrase_text(TONGUE_EN, phrase_of_period((enum period)i)),
			period_name((enum period)i));
	for (int i = 1; i <= 4; i++)
		ck_assert_str_eq(phrase_text(TONGUE_EN, phrase_of_severity(i)), severity_name(i));
	for (int i = 0; i < 7; i++)
		ck_assert_str_eq(phrase_text(TONGUE_EN, phrase_of_weekday(i)), weekday_names[i]);
	ck_assert_str_eq(phrase_text(TONGUE_FR, phrase_of_month(12)), "décembre");
}
END_TEST

Suite *words_suite(void)
{
	Suite *s = suite_create("report: words");
	TCase *t = tcase_create("words");
	tcase_add_test(t, every_phrase_is_there_in_every_language);
	tcase_add_test(t, the_languages_agree_on_places_forms_and_full_stops);
	tcase_add_loop_test(t, a_number_chooses_the_form, 0, COUNT(counted));
	tcase_add_loop_test(
		t, days_times_and_figures_are_written_as_the_language_has_them, 0, COUNT(written));
	tcase_add_test(t, a_bar_where_nothing_is_counted_is_a_bar);
	tcase_add_test(t, what_is_not_ours_is_escaped_where_it_is_html);
	tcase_add_test(t, named_values_have_the_phrase_of_their_place);
	suite_add_tcase(s, t);
	return s;
}
