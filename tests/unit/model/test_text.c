/* Text and its spans, made and carried. */
#include "base/error.h"
#include "expect.h"
#include "model/text.h"
#include "suites.h"

#include <string.h>

START_TEST(plain_text_is_one_new_span_and_a_copy)
{
	struct text t;
	char bytes[] = "hello";
	text_init(&t);
	ck_assert_int_eq(text_plain(&t, str_from(bytes)), 0);
	bytes[0] = 'J';
	expect_same(t.bytes, STR("hello"));
	ck_assert_uint_eq(t.span_count, 1);
	ck_assert(t.spans[0].start == 0 && t.spans[0].end == 5 && t.spans[0].kind == SPAN_NEW);
	/* again, from its own bytes */
	ck_assert_int_eq(text_plain(&t, str_slice(t.bytes, 1, 3)), 0);
	expect_same(t.bytes, STR("el"));
	ck_assert_int_eq(text_plain(&t, STR("")), 0);
	ck_assert_uint_eq(t.span_count, 0);
	text_finish(&t);
}
END_TEST

static void expect_same_text(const struct text *got, const struct text *want)
{
	expect_same(got->bytes, want->bytes);
	ck_assert_uint_eq(got->span_count, want->span_count);
	ck_assert_int_eq(got->cut, want->cut);
	for (size_t i = 0; i < want->span_count; i++) {
		const struct span *a = &got->spans[i], *b = &want->spans[i];
		ck_assert(a->start == b->start && a->end == b->end && a->kind == b->kind &&
			a->unsure == b->unsure && a->hidden == b->hidden && a->part == b->part &&
			a->part_start == b->part_start && a->part_end == b->part_end);
	}
}

START_TEST(a_text_is_read_back_as_it_was_written)
{
	struct span spans[] = {
		{0, 4, SPAN_NEW, false, false, -1, 0, 4},
		{4, 4, SPAN_AUTOMATIC, false, false, 0, 0, 0},
		{4, 7, SPAN_QUOTED, true, false, 0, 9, 12},
		{7, 9, SPAN_FORWARDED, false, true, 3, 1, 3},
		{9, 10, SPAN_SIGNATURE, true, true, 3, 3, 4},
	};
	struct text t = {.bytes = STR("R\xc3\xa5!\n\n\x1b>\xe2\x80\xae"), .spans = spans}, back;
	t.span_count = COUNT(spans);
	spans[3].end = spans[4].start = spans[4].end = t.bytes.len;
	t.cut = true;
	struct buf json = {0}, again = {0};
	struct error err;
	text_write(&t, &json);
	ck_assert_msg(text_read(buf_str(&json), &back, &err) == 0, "%s", err.text);
	expect_same_text(&back, &t);
	text_write(&back, &again);
	expect_same(buf_str(&again), buf_str(&json));
	text_finish(&back);
	buf_finish(&json);
	buf_finish(&again);
}
END_TEST

START_TEST(the_form_is_this)
{
	struct text t;
	struct buf json = {0};
	text_init(&t);
	ck_assert_int_eq(text_plain(&t, STR("hi")), 0);
	t.spans[0].unsure = true;
	text_write(&t, &json);
	ck_assert_str_eq(buf_cstr(&json), "{\"spans\":[[0,2,\"new\",1,0,0,2]],\"cut\":false}\nhi");
	buf_finish(&json);
	text_finish(&t);
}
END_TEST

START_TEST(spans_that_lie_are_refused)
{
	/* of the text "h\u00e9llo", six bytes */
	static const struct {
		const char *name, *spans;
	} rows[] = {
		{"no spans", ""},
		{"too short", "[0,5,\"new\",0,0,0,5]"},
		{"too long", "[0,7,\"new\",0,0,0,5]"},
		{"a gap", "[0,1,\"new\",0,0,0,5],[3,6,\"new\",0,0,0,5]"},
		{"an overlap", "[0,4,\"new\",0,0,0,5],[3,6,\"new\",0,0,0,5]"},
		{"out of order", "[3,6,\"new\",0,0,0,5],[0,3,\"new\",0,0,0,5]"},
		{"backwards", "[0,6,\"new\",0,0,0,5],[6,3,\"new\",0,0,0,5]"},
		{"within a character", "[0,2,\"new\",0,0,0,5],[2,6,\"new\",0,0,0,5]"},
		{"a negative start", "[-1,6,\"new\",0,0,0,5]"},
		{"an unknown kind", "[0,6,\"mine\",0,0,0,5]"},
		{"an unknown flag", "[0,6,\"new\",4,0,0,5]"},
		{"an impossible part", "[0,6,\"new\",0,-2,0,5]"},
		{"a huge part", "[0,6,\"new\",0,4294967296,0,5]"},
		{"a part range backwards", "[0,6,\"new\",0,0,5,4]"},
		{"a field missing", "[0,6,\"new\",0,0,0]"},
		{"a field more", "[0,6,\"new\",0,0,0,5,1]"},
		{"not an array", "{}"},
		{"text for a number", "[0,\"6\",\"new\",0,0,0,5]"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf json = {0};
		struct text t = {.span_count = 77};
		struct error err;
		buf_add_format(
			&json, "{\"spans\":[%s],\"cut\":false}\nh\xc3\xa9llo", rows[i].spans);
		ck_assert_msg(text_read(buf_str(&json), &t, &err) == -1, "%s", rows[i].name);
		ck_assert_int_eq(err.kind, ERROR_INPUT);
		ck_assert_uint_eq(t.span_count, 77);
		buf_finish(&json);
	}
}
END_TEST

START_TEST(an_empty_text_needs_no_span_and_a_missing_field_is_told)
{
	struct text t;
	struct error err;
	ck_assert_int_eq(text_read(STR("{\"spans\":[],\"cut\":true}"), &t, &err), 0);
	ck_assert(t.cut && t.span_count == 0);
	text_finish(&t);
	ck_assert_int_eq(text_read(STR("{\"spans\":[]}\n"), &t, &err), -1);
	ck_assert_str_eq(err.text, "bad 'cut', expected true or false");
	ck_assert_int_eq(
		text_read(STR("{\"spans\":[[0,2,\"new\",0,0,0,2]],\"cut\":true}\n\xc3("), &t, &err),
		-1);
	ck_assert_str_eq(err.text, "bad text, expected UTF-8");
	ck_assert_int_eq(text_read(STR(""), &t, &err), -1);
	ck_assert_int_eq(text_read(STR("7"), &t, &err), -1);
	ck_assert_int_eq(text_read(STR("{"), &t, &err), -1);
}
END_TEST

Suite *text_suite(void)
{
	Suite *suite = suite_create("texts");
	TCase *all = tcase_create("text");
	tcase_add_test(all, plain_text_is_one_new_span_and_a_copy);
	tcase_add_test(all, a_text_is_read_back_as_it_was_written);
	tcase_add_test(all, the_form_is_this);
	tcase_add_test(all, spans_that_lie_are_refused);
	tcase_add_test(all, an_empty_text_needs_no_span_and_a_missing_field_is_told);
	suite_add_tcase(suite, all);
	return suite;
}
