/* The walks that cut exports: along the paths of JSON, and over the tags of XML. */
#include "suites.h"

#include "dates.h"
#include "element.h"
#include "json_split.h"
#include "people.h"
#include "when.h"

/* "0:12-15 1:20-22" and, where it is no JSON, "!30-40 why". */
static void show_split(const char *json, const char *const *wanted, struct buf *out)
{
	struct json_split s;
	struct json_piece piece;
	const char *why;
	int result;
	json_split_begin(&s, str_from(json), wanted);
	while ((result = json_split_next(&s, &piece, &why)) > 0)
		buf_add_format(out, "%s%zu:%.*s", out->len ? " " : "", piece.which,
			(int)(piece.end - piece.start), json + piece.start);
	if (result < 0)
		buf_add_format(
			out, "%s!%zu-%zu %s", out->len ? " " : "", piece.start, piece.end, why);
	ck_assert_int_eq(json_split_next(&s, &piece, &why), 0);
}

static const char *const wanted[] = {"a.list[]", "[]", "name", "a.name", NULL};

static const struct {
	const char *in, *want;
} splits[] = {
	{"{\"a\":{\"list\":[1, {\"x\":[2,{}]} ,\"]\"],\"name\":\"n\"},\"name\":null}",
		"0:1 0:{\"x\":[2,{}]} 0:\"]\" 3:\"n\" 2:null"},
	{" [ {} ,[[]], \"a\\\"],\", -1.5e3 ] ", "1:{} 1:[[]] 1:\"a\\\"],\" 1:-1.5e3"},
	{"{\"b\":{\"list\":[1]},\"a\":[{\"list\":[1]}],\"list\":[2]}", ""},
	{"{\"a\":{\"list\":{\"0\":1}}}", ""},
	{"{\"[]\":1,\"a.name\":2,\"a\":{\"list[]\":3}}", ""},
	{"7", ""},
	{"", "!0-0 the file ends within it"},
	{"{", "!1-1 the file ends before its list does"},
	{"{ {\"name\":1}", "!1-12 expected a name in quotes and ':'"},
	{"{\"name\"", "!0-7 expected a name in quotes and ':'"},
	{"{\"name\":", "!8-8 the file ends within it"},
	{"{\"name\":\"x", "!8-10 the file ends within it"},
	{"{\"name\":\"x\"", "2:\"x\" !11-11 the file ends before its list does"},
	{"[1,2", "1:1 1:2 !4-4 the file ends before its list does"},
	{"[1,]", "1:1 !3-4 expected a value"},
	{"[1}", "1:1 !2-3 expected a value"},
	{"[1 2{}]", "1:1 1:2{}"},
	{"[1] 2", "1:1 !2-5 expected nothing behind the end of the JSON"},
	{"x.{\"name\":[", "!0-11 the file ends within it"},
	{"{1:2}", "!0-5 expected a name in quotes and ':'"},
};

START_TEST(json_is_cut_along_the_paths_that_are_asked_for)
{
	for (size_t i = 0; i < sizeof(splits) / sizeof(splits[0]); i++) {
		struct buf got = {0};
		show_split(splits[i].in, wanted, &got);
		ck_assert_str_eq(buf_cstr(&got), splits[i].want);
		buf_finish(&got);
	}
}
END_TEST

START_TEST(a_very_long_name_is_none_that_is_asked_for)
{
	struct buf json = {0}, got = {0};
	buf_add_cstr(&json, "{\"");
	for (int i = 0; i < 1000; i++)
		buf_add_cstr(&json, "name");
	buf_add_cstr(&json, "\":1,\"name\":2}");
	show_split(buf_cstr(&json), wanted, &got);
	ck_assert_str_eq(buf_cstr(&got), "2:2");
	buf_finish(&json);
	buf_finish(&got);
}
END_TEST

START_TEST(tags_are_found_and_their_attributes)
{
	const struct str xml = STR("<?x?><!-- <a b='1'/> --><a b='>' c = \"2\"></a><b/>< c d>");
	struct element e;
	struct str value;
	size_t at = 0;
	ck_assert_int_eq(element_next(xml, &at, &e), 1);
	ck_assert(str_eq(e.name, STR("a")) && !e.empty);
	ck_assert(element_attribute(&e, STR("b"), &value) && str_eq(value, STR(">")));
	ck_assert(element_attribute(&e, STR("c"), &value) && str_eq(value, STR("2")));
	ck_assert(!element_attribute(&e, STR("d"), &value));
	ck_assert_uint_eq(element_end(xml, at, STR("a")), at + 4);
	ck_assert_uint_eq(element_end(xml, at, STR("b")), 0);
	ck_assert_int_eq(element_next(xml, &at, &e), 1);
	ck_assert(str_eq(e.name, STR("b")) && e.empty);
	ck_assert_int_eq(element_next(xml, &at, &e), 1);
	ck_assert(str_eq(e.name, STR("")) && !element_attribute(&e, STR("d"), &value));
	ck_assert_int_eq(element_next(xml, &at, &e), 0);
}
END_TEST

START_TEST(an_instant_of_seconds_keeps_its_fraction)
{
	static const struct {
		const char *in;
		int64_t want; /* -1: refused */
	} rows[] = {
		{"1772438400.000100", 1772438400000100},
		{"1772438400", 1772438400000000},
		{"1772438400.5", 1772438400500000},
		{"1772438400.1234567", 1772438400123456},
		{"0", 0},
		{"253402300799", 253402300799000000},
		{"253402300800", -1},
		{"-1", -1},
		{"", -1},
		{"1.x", -1},
		{"99999999999999999999", -1},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t at_us = -1;
		bool good = when_seconds(str_from(rows[i].in), &at_us);
		ck_assert_msg(good == (rows[i].want >= 0), "%s", rows[i].in);
		ck_assert_int_eq(at_us, rows[i].want);
	}
}
END_TEST

START_TEST(people_are_found_by_their_id)
{
	struct people people = {0};
	struct error err = {0};
	ck_assert_int_eq(people_read(STR("[{\"id\":\"U2\",\"name\":\"b\"},{\"id\":\"U1\","
					 "\"real_name\":\"a\",\"name\":\"x\"},{\"name\":\"c\"},"
					 "{\"id\":\"U3\"},{\"id\""),
				 &people, &err),
		0);
	ck_assert(str_eq(people_name(&people, STR("U1")), STR("a")));
	ck_assert(str_eq(people_name(&people, STR("U2")), STR("b")));
	ck_assert(!people_name(&people, STR("U3")).ptr);
	ck_assert(!people_name(&people, (struct str){0}).ptr);
	people_finish(&people);
}
END_TEST

Suite *suite_pieces(void)
{
	Suite *suite = suite_create("chat: pieces");
	TCase *all = tcase_create("pieces");
	tcase_add_test(all, json_is_cut_along_the_paths_that_are_asked_for);
	tcase_add_test(all, a_very_long_name_is_none_that_is_asked_for);
	tcase_add_test(all, tags_are_found_and_their_attributes);
	tcase_add_test(all, an_instant_of_seconds_keeps_its_fraction);
	tcase_add_test(all, people_are_found_by_their_id);
	suite_add_tcase(suite, all);
	return suite;
}
