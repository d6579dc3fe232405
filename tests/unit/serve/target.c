/* What a request asks for: plain paths are understood, every other way of writing one is refused.
 */
#include "target.h"
#include "base/limits.h"
#include "suites.h"
#include <string.h>

static const struct {
	const char *target;
	unsigned status;
	const char *path, *query; /* as name=value, a comma between */
} rows[] = {
	{"/", 200, "/", ""},
	{"/search?q=client%3Aacme+%22blog+page%22&sign=", 200, "/search",
		"q=client:acme \"blog page\",sign="},
	{"/client/caf%C3%A9%20b", 200, "/client/caf\xc3\xa9 b", ""},
	{"/client/a+b?x", 200, "/client/a+b", "x="},
	{"/?a=%2B%25&a=2", 200, "/", "a=+%,a=2"},
	{"/..hidden/...", 200, "/..hidden/...", ""},
	{"", 400, NULL, NULL},
	{"*", 400, NULL, NULL},
	{"search", 400, NULL, NULL},
	{"http://127.0.0.1/", 400, NULL, NULL},
	{"//evil.example/", 400, NULL, NULL},
	{"/client//acme", 400, NULL, NULL},
	{"/client/", 400, NULL, NULL},
	{"/client/.", 400, NULL, NULL},
	{"/client/..", 400, NULL, NULL},
	{"/client/../../etc/passwd", 400, NULL, NULL},
	{"/client/%2e%2e/x", 400, NULL, NULL},
	{"/client/.%2E", 400, NULL, NULL},
	{"/client/..%2fetc", 400, NULL, NULL},
	{"/client/a%2Fb", 400, NULL, NULL},
	{"/client/a%5cb", 400, NULL, NULL},
	{"/client/a\\b", 400, NULL, NULL},
	{"/client/%00", 400, NULL, NULL},
	{"/client/a%0d%0aSet-Cookie:%20x", 400, NULL, NULL},
	{"/client/%7f", 400, NULL, NULL},
	{"/client/%c3", 400, NULL, NULL},
	{"/client/%c0%ae%c0%ae", 400, NULL, NULL},
	{"/client/%", 400, NULL, NULL},
	{"/client/%4", 400, NULL, NULL},
	{"/client/%zz", 400, NULL, NULL},
	{"/client/%252e%252e", 200, "/client/%2e%2e", ""},
	{"/search?q=%0a", 400, NULL, NULL},
	{"/search?q=%ff", 400, NULL, NULL},
	{"/search?%=1", 400, NULL, NULL},
};

START_TEST(a_target_is_read_or_refused)
{
	struct arena arena = {0};
	struct serve_request request;
	struct buf query = {0};
	unsigned status = target_read(str_from(rows[_i].target), &arena, &request);
	ck_assert_msg(status == rows[_i].status, "'%s' gives %u", rows[_i].target, status);
	if (status == 200) {
		ck_assert(str_eq(request.path, str_from(rows[_i].path)));
		for (size_t i = 0; i < request.field_count; i++)
			buf_add_format(&query, "%s%.*s=%.*s", i ? "," : "",
				STR_ARG(request.fields[i].name), STR_ARG(request.fields[i].value));
		ck_assert_str_eq(buf_cstr(&query), rows[_i].query);
	}
	buf_finish(&query);
	arena_finish(&arena);
}
END_TEST

START_TEST(what_is_too_long_or_too_much_is_refused)
{
	struct arena arena = {0};
	struct serve_request request;
	struct buf target = {0};
	buf_add_cstr(&target, "/?");
	for (int i = 0; i < LIMIT_SERVE_FIELDS; i++)
		buf_add_cstr(&target, "a&");
	ck_assert_uint_eq(target_read(buf_str(&target), &arena, &request), 200);
	buf_add_cstr(&target, "a");
	ck_assert_uint_eq(target_read(buf_str(&target), &arena, &request), 400);
	while (target.len <= LIMIT_SERVE_TARGET)
		buf_add_char(&target, 'a');
	ck_assert_uint_eq(target_read(buf_str(&target), &arena, &request), 414);
	buf_finish(&target);
	arena_finish(&arena);
}
END_TEST

START_TEST(the_first_field_of_a_name_is_the_one)
{
	struct arena arena = {0};
	struct serve_request request;
	ck_assert_uint_eq(target_read(STR("/?b=1&a=2&a=3"), &arena, &request), 200);
	ck_assert(str_eq(serve_field(&request, "a"), STR("2")));
	ck_assert_ptr_null(serve_field(&request, "c").ptr);
	arena_finish(&arena);
}
END_TEST

Suite *target_suite(void)
{
	Suite *s = suite_create("serve: target");
	TCase *t = tcase_create("target");
	tcase_add_loop_test(t, a_target_is_read_or_refused, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(t, what_is_too_long_or_too_much_is_refused);
	tcase_add_test(t, the_first_field_of_a_name_is_the_one);
	suite_add_tcase(s, t);
	return s;
}
