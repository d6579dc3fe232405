/* What stands in transfer encodings is found without a mail's structure. */
#include "message/layers.h"
#include "suites.h"

static const struct {
	const char *name;
	void (*layer)(struct str, struct buf *);
	const char *octets, *want;
} rows[] = {
	{"quoted-printable, over a soft break", layer_quoted, "a sec=\r\nret=3F", "secret?"},
	{"an encoded word in Q", layer_quoted, "X-A: =?utf-8?q?se=63ret_word?=", "secret word"},
	{"two encoded words that cut a word", layer_quoted, "=?a?Q?sec?= =?a?Q?ret?=", "secret"},
	{"base64 behind its header", layer_base64,
		"Content-Transfer-Encoding: base64\r\n\r\nYSBzZWNyZXQ=\r\n--x--\r\n", "a secret"},
	{"base64 over two lines", layer_base64, "\r\nYSBz\r\nZWNyZXQ=\r\n", "a secret"},
	{"base64 that ends without padding", layer_base64, "x y\r\nYSBzZWNyZXQ\r\n", "a secret"},
	{"a word cut by tags", layer_markup, "<p>sec<b class=\"x\">re</b>t</p>", "secret"},
	{"characters as numbers", layer_markup, "&#115;e&#x63;r&#X65t &amp;", "secret &amp;"},
	{"numbers that are no character", layer_markup, "&#; &#x; &#xd800; &#1114112; a<b",
		"&#; &#x; &#xd800; &#1114112; a<b"},
	{"an encoded word in B", layer_base64, "Thread-Topic: =?utf-8?B?YSBzZWNyZXQ=?=\r\n",
		"a secret"},
	{"an encoded word behind one that does not end", layer_base64,
		"=?utf-8?B?====?=?= =?utf-8?B?YSBzZWNyZXQ=?=", "a secret"},
};

START_TEST(what_is_encoded_is_found)
{
	struct buf out = {0};
	size_t at;
	rows[_i].layer(str_from(rows[_i].octets), &out);
	ck_assert_msg(str_find(buf_str(&out), str_from(rows[_i].want), &at), "%s: '%.*s'",
		rows[_i].name, STR_ARG(buf_str(&out)));
	buf_finish(&out);
}
END_TEST

START_TEST(a_megabyte_of_beginnings_takes_no_time)
{
	struct buf octets = {0}, out = {0};
	for (size_t i = 0; i < 100000; i++)
		buf_add_cstr(&octets, "=?a?b?aaaa");
	layer_base64(buf_str(&octets), &out);
	layer_quoted(buf_str(&octets), &out);
	buf_clear(&octets);
	for (size_t i = 0; i < 1000000; i++)
		buf_add_char(&octets, '<');
	layer_markup(buf_str(&octets), &out);
	ck_assert(!out.failed);
	buf_finish(&octets);
	buf_finish(&out);
}
END_TEST

Suite *layers_suite(void)
{
	Suite *s = suite_create("layers");
	TCase *t = tcase_create("layers");
	tcase_add_loop_test(t, what_is_encoded_is_found, 0, sizeof(rows) / sizeof(*rows));
	tcase_add_test(t, a_megabyte_of_beginnings_takes_no_time);
	suite_add_tcase(s, t);
	return s;
}
