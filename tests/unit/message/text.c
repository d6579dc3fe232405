/* Transfer encodings and charsets of bodies. */
#include "charset.h"
#include "part_text.h"
#include "suites.h"
#include "transfer.h"

static const struct row {
	const char *name;
	enum transfer transfer;
	const char *type;
	const char *charset;
	const char *in;
	const char *want;
} rows[] = {
	{"nothing to undo", TRANSFER_NONE, "text/plain", "utf-8", "h\xc3\xa9", "h\xc3\xa9"},
	{"quoted-printable", TRANSFER_QUOTED_PRINTABLE, "text/plain", "utf-8", "h=C3=a9 =3D",
		"h\xc3\xa9 ="},
	{"soft breaks of both kinds", TRANSFER_QUOTED_PRINTABLE, "text/plain", "", "a=\r\nb=\nc",
		"abc"},
	{"a soft break with white space behind", TRANSFER_QUOTED_PRINTABLE, "text/plain", "",
		"a= \t\r\nb", "ab"},
	{"a quoted-printable body that is cut", TRANSFER_QUOTED_PRINTABLE, "text/plain", "",
		"ab=", "ab"},
	{"an escape that is cut", TRANSFER_QUOTED_PRINTABLE, "text/plain", "", "ab=4", "ab=4"},
	{"equals signs that are none", TRANSFER_QUOTED_PRINTABLE, "text/plain", "", "====\na=zz",
		"===a=zz"},
	{"base64", TRANSFER_BASE64, "text/plain", "utf-8", "aMOp\r\nIQ==\r\n", "h\xc3\xa9!"},
	{"base64 with foreign octets", TRANSFER_BASE64, "text/plain", "", "aG\x01k.h", "hi!"},
	{"base64 that is cut", TRANSFER_BASE64, "text/plain", "", "aGkhaG", "hi!h"},
	{"two padded pieces", TRANSFER_BASE64, "text/plain", "", "YQ==\nYg==\n", "ab"},
	{"a list's footer behind the padding", TRANSFER_BASE64, "text/plain", "",
		"YWI=\n_______\nThe list: http://x.example\n", "ab"},
	{"ISO 8859-2", TRANSFER_NONE, "text/plain", "ISO-8859-2", "\xb1", "\xc4\x85"},
	{"KOI8-R", TRANSFER_NONE, "text/plain", "koi8-r", "\xc1", "\xd0\xb0"},
	{"GB2312 stands for its supersets", TRANSFER_NONE, "text/plain", "gb2312",
		"\xd6\xd0\xe9\x46", "\xe4\xb8\xad\xe9\x95\x95"},
	{"a multi-byte text that is cut", TRANSFER_NONE, "text/plain", "gbk", "a\xd6",
		"a\xef\xbf\xbd"},
	{"UTF-16 with its mark", TRANSFER_BASE64, "text/plain", "utf-16", "//5hAGIA", "ab"},
	{"a mark in UTF-8 is dropped", TRANSFER_NONE, "text/plain", "utf-8", "\xef\xbb\xbfhi",
		"hi"},
	{"ASCII with high octets, UTF-8", TRANSFER_NONE, "text/plain", "us-ascii", "h\xc3\xa9",
		"h\xc3\xa9"},
	{"no charset, windows-1252", TRANSFER_NONE, "text/plain", "", "h\xe9 \x93",
		"h\xc3\xa9 "
		"\xe2\x80\x9c"},
	{"an unknown charset", TRANSFER_NONE, "text/plain", "x-user-defined", "h\xe9", "h\xc3\xa9"},
	{"a charset that would be an option", TRANSFER_NONE, "text/plain", "ascii//IGNORE", "h\xe9",
		"h\xc3\xa9"},
	{"HTML tells its charset", TRANSFER_NONE, "text/html", "",
		"<meta charset=\"iso-8859-2\">\xb1", "<meta charset=\"iso-8859-2\">\xc4\x85"},
	{"HTML that is UTF-8 whatever it tells", TRANSFER_NONE, "text/html", "",
		"<meta charset=iso-8859-2>\xc4\x85", "<meta charset=iso-8859-2>\xc4\x85"},
	{"the header is asked before HTML", TRANSFER_NONE, "text/html", "koi8-r",
		"<meta charset=iso-8859-2>\xc1", "<meta charset=iso-8859-2>\xd0\xb0"},
};

START_TEST(a_text_part_becomes_utf8)
{
	const struct row *row = &rows[_i];
	struct arena arena = {0};
	struct part part = {
		.type = str_from(row->type),
		.charset = str_from(row->charset),
	};
	ck_assert_int_eq(part_text_decode(&arena, str_from(row->in), row->transfer, &part), 0);
	ck_assert_msg(str_eq(part.content, str_from(row->want)), "%s: got '%.*s'", row->name,
		STR_ARG(part.content));
	arena_finish(&arena);
}
END_TEST

START_TEST(a_nul_and_a_long_text_pass_every_converter)
{
	static const char *const charsets[] = {"", "utf-8", "iso-8859-1", "koi8-r", "gb18030",
		"iso-2022-jp", "big5", "euc-kr", "cp1251", "x-none"};
	struct buf in = {0};
	for (int i = 0; i < 3000; i++)
		buf_add(&in, "ab\0", 3);
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
		struct buf out = {0};
		charset_to_utf8(str_from(charsets[i]), buf_str(&in), &out);
		ck_assert_msg(
			out.len == 5 * 3000 && str_starts(buf_str(&out), STR("ab\xe2\x90\x80")),
			"%s: %zu octets", charsets[i], out.len);
		buf_finish(&out);
	}
	buf_finish(&in);
}
END_TEST

START_TEST(a_converter_begins_anew_with_each_text)
{
	static const struct str marked = STR("\xff\xfe"
					     "a\0"),
				open = STR("\x1b$B$3");
	struct buf out = {0};
	charset_to_utf8(STR("utf-16"), marked, &out);
	charset_to_utf8(STR("utf-16"), marked, &out);
	charset_to_utf8(STR("iso-2022-jp"), open, &out);
	charset_to_utf8(STR("iso-2022-jp"), STR("$3"), &out);
	ck_assert_str_eq(buf_cstr(&out), "aa\xe3\x81\x93$3");
	buf_finish(&out);
}
END_TEST

Suite *text_suite(void)
{
	Suite *s = suite_create("message: text of parts");
	TCase *c = tcase_create("text");
	tcase_add_loop_test(c, a_text_part_becomes_utf8, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(c, a_nul_and_a_long_text_pass_every_converter);
	tcase_add_test(c, a_converter_begins_anew_with_each_text);
	suite_add_tcase(s, c);
	return s;
}
