/* What is to be covered is found however it is written, and covered where it stands. */
#include "rules/redaction.h"
#include "rules_test.h"

#define B "\xe2\x96\x88\xe2\x96\x88"

static const struct {
	const char *pattern, *in, *want;
} rows[] = {
	{"secret", "A Secret, the SECRET.", "A " B ", the " B "."},
	{"secret", "secretary and unsecret", B "ary and un" B},
	{"jane  roe", "Jane\n Roe and Jane Roe", B " and " B},
	{"m\xc3\xbcller", "M\xc3\x9cLLER, Mu\xcc\x88ller", B ", " B},
	{"a.b*c", "a.b*c axbbc", B " axbbc"},
	{"secret",
		"s\xc2\xad"
		"ecr\xe2\x80\x8b"
		"et",
		B},
	{"secret", "\xef\xbd\x93\xef\xbd\x85\xef\xbd\x83\xef\xbd\x92\xef\xbd\x85\xef\xbd\x94!",
		B "!"},
	{"/\\d{4}/", "in 2026 and 12", "in " B " and 12"},
	{"/roe|jane roe/", "jane roe", B},
	{"secret", "\xff secret \xfe", "\xff " B " \xfe"},
	{"secret", "", ""},
	{"secret", "nothing", "nothing"},
	{"aa", "aaaaa", B B "a"},
};

START_TEST(words_are_covered_however_they_are_written)
{
	const struct str pattern = str_from(rows[_i].pattern);
	struct redaction *r = NULL;
	struct buf out = {0};
	struct error err = {0};
	ck_assert_msg(redaction_new(&pattern, 1, &r, &err) == 0, "%s", err.text);
	ck_assert_int_eq(redaction_add(r, str_from(rows[_i].in), &out, &err), 0);
	ck_assert_str_eq(buf_cstr(&out), rows[_i].want);
	buf_finish(&out);
	redaction_free(r);
}
END_TEST

START_TEST(several_patterns_overlap_and_a_part_of_a_text_is_covered_alone)
{
	static const char text[] = "one two three";
	const struct str patterns[] = {STR("one two"), STR("two three")};
	struct redaction *r = NULL;
	struct buf out = {0};
	struct error err = {0};
	ck_assert_int_eq(redaction_new(patterns, 2, &r, &err), 0);
	ck_assert_int_eq(redaction_find(r, str_from(text), &err), 1);
	redaction_cover(r, str_from(text), 0, sizeof(text) - 1, &out);
	ck_assert_str_eq(buf_cstr(&out), B B);
	buf_clear(&out);
	redaction_cover(r, str_from(text), 5, 10, &out);
	ck_assert_msg(!strstr(buf_cstr(&out), "wo") && !strstr(out.ptr, "th"), "'%s'", out.ptr);
	ck_assert_int_eq(redaction_find(r, STR("four"), &err), 0);
	buf_finish(&out);
	redaction_free(r);
}
END_TEST

static const struct {
	const char *pattern, *complaint;
} bad[] = {
	{"", "nothing to cover, expected words or /regex/"},
	{"  ", "nothing to cover, expected words or /regex/"},
	{"/x*/", "cannot cover '/x*/': it fits everywhere, expected one that needs a letter"},
	{"/(/", "cannot cover '/(/': missing closing parenthesis"},
};

START_TEST(a_bad_pattern_is_refused)
{
	const struct str patterns[] = {STR("good"), str_from(bad[_i].pattern)};
	struct redaction *r = NULL;
	struct error err = {0};
	ck_assert_int_eq(redaction_new(patterns, 2, &r, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_USAGE);
	ck_assert_str_eq(err.text, bad[_i].complaint);
	ck_assert_ptr_null(r);
}
END_TEST

START_TEST(a_regex_that_explodes_is_an_error_and_no_clean_text)
{
	const struct str pattern = STR("/(a|aa)+$/");
	char text[5000];
	struct redaction *r = NULL;
	struct error err = {0};
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '!';
	ck_assert_int_eq(redaction_new(&pattern, 1, &r, &err), 0);
	ck_assert_int_eq(redaction_find(r, (struct str){text, sizeof(text)}, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_LIMIT);
	redaction_free(r);
}
END_TEST

Suite *redaction_suite(void)
{
	Suite *s = suite_create("redaction");
	TCase *t = tcase_create("redaction");
	tcase_add_loop_test(
		t, words_are_covered_however_they_are_written, 0, sizeof(rows) / sizeof(*rows));
	tcase_add_test(t, several_patterns_overlap_and_a_part_of_a_text_is_covered_alone);
	tcase_add_loop_test(t, a_bad_pattern_is_refused, 0, sizeof(bad) / sizeof(*bad));
	tcase_add_test(t, a_regex_that_explodes_is_an_error_and_no_clean_text);
	suite_add_tcase(s, t);
	return s;
}
