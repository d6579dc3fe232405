/* JSON written and read. */
#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "expect.h"
#include "suites.h"

#include <string.h>

START_TEST(what_is_written_has_its_commas_and_quotes)
{
	struct buf out = {0};
	struct json_writer w;
	json_begin(&w, &out);
	json_object(&w, NULL);
	json_int(&w, "schema", 1);
	json_str(&w, "absent", (struct str){NULL, 0});
	json_str(&w, "empty", STR(""));
	json_cstr(&w, "a\"b", NULL);
	json_array(&w, "list");
	json_array(&w, NULL);
	json_array_end(&w);
	json_object(&w, NULL);
	json_object_end(&w);
	json_bool(&w, NULL, true);
	json_null(&w, NULL);
	json_int(&w, NULL, INT64_MIN);
	json_array_end(&w);
	json_tenths(&w, "risk", 671);
	json_tenths(&w, "small", -5);
	json_bool(&w, "no", false);
	json_object_end(&w);
	ck_assert_str_eq(buf_cstr(&out),
		"{\"schema\":1,\"absent\":null,\"empty\":\"\",\"a\\\"b\":null,"
		"\"list\":[[],{},true,null,-9223372036854775808],"
		"\"risk\":67.1,\"small\":-0.5,\"no\":false}");
	buf_finish(&out);
}
END_TEST

START_TEST(control_and_bidi_characters_leave_as_escapes)
{
	struct buf out = {0};
	struct json_writer w;
	json_begin(&w, &out);
	json_str(&w, NULL,
		STR("\"\\/\n\r\t\x01\x1b\x7f\xc2\x9b\xe2\x80\xae\xf3\xa0\x81\x81\xc3\xa5\xff"));
	ck_assert_str_eq(buf_cstr(&out),
		"\"\\\"\\\\/\\n\\r\\t\\u0001\\u001b\\u007f\\u009b\\u202e\\udb40\\udc41\xc3\xa5\xef\xbf\xbd\"");
	buf_finish(&out);
}
END_TEST

START_TEST(every_code_point_is_read_back_as_it_was_written)
{
	struct buf text = {0}, out = {0};
	struct json_writer w;
	struct json_document *d = NULL;
	for (int32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 97) {
		char bytes[4];
		if (c < 0xd800 || c > 0xdfff)
			buf_add(&text, bytes, utf8_encode(c, bytes));
	}
	json_begin(&w, &out);
	json_str(&w, NULL, buf_str(&text));
	ck_assert_int_eq(json_parse(buf_str(&out), &d, NULL), 0);
	ck_assert(str_eq(json_to_str(json_root(d)), buf_str(&text)));
	json_free(d);
	buf_finish(&out);
	buf_finish(&text);
}
END_TEST

START_TEST(values_are_read_by_type_and_missing_ones_are_absent)
{
	struct json_document *d;
	ck_assert_int_eq(json_parse(STR("{\"s\":\"x\\u0000y\",\"i\":-7,\"r\":1.5,\"t\":true,"
					"\"n\":null,\"a\":[1,[],{}],\"o\":{\"z\":1,\"b\":2}}"),
				 &d, NULL),
		0);
	const struct json_value *root = json_root(d), *v;
	ck_assert(json_is_object(root) && !json_is_object(json_get(root, "a")));
	expect_str(json_to_str(json_get(root, "s")), STR("x\0y"));
	ck_assert_int_eq(json_to_int(json_get(root, "i"), 5), -7);
	ck_assert_int_eq(json_to_int(json_get(root, "r"), 5), 5);
	ck_assert_int_eq(json_to_int(json_get(root, "s"), 5), 5);
	ck_assert(json_to_bool(json_get(root, "t"), false));
	ck_assert(json_to_bool(json_get(root, "i"), true));
	ck_assert(json_is_null(json_get(root, "n")) && !json_is_null(json_get(root, "s")));
	ck_assert_uint_eq(json_count(json_get(root, "a")), 3);
	ck_assert_uint_eq(json_count(root), 0);
	ck_assert_int_eq(json_to_int(json_at(json_get(root, "a"), 0), 0), 1);
	ck_assert_ptr_null(json_at(json_get(root, "a"), 3));
	v = json_get(json_get(root, "missing"), "deeper");
	ck_assert(!v && json_is_null(v) && !json_is_object(v) && json_count(v) == 0);
	ck_assert(!json_to_str(v).ptr && json_to_int(v, 3) == 3 && json_to_bool(v, true));
	void *state = NULL;
	const char *key;
	v = json_each(json_get(root, "o"), &state, &key);
	ck_assert_str_eq(key, "z");
	ck_assert_int_eq(json_to_int(v, 0), 1);
	v = json_each(json_get(root, "o"), &state, &key);
	ck_assert_str_eq(key, "b");
	ck_assert_ptr_null(json_each(json_get(root, "o"), &state, &key));
	json_free(d);
	json_free(NULL);
}
END_TEST

START_TEST(a_mistake_is_told_with_its_line)
{
	static const struct {
		const char *in;
		unsigned line;
	} rows[] = {
		{"", 1},
		{"{\n\n  \"a\" 1}", 3},
		{"{\"a\":1,\n\"a\":2}", 2},
		{"[1,]", 1},
		{"[1] x", 1},
		{"\"\xff\"", 1},
		{"[\"\\ud800\"]", 1},
		{"{a:1}", 1},
		{"nul", 1},
		{"[99999999999999999999]", 1},
		{"\"open", 1},
		{"]", 1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err;
		struct json_document *d = NULL;
		ck_assert_msg(json_parse(str_from(rows[i].in), &d, &err) == -1, "'%s'", rows[i].in);
		ck_assert_int_eq(err.kind, ERROR_INPUT);
		ck_assert_msg(err.line == rows[i].line, "'%s' line %u", rows[i].in, err.line);
		ck_assert_ptr_null(d);
	}
}
END_TEST

static int parse_nested(size_t depth, const char *before, struct error *err)
{
	struct buf text = {0};
	struct json_document *d = NULL;
	buf_add_cstr(&text, before);
	for (size_t i = 0; i < depth; i++)
		buf_add_char(&text, '[');
	for (size_t i = 0; i < depth; i++)
		buf_add_char(&text, ']');
	int result = json_parse(buf_str(&text), &d, err);
	json_free(d);
	buf_finish(&text);
	return result;
}

START_TEST(depth_is_bounded_before_anything_recurses)
{
	struct error err;
	ck_assert_int_eq(parse_nested(LIMIT_JSON_DEPTH, "", &err), 0);
	ck_assert_int_eq(parse_nested(LIMIT_JSON_DEPTH + 1, "\n  ", &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INPUT);
	ck_assert_str_eq(err.text, "json is nested deeper than 64");
	ck_assert_uint_eq(err.line, 2);
	ck_assert_uint_eq(err.column, 2 + LIMIT_JSON_DEPTH + 1);
	ck_assert_int_eq(parse_nested(1000000, "", &err), -1);
	/* brackets in a string are no depth, also behind an escaped quote */
	struct buf text = {0};
	struct json_document *d;
	buf_add_cstr(&text, "\"\\\"\\\\\\\"");
	for (int i = 0; i < 200; i++)
		buf_add_char(&text, '{');
	buf_add_char(&text, '"');
	ck_assert_int_eq(json_parse(buf_str(&text), &d, &err), 0);
	json_free(d);
	buf_finish(&text);
}
END_TEST

Suite *json_suite(void)
{
	Suite *suite = suite_create("JSON");
	TCase *all = tcase_create("json");
	tcase_add_test(all, what_is_written_has_its_commas_and_quotes);
	tcase_add_test(all, control_and_bidi_characters_leave_as_escapes);
	tcase_add_test(all, every_code_point_is_read_back_as_it_was_written);
	tcase_add_test(all, values_are_read_by_type_and_missing_ones_are_absent);
	tcase_add_test(all, a_mistake_is_told_with_its_line);
	tcase_add_test(all, depth_is_bounded_before_anything_recurses);
	suite_add_tcase(suite, all);
	return suite;
}
