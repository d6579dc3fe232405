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
	{"a parameter in two pieces", layer_parameters, "name*0=\"a sec\";\r\n\tname*1=\"ret.pdf\"",
		"a secret.pdf"},
	{"a parameter in two encoded pieces", layer_parameters,
		"name*0*=utf-8''a%20se%63; name*1*=r%65t", "a secret"},
	{"what only looks like one", layer_parameters, "a; b*c=1; d*=%zz%4", "a; b*c=1; d*=%zz%4"},
	{"a letter that JSON escapes", layer_escapes, "{\"a\":\"gr\\u00fcn\"}", "grün"},
	{"a pair of JSON's, a line end and a quotation mark", layer_escapes,
		"\\ud83d\\ude00\\n\\\"a\\\"", "😀\n\"a\""},
	{"half a pair, and escapes that are none", layer_escapes, "\\ud83dx \\u00 \\",
		"\ufffdx u00 "},
	{"octets that JSON escapes", layer_escaped_octets, "gr\\u00c3\\u00bcn \\u20ac", "grün €"},
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
		buf_add_char(&octets, ';');
	layer_parameters(buf_str(&octets), &out);
	ck_assert(!out.failed);
	buf_finish(&octets);
	buf_finish(&out);
}
END_TEST

/* Each charset that is named, in order. */
static const struct {
	const char *octets, *want;
} names[] = {
	{"Content-Type: text/html; charset=koi8-r\r\n", "koi8-r "},
	{"charset = \"UTF-16\"; <meta charset='x-a'>", "UTF-16 x-a "},
	{"=?iso-2022-jp?B?x?= =?utf-8*en?q?x?=", "iso-2022-jp utf-8 "},
	{"name*0*=cp1251''%ED; a*=b", "cp1251 "},
	{"charset=3Dutf-8 charset=iso-88=\r\n59-1 charset charset=a$b", ""},
};

START_TEST(charsets_are_found_where_they_are_named)
{
	struct buf out = {0};
	struct str name;
	size_t at = 0;
	while (layer_next_charset(str_from(names[_i].octets), &at, &name))
		buf_add_format(&out, "%.*s ", STR_ARG(name));
	ck_assert_str_eq(buf_cstr(&out), names[_i].want);
	buf_finish(&out);
}
END_TEST

static int gather(void *context, struct str form, struct error *err)
{
	struct buf *out = context;
	size_t at;
	(void)err;
	buf_add_str(out, str_find(form, STR("secret"), &at) ? STR("x") : STR("-"));
	return 0;
}

/* As it is, and quoted-printable, parameters, base64; the last of these again. */
START_TEST(base64_within_base64_is_looked_into)
{
	struct buf out = {0};
	struct error err = {0};
	ck_assert_int_eq(
		layers_walk(STR("YSBzZT02M3JldAo=\nWVNCelpXTnlaWFFLCg==\n"), gather, &out, &err),
		0);
	ck_assert_str_eq(buf_cstr(&out), "----x-xxx");
	buf_finish(&out);
}
END_TEST

Suite *layers_suite(void)
{
	Suite *s = suite_create("layers");
	TCase *t = tcase_create("layers");
	tcase_add_loop_test(t, what_is_encoded_is_found, 0, sizeof(rows) / sizeof(*rows));
	tcase_add_test(t, a_megabyte_of_beginnings_takes_no_time);
	tcase_add_loop_test(
		t, charsets_are_found_where_they_are_named, 0, sizeof(names) / sizeof(*names));
	tcase_add_test(t, base64_within_base64_is_looked_into);
	suite_add_tcase(s, t);
	return s;
}
