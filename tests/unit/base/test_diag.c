/* Diagnostics, to the letter. */
#include "base/diag.h"
#include "expect.h"
#include "suites.h"

START_TEST(mistakes_are_sorted_by_file_and_place_and_counted_last)
{
	struct diags d = {0};
	struct buf out = {0};
	diags_add(&d, DIAG_ERROR, "z.rules", 7, 13, STR("  sign      urgent"),
		"unknown sign '%s' (did you mean '%s'?)", "urgent", "urgency");
	diags_add(&d, DIAG_WARNING, "a.rules", 2, 0, STR("rule x"), "second file");
	diags_add(&d, DIAG_ERROR, "z.rules", 7, 3, STR("  sign      urgent"), "earlier column");
	diags_add(&d, DIAG_ERROR, "z.rules", 3, 1, STR("rule y"), "earlier line");
	diags_add(&d, DIAG_ERROR, "z.rules", 7, 3, STR("  sign      urgent"), "added later");
	ck_assert_uint_eq(d.errors, 4);
	ck_assert_uint_eq(d.warnings, 1);
	for (int twice = 0; twice < 2; twice++) {
		buf_clear(&out);
		diags_print(&d, &out);
		ck_assert_str_eq(buf_cstr(&out),
			"z.rules:3:1: error: earlier line\n"
			"    rule y\n"
			"    ^\n"
			"z.rules:7:3: error: earlier column\n"
			"      sign      urgent\n"
			"      ^\n"
			"z.rules:7:3: error: added later\n"
			"      sign      urgent\n"
			"      ^\n"
			"z.rules:7:13: error: unknown sign 'urgent' (did you mean 'urgency'?)\n"
			"      sign      urgent\n"
			"                ^\n"
			"a.rules:2: warning: second file\n"
			"    rule x\n"
			"4 errors, 1 warning in 2 files\n");
	}
	buf_finish(&out);
	diags_finish(&d);
	diags_finish(NULL);
}
END_TEST

static const struct {
	const char *name, *source;
	unsigned column;
	const char *line, *caret;
} carets[] = {
	{"tabs are kept", "\tsign\turgent", 7, "    \tsign\turgent\n", "    \t    \t^\n"},
	{"code points are one column", "\xc3\xa5\xc3\xa4 x", 4, "    \xc3\xa5\xc3\xa4 x\n",
		"       ^\n"},
	{"wide characters are two", "\xe6\xbc\xa2x", 2, "    \xe6\xbc\xa2x\n", "      ^\n"},
	{"combining marks are none", "e\xcc\x81x", 3, "    e\xcc\x81x\n", "     ^\n"},
	{"escapes are as wide as shown", "\x1bx", 2, "    \\x1bx\n", "        ^\n"},
	{"the end of the line", "ab", 3, "    ab\n", "      ^\n"},
	{"far beyond the end of the line", "ab", 4000000000u, "    ab\n", "       ^\n"},
	{"only the first line", "ab\ncd", 1, "    ab\n", "    ^\n"},
	{"an empty line", "", 1, "    \n", "    ^\n"},
};

START_TEST(the_caret_stands_under_its_column)
{
	for (size_t i = 0; i < COUNT(carets); i++) {
		struct diags d = {0};
		struct buf out = {0}, want = {0};
		diags_add(&d, DIAG_ERROR, "f", 1, carets[i].column, str_from(carets[i].source),
			"wrong");
		diags_print(&d, &out);
		buf_add_format(&want, "f:1:%u: error: wrong\n%s%s1 error in 1 file\n",
			carets[i].column, carets[i].line, carets[i].caret);
		ck_assert_msg(str_eq(buf_str(&out), buf_str(&want)), "%s:\n%s", carets[i].name,
			buf_cstr(&out));
		buf_finish(&want);
		buf_finish(&out);
		diags_finish(&d);
	}
}
END_TEST

START_TEST(a_long_line_is_shown_around_its_column)
{
	struct diags d = {0};
	struct buf line = {0}, out = {0}, want = {0};
	for (int i = 0; i < 1000; i++)
		buf_add_cstr(&line, i == 499 ? "X" : "\xc3\xa5");
	diags_add(&d, DIAG_ERROR, "f", 1, 500, buf_str(&line), "wrong");
	diags_add(&d, DIAG_ERROR, "f", 2, 1, buf_str(&line), "wrong");
	diags_add(&d, DIAG_ERROR, "f", 3, 1000, buf_str(&line), "wrong");
	diags_print(&d, &out);
	buf_add_cstr(&want, "f:1:500: error: wrong\n   \xe2\x80\xa6");
	for (int i = 400; i < 600; i++)
		buf_add_cstr(&want, i == 499 ? "X" : "\xc3\xa5");
	buf_add_format(&want, "\xe2\x80\xa6\n    %99s^\nf:2:1: error: wrong\n    ", "");
	for (int i = 0; i < 200; i++)
		buf_add_cstr(&want, "\xc3\xa5");
	buf_add_cstr(&want, "\xe2\x80\xa6\n    ^\nf:3:1000: error: wrong\n   \xe2\x80\xa6");
	for (int i = 900; i < 1000; i++)
		buf_add_cstr(&want, "\xc3\xa5");
	buf_add_format(&want, "\n    %99s^\n3 errors in 1 file\n", "");
	expect_str(buf_str(&out), buf_str(&want));
	buf_finish(&line);
	buf_finish(&out);
	buf_finish(&want);
	diags_finish(&d);
}
END_TEST

START_TEST(what_is_not_known_is_left_out_and_control_characters_are_shown)
{
	struct diags d = {0};
	struct buf out = {0};
	diags_print(&d, &out);
	expect_str(buf_str(&out), STR(""));
	diags_add(&d, DIAG_WARNING, NULL, 0, 0, (struct str){NULL, 0}, "no '%s'", "\x1b[2J");
	diags_add(&d, DIAG_WARNING, "a\nb", 0, 5, (struct str){NULL, 0}, "whole file");
	diags_print(&d, &out);
	ck_assert_str_eq(buf_cstr(&out),
		"warning: no '\\x1b[2J'\n"
		"a\\x0ab: warning: whole file\n"
		"2 warnings in 1 file\n");
	buf_finish(&out);
	diags_finish(&d);
}
END_TEST

START_TEST(a_slip_is_told_and_another_word_is_not)
{
	static const char *const names[] = {
		"weight", "sign", "severity", "unless-within", "zzabc", "title", "yes", "no"};
	static const struct {
		const char *in, *want;
	} rows[] = {
		{"wieght", "weight"},
		{"sgin", "sign"},
		{"weight", "weight"},
		{"severty", "severity"},
		{"serverityy", "severity"},
		{"unless_wihtin", "unless-within"},
		{"zzca", "zzabc"}, /* a swap with an insertion between: 2, not 3 */
		{"ye", "yes"},
		{"yeess", "yes"},
		{"y", NULL},
		{"priority", NULL},
		{"signature", "sign"},
		{"titlepage", "title"},
		{"notebook", NULL},
		{"wgt", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = did_you_mean(str_from(rows[i].in), names, COUNT(names));
		ck_assert_msg(str_eq(str_from(got), str_from(rows[i].want)), "'%s' gave '%s'",
			rows[i].in, got ? got : "nothing");
	}
	char much[5000];
	for (size_t i = 0; i < sizeof(much); i++)
		much[i] = 'a';
	ck_assert_ptr_null(did_you_mean((struct str){much, sizeof(much)}, names, COUNT(names)));
	const char *const lengthy[] = {
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	ck_assert_ptr_null(did_you_mean((struct str){much, 64}, lengthy, 1));
}
END_TEST

Suite *diag_suite(void)
{
	Suite *suite = suite_create("diagnostics");
	TCase *all = tcase_create("diag");
	tcase_add_test(all, mistakes_are_sorted_by_file_and_place_and_counted_last);
	tcase_add_test(all, the_caret_stands_under_its_column);
	tcase_add_test(all, a_long_line_is_shown_around_its_column);
	tcase_add_test(all, what_is_not_known_is_left_out_and_control_characters_are_shown);
	tcase_add_test(all, a_slip_is_told_and_another_word_is_not);
	suite_add_tcase(suite, all);
	return suite;
}
