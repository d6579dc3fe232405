/* Borrowed text and the growing buffer. */
#include "base/str.h"
#include "expect.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

START_TEST(absent_text_is_empty_and_safe_everywhere)
{
	struct str absent = str_from(NULL), rest = absent, part;
	size_t at;
	ck_assert_ptr_null(absent.ptr);
	ck_assert(str_eq(absent, STR("")));
	ck_assert(str_starts(STR("x"), absent) && str_ends(STR("x"), absent));
	ck_assert(!str_starts(absent, STR("x")) && !str_ends(absent, STR("x")));
	ck_assert_int_eq(str_cmp(absent, STR("")), 0);
	ck_assert_int_lt(str_cmp(absent, STR("a")), 0);
	ck_assert(!str_split(&rest, ',', &part) && !str_line(&rest, &part));
	ck_assert(!str_find(absent, STR("x"), &at) && !str_rfind_char(absent, 'x', &at));
	ck_assert_uint_eq(str_trim(absent).len, 0);
	ck_assert_ptr_null(str_slice(absent, 3, 9).ptr);
	char *copy = str_dup(absent);
	ck_assert_str_eq(copy, "");
	free(copy);
}
END_TEST

START_TEST(order_is_by_unsigned_bytes_then_length)
{
	ck_assert_int_lt(str_cmp(STR("a"), STR("b")), 0);
	ck_assert_int_lt(str_cmp(STR("a"), STR("aa")), 0);
	ck_assert_int_gt(str_cmp(STR("\xc3\xa9"), STR("z")), 0);
	ck_assert_int_eq(str_cmp(STR("same"), STR("same")), 0);
}
END_TEST

START_TEST(case_is_ignored_for_ascii_letters_only)
{
	ck_assert(str_eq_nocase(STR("ReCeiVed"), STR("rEcEIvED")));
	ck_assert(!str_eq_nocase(STR("\xc3\x89"), STR("\xc3\xa9")));
	ck_assert(!str_eq_nocase(STR("@"), STR("`")));
	ck_assert(!str_eq_nocase(STR("["), STR("{")));
	ck_assert(str_starts_nocase(STR("RE: hello"), STR("re:")));
	ck_assert(!str_starts_nocase(STR("R"), STR("re:")));
}
END_TEST

START_TEST(a_slice_is_clamped_to_the_text)
{
	struct str s = STR("overstep");
	expect_str(str_slice(s, 0, 4), STR("over"));
	expect_str(str_slice(s, 4, 100), STR("step"));
	expect_str(str_slice(s, 100, 200), STR(""));
	expect_str(str_slice(s, 5, 2), STR(""));
}
END_TEST

START_TEST(trimming_takes_ascii_white_space_from_both_ends)
{
	expect_str(str_trim(STR(" \t\r\n\v\f a b \n")), STR("a b"));
	expect_str(str_trim(STR(" \t ")), STR(""));
	expect_str(str_trim(STR("\xc2\xa0x")), STR("\xc2\xa0x"));
}
END_TEST

START_TEST(finding_tells_the_first_place)
{
	size_t at = 99;
	ck_assert(str_find(STR("abcabc"), STR("ca"), &at));
	ck_assert_uint_eq(at, 2);
	ck_assert(str_find(STR("abc"), STR(""), &at));
	ck_assert_uint_eq(at, 0);
	at = 99;
	ck_assert(!str_find(STR("ab"), STR("abc"), &at));
	ck_assert_uint_eq(at, 99);
	ck_assert(str_find_nocase(STR("xx ABC"), STR("abc"), &at));
	ck_assert_uint_eq(at, 3);
	ck_assert(!str_find_nocase(STR("xx AB"), STR("abc"), &at));
	ck_assert(str_rfind_char(STR("a@b@c"), '@', &at));
	ck_assert_uint_eq(at, 3);
}
END_TEST

START_TEST(splitting_gives_every_part_between_separators)
{
	struct str rest = STR("a,,b,"), part;
	ck_assert(str_split(&rest, ',', &part));
	expect_str(part, STR("a"));
	ck_assert(str_split(&rest, ',', &part));
	expect_str(part, STR(""));
	ck_assert(str_split(&rest, ',', &part));
	expect_str(part, STR("b"));
	ck_assert(!str_split(&rest, ',', &part));
}
END_TEST

START_TEST(a_line_ends_at_lf_or_crlf_and_the_last_needs_neither)
{
	struct str rest = STR("one\r\n\ntwo\rx\nlast"), line;
	static const char *const want[] = {"one", "", "two\rx", "last"};
	for (size_t i = 0; i < COUNT(want); i++) {
		ck_assert(str_line(&rest, &line));
		expect_str(line, str_from(want[i]));
	}
	ck_assert(!str_line(&rest, &line));
}
END_TEST

START_TEST(numbers_are_decimal_whole_and_bounded)
{
	static const struct {
		const char *in;
		uint64_t max;
		bool good;
		uint64_t want;
	} rows[] = {
		{"0", 0, true, 0},
		{"007", 10, true, 7},
		{"18446744073709551615", UINT64_MAX, true, UINT64_MAX},
		{"18446744073709551616", UINT64_MAX, false, 0},
		{"99999999999999999999999", UINT64_MAX, false, 0},
		{"10", 9, false, 0},
		{"9", 9, true, 9},
		{"5", 3, false, 0},
		{"", 9, false, 0},
		{"+1", 9, false, 0},
		{"-1", 9, false, 0},
		{" 1", 9, false, 0},
		{"1x", 9, false, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t got = 1234567;
		ck_assert_msg(str_to_u64(str_from(rows[i].in), rows[i].max, &got) == rows[i].good,
			"'%s'", rows[i].in);
		ck_assert_uint_eq(got, rows[i].good ? rows[i].want : 1234567);
	}
}
END_TEST

START_TEST(a_buffer_grows_and_ends_with_nul_on_demand)
{
	struct buf b = {0};
	ck_assert_str_eq(buf_cstr(&b), "");
	ck_assert_ptr_nonnull(buf_str(&b).ptr);
	for (int i = 0; i < 1000; i++)
		buf_add_format(&b, "%d,", i);
	buf_add_str(&b, STR("end"));
	buf_add_char(&b, '!');
	ck_assert(!b.failed);
	ck_assert_uint_eq(b.len, 10 * 2 + 90 * 3 + 900 * 4 + 4);
	ck_assert_uint_eq(strlen(buf_cstr(&b)), b.len);
	ck_assert(str_ends(buf_str(&b), STR("999,end!")));
	buf_clear(&b);
	ck_assert_uint_eq(buf_str(&b).len, 0);
	buf_finish(&b);
	buf_finish(NULL);
}
END_TEST

START_TEST(a_buffer_over_its_bound_fails_and_stays_failed)
{
	struct buf b = {.max = 4};
	buf_add_cstr(&b, "abcd");
	ck_assert(!b.failed);
	buf_add_char(&b, 'e');
	ck_assert(b.failed);
	ck_assert_str_eq(buf_cstr(&b), "");
	buf_clear(&b);
	buf_add_cstr(&b, "abcde");
	buf_add_cstr(&b, "x");
	ck_assert(b.failed);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_ptr_null(buf_reserve(&b, 1));
	buf_finish(&b);
	struct buf huge = {0};
	ck_assert_ptr_null(buf_reserve(&huge, SIZE_MAX));
	ck_assert(huge.failed);
}
END_TEST

Suite *str_suite(void)
{
	Suite *suite = suite_create("text that is borrowed and text that grows");
	TCase *all = tcase_create("str and buf");
	tcase_add_test(all, absent_text_is_empty_and_safe_everywhere);
	tcase_add_test(all, order_is_by_unsigned_bytes_then_length);
	tcase_add_test(all, case_is_ignored_for_ascii_letters_only);
	tcase_add_test(all, a_slice_is_clamped_to_the_text);
	tcase_add_test(all, trimming_takes_ascii_white_space_from_both_ends);
	tcase_add_test(all, finding_tells_the_first_place);
	tcase_add_test(all, splitting_gives_every_part_between_separators);
	tcase_add_test(all, a_line_ends_at_lf_or_crlf_and_the_last_needs_neither);
	tcase_add_test(all, numbers_are_decimal_whole_and_bounded);
	tcase_add_test(all, a_buffer_grows_and_ends_with_nul_on_demand);
	tcase_add_test(all, a_buffer_over_its_bound_fails_and_stays_failed);
	suite_add_tcase(suite, all);
	return suite;
}
