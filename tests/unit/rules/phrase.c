/* The regex that phrases become, and the blanks of regexes. */
#include "rule.h"
#include "rules_test.h"

START_TEST(a_phrase_becomes_a_regex)
{
	static const struct {
		const char *phrases, *want;
	} rows[] = {
		{"now", "\\bnow\\b"},
		{"now|then", "\\bnow\\b|\\bthen\\b"},
		{"at  once", "\\bat(?:[ \\t\\r]++\\n?+|\\n)[ \\t\\r]*+once\\b"},
		{"höra", "\\bh[öo]ra\\b"},
		{"it’s", "\\bit\\'s\\b"},
		{"24/7", "\\b24\\/7\\b"},
		{"w*f", "\\bw\\*f\\b"},
		{"!!!", "\\!\\!\\!"},
		{"ｎｏｗ", "\\bnow\\b"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf regex = {0};
		size_t at;
		ck_assert_ptr_null(phrases_mistake(str_from(rows[i].phrases), 0, &at));
		phrases_to_regex(str_from(rows[i].phrases), &regex);
		ck_assert_str_eq(buf_cstr(&regex), rows[i].want);
		buf_finish(&regex);
	}
}
END_TEST

START_TEST(a_blank_of_a_regex_may_be_a_line_end)
{
	static const struct {
		const char *regex, *want;
	} rows[] = {
		{"can you", "can[ \\n]you"},
		{"can +you", "can[ \\n]+you"},
		{"[ab ]\\ x", "[ab ]\\ x"},
		{"[]a ] b", "[]a ][ \\n]b"},
		{"\\Qa b\\E c", "\\Qa b\\E[ \\n]c"},
		{"(?x) a b", "(?x) a b"},
		{"(?i-x: a)", "(?i-x: a)"},
		{"a b(?x: c)", "a[ \\n]b(?x: c)"},
		{"\\p{day} {2}", "\\p{day}[ \\n]{2}"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct rewritten regex = {0};
		regex_rewrite(str_from(rows[i].regex), &regex);
		ck_assert_str_eq(buf_cstr(&regex.text), rows[i].want);
		rewritten_finish(&regex);
	}
}
END_TEST

START_TEST(what_was_rewritten_leads_back_to_what_was_written)
{
	struct str written = STR("a b {day}c");
	struct rewritten regex = {0};
	size_t at;
	regex_rewrite(written, &regex);
	struct str text = buf_str(&regex.text);
	ck_assert(str_starts(text, STR("a[ \\n]b[ \\n](?<_day>")));
	ck_assert(str_rfind_char(text, 'c', &at));
	ck_assert_uint_eq(rewritten_origin(&regex, 0), 0);
	ck_assert_uint_eq(rewritten_origin(&regex, 4), 1);
	ck_assert_uint_eq(rewritten_origin(&regex, 6), 2);
	ck_assert_uint_eq(rewritten_origin(&regex, 20), 4);
	ck_assert_uint_eq(at, text.len - 1);
	ck_assert_uint_eq(rewritten_origin(&regex, at), 9);
	ck_assert_uint_eq(rewritten_origin(&regex, text.len), written.len);
	rewritten_finish(&regex);
}
END_TEST

START_TEST(what_looks_like_recursion_and_is_none_is_let_through)
{
	static const char *const rows[] = {
		"\\(?R", "[(?R]", "\\Q(?R\\E", "(?-i:x)", "\\\\K", "(?<a>x)"};
	size_t at;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		ck_assert_msg(!regex_refusal(str_from(rows[i]), &at), "%s", rows[i]);
}
END_TEST

Suite *phrase_suite(void)
{
	Suite *suite = suite_create("rules: phrases");
	TCase *tests = tcase_create("regex");
	tcase_add_test(tests, a_phrase_becomes_a_regex);
	tcase_add_test(tests, a_blank_of_a_regex_may_be_a_line_end);
	tcase_add_test(tests, what_was_rewritten_leads_back_to_what_was_written);
	tcase_add_test(tests, what_looks_like_recursion_and_is_none_is_let_through);
	suite_add_tcase(suite, tests);
	return suite;
}
