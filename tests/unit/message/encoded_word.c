/* RFC 2047, as written and as found. */
#include "message/message_parse.h"
#include "suites.h"

static const struct row {
	const char *name;
	const char *in;
	const char *want;
} rows[] = {
	{"plain text stays", "Invoice 42", "Invoice 42"},
	{"a Q word", "=?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus K",
		"Gr\xc3\xbc\xc3\x9f"
		"e aus K"},
	{"a B word", "=?UTF-8?b?w6RwcGxl?=", "\xc3\xa4pple"},
	{"an underscore is a space", "=?iso-8859-1?q?a_b?=", "a b"},
	{"white space between words is not shown", "=?utf-8?q?a?=\r\n =?utf-8?q?b?= c", "ab c"},
	{"white space before text is", "=?utf-8?q?a?=  b", "a  b"},
	{"a character split over two words is joined",
		"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "caf\xc3\xa9"},
	{"a base64 group split over two words is joined",
		"=?utf-8?b?w6?= =?utf-8?b?Q=?=", "\xc3\xa4"},
	{"text behind padding is not lost",
		"=?utf-8?b?YQ==?= =?utf-8?b?YmM=?= =?utf-8?b?ZA==?= end", "abcd end"},
	{"padding within one word", "=?utf-8?b?YQ==YmM=?=", "abc"},
	{"different charsets are converted apart",
		"=?utf-8?q?=C3=A9?= =?iso-8859-1?q?=E9?=", "\xc3\xa9\xc3\xa9"},
	{"RFC 2231's language is dropped", "=?utf-8*en?q?hi?=", "hi"},
	{"words without a gap", "a=?utf-8?q?b?=c", "abc"},
	{"spaces within a word", "=?utf-8?q?a b?=", "a b"},
	{"a question mark before the end", "=?utf-8?q?why\?\?=", "why?"},
	{"a word that begins with an escape", "=?utf-8?q?=41?=", "A"},
	{"a broken escape is kept", "=?utf-8?q?a=4?=", "a=4"},
	{"no end", "=?utf-8?q?abc", "=?utf-8?q?abc"},
	{"no such coding", "=?utf-8?x?abc?=", "=?utf-8?x?abc?="},
	{"no charset", "=??q?abc?=", "=??q?abc?="},
	{"an unknown charset with UTF-8", "=?x-none?q?=C3=A9?=", "\xc3\xa9"},
	{"an unknown charset without", "=?x-none?q?=E9?=", "\xc3\xa9"},
	{"ISO 8859-1 has no C1 controls",
		"=?iso-8859-1?q?=93hi=94?=", "\xe2\x80\x9chi\xe2\x80\x9d"},
	{"ISO-2022-JP", "=?iso-2022-jp?b?GyRCJDMbKEI=?=", "\xe3\x81\x93"},
	{"invalid UTF-8 is repaired", "=?utf-8?q?a=FFb?=",
		"a\xef\xbf\xbd"
		"b"},
	{"a NUL is shown", "=?utf-8?q?a=00b?=",
		"a\xe2\x90\x80"
		"b"},
	{"8 bit without a charset, UTF-8", "caf\xc3\xa9", "caf\xc3\xa9"},
	{"8 bit without a charset, windows-1252", "caf\xe9 \x80", "caf\xc3\xa9 \xe2\x82\xac"},
	{"folds become white space", "a\r\n\tb\n c", "a b c"},
	{"only white space", " \r\n ", ""},
};

START_TEST(a_header_value_is_decoded_word_by_word)
{
	const struct row *row = &rows[_i];
	struct buf out = {0};
	header_decode(str_from(row->in), &out);
	ck_assert_msg(str_eq(buf_str(&out), str_from(row->want)), "%s: got '%s', wanted '%s'",
		row->name, buf_cstr(&out), row->want);
	buf_finish(&out);
}
END_TEST

Suite *encoded_word_suite(void)
{
	Suite *s = suite_create("message: encoded words");
	TCase *c = tcase_create("encoded words");
	tcase_add_loop_test(
		c, a_header_value_is_decoded_word_by_word, 0, sizeof(rows) / sizeof(rows[0]));
	suite_add_tcase(s, c);
	return s;
}
