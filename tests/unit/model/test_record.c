/* Records in their general form. */
#include "expect.h"
#include "model/record.h"
#include "suites.h"

START_TEST(fields_keep_their_order_and_repeat)
{
	struct record r;
	char value[16] = "acme 1";
	record_init(&r);
	ck_assert_int_eq(record_add(&r, "peer", str_from(value)), 0);
	value[0] = 'X';
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(record_add(&r, "x-y", STR("")), 0);
	ck_assert_int_eq(record_add(&r, "peer", STR("other 7")), 0);
	expect_same(record_get(&r, "peer", 0), STR("acme 1"));
	expect_same(record_get(&r, "peer", 1), STR("other 7"));
	expect_same(record_get(&r, "x-y", 99), STR(""));
	expect_same(record_get(&r, "peer", 2), ((struct str){NULL, 0}));
	expect_same(record_get(&r, "pee", 0), ((struct str){NULL, 0}));
	expect_same(r.fields[101].key, STR("peer"));
	record_finish(&r);
}
END_TEST

START_TEST(a_key_that_could_break_a_line_is_refused)
{
	static const char *const wrong[] = {"", "a b", "a:", "Peer", "a\nb", "a1", "\xc3\xa5"};
	struct record r;
	record_init(&r);
	for (size_t i = 0; i < COUNT(wrong); i++)
		ck_assert_int_eq(record_add(&r, wrong[i], STR("x")), -1);
	ck_assert_uint_eq(r.field_count, 0);
	record_finish(&r);
}
END_TEST

START_TEST(evidence_has_a_name_of_six_digits_or_more)
{
	static const struct {
		uint64_t seq;
		const char *name;
	} rows[] = {
		{1, "E-000001"},
		{42, "E-000042"},
		{999999, "E-999999"},
		{1000000, "E-1000000"},
		{INT64_MAX, "E-9223372036854775807"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char name[EVIDENCE_NAME_SIZE];
		uint64_t back = 0;
		evidence_name(rows[i].seq, name);
		ck_assert_str_eq(name, rows[i].name);
		ck_assert(evidence_parse(str_from(name), &back));
		ck_assert_uint_eq(back, rows[i].seq);
	}
	static const char *const wrong[] = {"", "E-", "E-0", "0", "-1", "E--1", "E-1x", "F-1", "E1",
		"E-9223372036854775808", "E-99999999999999999999999"};
	uint64_t kept = 5;
	for (size_t i = 0; i < COUNT(wrong); i++)
		ck_assert_msg(!evidence_parse(str_from(wrong[i]), &kept), "'%s'", wrong[i]);
	ck_assert_uint_eq(kept, 5);
	ck_assert(evidence_parse(STR("E-42"), &kept) && kept == 42);
	ck_assert(evidence_parse(STR("7"), &kept) && kept == 7);
}
END_TEST

Suite *record_suite(void)
{
	Suite *suite = suite_create("records");
	TCase *all = tcase_create("record");
	tcase_add_test(all, fields_keep_their_order_and_repeat);
	tcase_add_test(all, a_key_that_could_break_a_line_is_refused);
	tcase_add_test(all, evidence_has_a_name_of_six_digits_or_more);
	suite_add_tcase(suite, all);
	return suite;
}
