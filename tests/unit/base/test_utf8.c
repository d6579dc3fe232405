/* UTF-8 read, repaired and shown. */
#include "base/utf8.h"
#include "expect.h"
#include "suites.h"

#include <string.h>

START_TEST(every_code_point_comes_back_from_its_bytes)
{
	for (int32_t c = 0; c <= 0x10ffff; c++) {
		char bytes[4];
		size_t at = 0;
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		struct str s = {bytes, utf8_encode(c, bytes)};
		if (utf8_next(s, &at) != c || at != s.len || !utf8_valid(s) ||
			utf8_next(s, &at) != -1)
			ck_abort_msg("U+%04X", (unsigned)c);
	}
}
END_TEST

START_TEST(what_cannot_be_encoded_becomes_the_replacement)
{
	static const int32_t wrong[] = {0xd800, 0xdfff, 0x110000, -1};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		char bytes[4];
		struct str s = {bytes, utf8_encode(wrong[i], bytes)};
		expect_str(s, STR("\xef\xbf\xbd"));
	}
}
END_TEST

static const struct {
	const char *name, *in, *want;
} repairs[] = {
	{"plain text stays", "abc \xc3\xa5\xe2\x82\xac\xf0\x9f\x98\x80",
		"abc \xc3\xa5\xe2\x82\xac\xf0\x9f\x98\x80"},
	{"a lone continuation byte", "a\x80z", "a\xef\xbf\xbdz"},
	{"latin-1", "f\xfcr", "f\xef\xbf\xbdr"},
	{"a character cut at the end", "a\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbd"},
	{"an overlong slash", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},
	{"an overlong three", "\xe0\x80\xaf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	{"a surrogate", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	{"above the last", "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	{"never a byte of UTF-8", "\xff", "\xef\xbf\xbd"},
};

START_TEST(each_invalid_byte_is_repaired_alone)
{
	for (size_t i = 0; i < COUNT(repairs); i++) {
		struct buf got = {0};
		struct str in = str_from(repairs[i].in);
		utf8_repair(in, &got);
		ck_assert_msg(
			str_eq(buf_str(&got), str_from(repairs[i].want)), "%s", repairs[i].name);
		ck_assert_int_eq(utf8_valid(in), i == 0);
		ck_assert(utf8_valid(buf_str(&got)));
		ck_assert_uint_eq(utf8_length(in), utf8_length(buf_str(&got)));
		buf_finish(&got);
	}
}
END_TEST

START_TEST(text_is_cut_between_characters)
{
	/* a, e acute, euro sign, musical clef */
	struct str s = STR("a\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e");
	static const size_t cuts[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		ck_assert_uint_eq(utf8_cut(s, i), cuts[i]);
		ck_assert_uint_eq(utf8_whole(str_slice(s, 0, i)), cuts[i]);
	}
}
END_TEST

START_TEST(a_nul_is_shown_as_its_picture)
{
	struct buf got = {0};
	utf8_repair(STR("a\0b"), &got);
	expect_str(buf_str(&got),
		STR("a\xe2\x90\x80"
		    "b"));
	buf_finish(&got);
}
END_TEST

START_TEST(widths_are_those_of_a_terminal)
{
	ck_assert_uint_eq(utf8_width(STR("abc")), 3);
	ck_assert_uint_eq(utf8_width(STR("\xc3\xa5")), 1);
	ck_assert_uint_eq(utf8_width(STR("a\xcc\x8a")), 1);
	ck_assert_uint_eq(utf8_width(STR("\xe6\xbc\xa2\xe5\xad\x97")), 4);
	ck_assert_uint_eq(utf8_width(STR("\xe2\x80\x8b")), 0);
}
END_TEST

START_TEST(code_points_have_their_kind)
{
	static const int32_t words[] = {'a', 'Z', '0', '_', 0xe5, 0x301, 0x663, 0x6f22, 0x1d7ce};
	static const int32_t others[] = {' ', '-', '\'', 0x2019, 0x20ac, 0x200b, '\n', 0xfffd};
	static const int32_t spaces[] = {' ', '\t', '\n', '\r', 0x85, 0xa0, 0x2003, 0x2028, 0x3000};
	for (size_t i = 0; i < COUNT(words); i++)
		ck_assert_msg(utf8_is_word(words[i]) && !utf8_is_space(words[i]), "U+%04X",
			(unsigned)words[i]);
	for (size_t i = 0; i < COUNT(others); i++)
		ck_assert_msg(!utf8_is_word(others[i]), "U+%04X", (unsigned)others[i]);
	for (size_t i = 0; i < COUNT(spaces); i++)
		ck_assert_msg(utf8_is_space(spaces[i]) && !utf8_is_word(spaces[i]), "U+%04X",
			(unsigned)spaces[i]);
	ck_assert(!utf8_is_space(0x200b) && !utf8_is_space('x'));
	ck_assert_int_eq(utf8_bare(0xe9), 'e');
	ck_assert_int_eq(utf8_bare(0xd6), 'O');
	ck_assert_int_eq(utf8_bare(0x1eb7), 'a');
	ck_assert_int_eq(utf8_bare('x'), 'x');
	ck_assert_int_eq(utf8_bare(0xdf), 0xdf);
	ck_assert_int_eq(utf8_bare(0xac01), 0xac01);
}
END_TEST

START_TEST(what_a_terminal_would_obey_is_shown_instead)
{
	static const struct {
		const char *in;
		bool keep_lines;
		const char *want;
	} rows[] = {
		{"plain \xc3\xa5\xf0\x9f\x98\x80", false, "plain \xc3\xa5\xf0\x9f\x98\x80"},
		{"\x1b[31mred\x07", false, "\\x1b[31mred\\x07"},
		{"a\tb\nc\r\n", false, "a\\x09b\\x0ac\\x0d\\x0a"},
		{"a\tb\nc\r\n", true, "a\tb\nc\\x0d\n"},
		{"\x7f\xc2\x9b", true, "\\x7f\\x9b"},
		{"abc\xe2\x80\xae"
		 "def",
			true, "abc\\u202edef"},
		{"\xe2\x81\xa6\xe2\x80\x8b\xef\xbb\xbf", true, "\\u2066\\u200b\\ufeff"},
		{"\xe2\x80\xa8\xe2\x80\xa9", true, "\\u2028\\u2029"},
		{"\xf3\xa0\x81\x81", true, "\\U000e0041"},
		{"\xff ok", true, "\xef\xbf\xbd ok"},
		{"", true, ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf got = {0};
		utf8_add_visible(&got, str_from(rows[i].in), rows[i].keep_lines);
		expect_str(buf_str(&got), str_from(rows[i].want));
		buf_finish(&got);
	}
}
END_TEST

Suite *utf8_suite(void)
{
	Suite *suite = suite_create("UTF-8");
	TCase *all = tcase_create("utf8");
	tcase_add_test(all, every_code_point_comes_back_from_its_bytes);
	tcase_add_test(all, what_cannot_be_encoded_becomes_the_replacement);
	tcase_add_test(all, each_invalid_byte_is_repaired_alone);
	tcase_add_test(all, text_is_cut_between_characters);
	tcase_add_test(all, a_nul_is_shown_as_its_picture);
	tcase_add_test(all, widths_are_those_of_a_terminal);
	tcase_add_test(all, code_points_have_their_kind);
	tcase_add_test(all, what_a_terminal_would_obey_is_shown_instead);
	suite_add_tcase(suite, all);
	return suite;
}
