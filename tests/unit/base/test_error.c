/* Errors: their text, place and exit code. */
#include "base/error.h"
#include "base/utf8.h"
#include "expect.h"
#include "suites.h"

#include <errno.h>
#include <string.h>

START_TEST(an_error_is_set_whole_and_gives_minus_one)
{
	struct error err = {.line = 9, .column = 9, .file = "old"};
	ck_assert_int_eq(error_set(&err, ERROR_USAGE, "unknown sign '%s'", "urgent"), -1);
	ck_assert_int_eq(err.kind, ERROR_USAGE);
	ck_assert_str_eq(err.text, "unknown sign 'urgent'");
	ck_assert_str_eq(err.file, "");
	ck_assert_uint_eq(err.line + err.column, 0);
	ck_assert_int_eq(error_at(&err, ERROR_CONFIG, "a.conf", 7, 13, "bad"), -1);
	ck_assert_str_eq(err.file, "a.conf");
	ck_assert_uint_eq(err.line, 7);
	ck_assert_uint_eq(err.column, 13);
	ck_assert_int_eq(error_at(&err, ERROR_CONFIG, NULL, 0, 0, "bad"), -1);
	ck_assert_str_eq(err.file, "");
}
END_TEST

START_TEST(nobody_has_to_ask_for_the_reason)
{
	ck_assert_int_eq(error_set(NULL, ERROR_USAGE, "x"), -1);
	ck_assert_int_eq(error_at(NULL, ERROR_USAGE, NULL, 0, 0, "x"), -1);
	ck_assert_int_eq(error_system(NULL, ENOENT, "x"), -1);
	ck_assert_int_eq(error_memory(NULL), -1);
	ck_assert_int_eq(error_prefix(NULL, "x"), -1);
}
END_TEST

START_TEST(a_system_error_keeps_its_reason_behind_a_long_subject)
{
	struct error err;
	char name[2000];
	error_system(&err, ENOENT, "cannot open '%s'", "x");
	ck_assert_str_eq(err.text, "cannot open 'x': No such file or directory");
	memset(name, 'n', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	error_system(&err, ENOENT, "cannot open '%s'", name);
	ck_assert(str_ends(str_from(err.text), STR("nnn: No such file or directory")));
	ck_assert_uint_eq(strlen(err.text), sizeof(err.text) - 1);
}
END_TEST

START_TEST(a_prefix_goes_before_the_text_and_keeps_kind_and_place)
{
	struct error err;
	error_at(&err, ERROR_INPUT, "f", 3, 4, "bad thing");
	ck_assert_int_eq(error_prefix(&err, "account '%s'", "studio"), -1);
	ck_assert_str_eq(err.text, "account 'studio': bad thing");
	ck_assert_int_eq(err.kind, ERROR_INPUT);
	ck_assert_uint_eq(err.line, 3);
}
END_TEST

START_TEST(a_text_that_is_cut_is_still_utf8)
{
	for (size_t pad = 0; pad < 4; pad++) {
		struct error err;
		char text[1000] = {0};
		memset(text, 'a', pad);
		while (strlen(text) + 3 < sizeof(text))
			strcat(text, "\xe2\x82\xac");
		error_set(&err, ERROR_INPUT, "%s", text);
		ck_assert(utf8_valid(str_from(err.text)));
		ck_assert_uint_ge(strlen(err.text), sizeof(err.text) - 3);
		error_prefix(&err, "%.*s", (int)pad, "abcd");
		ck_assert(utf8_valid(str_from(err.text)));
	}
}
END_TEST

START_TEST(every_kind_has_the_exit_code_of_the_contract)
{
	static const int want[] = {
		[ERROR_NONE] = 0,
		[ERROR_NOT_FOUND] = 1,
		[ERROR_USAGE] = 2,
		[ERROR_INTEGRITY] = 3,
		[ERROR_LOGIN] = 4,
		[ERROR_TEMPORARY] = 75,
		[ERROR_CONFIG] = 78,
		[ERROR_INPUT] = 2,
		[ERROR_LIMIT] = 2,
		[ERROR_MEMORY] = 75,
		[ERROR_INTERRUPTED] = 75,
		[ERROR_SYSTEM] = 75,
	};
	for (size_t i = 0; i < COUNT(want); i++)
		ck_assert_int_eq(
			error_exit_code(&(struct error){.kind = (enum error_kind)i}), want[i]);
}
END_TEST

START_TEST(the_gravest_code_wins_in_either_order)
{
	static const int order[] = {78, 4, 75, 3, 2, 1, 0};
	for (size_t i = 0; i < COUNT(order); i++) {
		for (size_t j = i; j < COUNT(order); j++) {
			ck_assert_int_eq(exit_code_graver(order[i], order[j]), order[i]);
			ck_assert_int_eq(exit_code_graver(order[j], order[i]), order[i]);
		}
	}
}
END_TEST

Suite *error_suite(void)
{
	Suite *suite = suite_create("errors");
	TCase *all = tcase_create("error");
	tcase_add_test(all, an_error_is_set_whole_and_gives_minus_one);
	tcase_add_test(all, nobody_has_to_ask_for_the_reason);
	tcase_add_test(all, a_system_error_keeps_its_reason_behind_a_long_subject);
	tcase_add_test(all, a_prefix_goes_before_the_text_and_keeps_kind_and_place);
	tcase_add_test(all, a_text_that_is_cut_is_still_utf8);
	tcase_add_test(all, every_kind_has_the_exit_code_of_the_contract);
	tcase_add_test(all, the_gravest_code_wins_in_either_order);
	suite_add_tcase(suite, all);
	return suite;
}
