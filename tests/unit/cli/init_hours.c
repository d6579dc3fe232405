/* Working hours in a person's words. */
#include "init_hours.h"
#include "suites.h"

static const struct {
	const char *words;
	const char *want; /* one string a line; or what it fails with, behind '!' */
} cases[] = {
	{"9-17", "mon-fri 09:00-17:00\n"},
	{"9-17, Friday to 15", "mon-thu 09:00-17:00\nfri 09:00-15:00\n"},
	{"mon-thu 9-12 13-17:30, fri 9-15", "mon-thu 09:00-12:00 13:00-17:30\nfri 09:00-15:00\n"},
	{"mon-thu 09:00-12:00 13:00-17:30; fri 09:00-15:00",
		"mon-thu 09:00-12:00 13:00-17:30\nfri 09:00-15:00\n"},
	{"weekdays 9am to 5pm", "mon-fri 09:00-17:00\n"},
	{"9-5", "mon-fri 09:00-17:00\n"},
	{"9-12, 1-5", "mon-fri 09:00-12:00 13:00-17:00\n"},
	{"9-12 and 1-5, Friday to 3",
		"mon-thu 09:00-12:00 13:00-17:00\nfri 09:00-12:00 13:00-15:00\n"},
	{"1-5pm", "mon-fri 13:00-17:00\n"},
	{"8-5pm", "mon-fri 08:00-17:00\n"},
	{"08-05", "mon-fri 08:00-05:00\n"},
	{"12am to 12pm", "mon-fri 00:00-12:00\n"},
	{"22-6", "mon-fri 22:00-06:00\n"},
	{"fri 22:00-06:00", "fri 22:00-06:00\n"},
	{"noon to midnight", "mon-fri 12:00-24:00\n"},
	{"9 until 17, lunch 12-13", "mon-fri 09:00-12:00 13:00-17:00\n"},
	{"9-17, Friday to 15, lunch from 12 to 12.30",
		"mon-thu 09:00-12:00 12:30-17:00\nfri 09:00-12:00 12:30-15:00\n"},
	{"mon 9-17 except 12-13, tue 9-17", "mon 09:00-12:00 13:00-17:00\ntue 09:00-17:00\n"},
	{"9-17, not Friday", "mon-thu 09:00-17:00\n"},
	{"9-17, no Fridays", "mon-thu 09:00-17:00\n"},
	{"9-17, Wednesdays off", "mon-tue,thu-fri 09:00-17:00\n"},
	{"9-17, Friday from 10", "mon-thu 09:00-17:00\nfri 10:00-17:00\n"},
	{"9-17, fri -15", "mon-thu 09:00-17:00\nfri 09:00-15:00\n"},
	{"9-17, Saturday to 13", "mon-fri 09:00-17:00\nsat 09:00-13:00\n"},
	{"9-15 on Friday, otherwise 9-17", "mon-thu 09:00-17:00\nfri 09:00-15:00\n"},
	{"Mon, Wed and Fri 9-13", "mon,wed,fri 09:00-13:00\n"},
	{"every day 10-18", "mon-sun 10:00-18:00\n"},
	{"sat to mon 10-18", "mon,sat-sun 10:00-18:00\n"},
	{"Monday to Thursday from 9 to 17", "mon-thu 09:00-17:00\n"},
	{"thurs. 9h30\xe2\x80\x93"
	 "17h",
		"thu 09:30-17:00\n"},
	{"0830-1630", "mon-fri 08:30-16:30\n"},
	{"9-17, Friday 9-15, Friday 9-14", "mon-thu 09:00-17:00\nfri 09:00-14:00\n"},
	{"", "!no hours in it, expected such as '9-17, Friday to 15'"},
	{"Monday", "!days without hours, expected such as 'Saturday 9-12' or 'Saturday off'"},
	{"Firday 9-17", "!'Firday' is not understood (did you mean 'friday'?)"},
	{"whenever I like", "!'whenever' is not understood, expected such as '9-17, Friday to 15'"},
	{"17", "!'17' has no end, expected such as 9-17"},
	{"9-", "!'9' has no end, expected such as 9-17"},
	{"9-17, Friday to", "!a time is missing behind 'to'"},
	{"9-17, Friday from", "!a time is missing behind 'from'"},
	{"25-26", "!'25' is no time of day"},
	{"9:60-17", "!'9:60' is no time of day"},
	{"9:5-17", "!'9:5' is no time of day"},
	{"12345-17", "!'' is no time of day"},
	{"Friday to 15",
		"!these are exceptions only, expected the usual hours before them: "
		"'9-17, Friday to 15'"},
	{"9-17, lunch", "!which break? expected such as 'lunch 12-13'"},
	{"9-17, off", "!which day is off?"},
	{"9-17 #", "!'#' is not understood, expected such as '9-17, Friday to 15'"},
};

START_TEST(words_become_hours)
{
	struct arena arena = {0};
	struct strs hours = {0};
	struct error err = {0};
	struct buf got = {0};
	if (hours_from_words(str_from(cases[_i].words), &arena, &hours, &err) < 0)
		buf_add_format(&got, "!%s", err.text);
	for (size_t i = 0; i < hours.count; i++)
		buf_add_format(&got, "%.*s\n", STR_ARG(hours.items[i]));
	ck_assert_msg(str_eq(buf_str(&got), str_from(cases[_i].want)), "'%s' is\n%s\nexpected\n%s",
		cases[_i].words, buf_cstr(&got), cases[_i].want);
	buf_finish(&got);
	arena_finish(&arena);
}
END_TEST

START_TEST(any_octets_are_hours_or_a_mistake)
{
	static const char *const pieces[] = {"9", "-", "17", "to", "mon", " ", ",", "lunch", "from",
		"off", "fri", "rest", "pm", ":30", "\xe2\x80\x93", "on", "\xff", "12"};
	unsigned seed = 1;
	for (int round = 0; round < 20000; round++) {
		struct arena arena = {0};
		struct strs hours;
		struct error err = {0};
		struct buf words = {0};
		for (int n = 0; n < 12; n++) {
			seed = seed * 1103515245U + 12345U;
			buf_add_cstr(
				&words, pieces[(seed >> 16) % (sizeof(pieces) / sizeof(*pieces))]);
			if (seed >> 16 & 64)
				buf_add_char(&words, ' ');
		}
		if (hours_from_words(buf_str(&words), &arena, &hours, &err) < 0)
			ck_assert_msg(
				err.text[0] && err.kind != ERROR_MEMORY, "%s", buf_cstr(&words));
		else
			ck_assert_uint_ge(hours.count, 1);
		buf_finish(&words);
		arena_finish(&arena);
	}
}
END_TEST

START_TEST(too_many_words_are_refused)
{
	struct arena arena = {0};
	struct strs hours;
	struct error err = {0};
	struct buf words = {0};
	for (int i = 0; i < 1000; i++)
		buf_add_cstr(&words, "mon 9-10 ");
	ck_assert_int_eq(hours_from_words(buf_str(&words), &arena, &hours, &err), -1);
	ck_assert_str_eq(err.text, "these are too many words for working hours");
	buf_finish(&words);
	arena_finish(&arena);
}
END_TEST

Suite *init_hours_suite(void)
{
	Suite *suite = suite_create("hours in words");
	TCase *tests = tcase_create("words");
	tcase_add_loop_test(tests, words_become_hours, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tests, any_octets_are_hours_or_a_mistake);
	tcase_add_test(tests, too_many_words_are_refused);
	tcase_set_timeout(tests, 60);
	suite_add_tcase(suite, tests);
	return suite;
}
