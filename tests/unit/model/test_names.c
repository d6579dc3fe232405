/* The names of the enums: all there, all different, all read back. */
#include "expect.h"
#include "model/finding.h"
#include "model/mark.h"
#include "model/message.h"
#include "model/period.h"
#include "model/record.h"
#include "model/risk.h"
#include "model/sign.h"
#include "model/text.h"
#include "suites.h"

START_TEST(every_sign_is_read_back_from_its_slug)
{
	for (unsigned i = 0; i < SIGN_COUNT; i++) {
		enum sign back = SIGN_COUNT;
		ck_assert(sign_parse(str_from(sign_name((enum sign)i)), &back));
		ck_assert_uint_eq(back, i);
		ck_assert_str_eq(sign_names[i], sign_name((enum sign)i));
	}
	enum sign kept = SIGN_THREAT;
	ck_assert(!sign_parse(STR("Insult"), &kept) && !sign_parse(STR(""), &kept));
	ck_assert(!sign_parse((struct str){NULL, 0}, &kept));
	ck_assert_int_eq(kept, SIGN_THREAT);
}
END_TEST

START_TEST(the_slugs_of_the_contract_are_these)
{
	static const char *const want[] = {"insult", "threat", "manipulation", "urgency",
		"scope-creep", "unreasonable-demand", "unpaid-work", "late-payment",
		"harmful-request", "indecision", "after-hours", "unsteady-work"};
	for (size_t i = 0; i < COUNT(want); i++) {
		enum sign s;
		ck_assert(sign_parse(str_from(want[i]), &s));
		ck_assert(!sign_is_marker(s));
	}
	ck_assert(sign_is_marker(SIGN_APOLOGY) && sign_is_marker(SIGN_IMMEDIATE));
	ck_assert_str_eq(severity_name(1), "note");
	ck_assert_str_eq(severity_name(4), "grave");
}
END_TEST

START_TEST(periods_marks_spans_and_reasons_are_read_back)
{
	for (unsigned i = 0; i < PERIOD_COUNT; i++) {
		enum period back;
		ck_assert(period_parse(str_from(period_name((enum period)i)), &back));
		ck_assert_uint_eq(back, i);
	}
	for (unsigned i = 0; i < MARK_COUNT; i++) {
		enum mark back;
		ck_assert(mark_parse(str_from(mark_name((enum mark)i)), &back));
		ck_assert_uint_eq(back, i);
	}
	for (unsigned i = 0; i < SPAN_COUNT; i++) {
		enum span_kind back;
		ck_assert(span_kind_parse(str_from(span_kind_name((enum span_kind)i)), &back));
		ck_assert_uint_eq(back, i);
	}
	for (unsigned i = 0; i < EXAMINED_COUNT; i++) {
		enum examined back;
		ck_assert(examined_parse(str_from(examined_name((enum examined)i)), &back));
		ck_assert_uint_eq(back, i);
	}
	enum period p;
	enum mark m;
	enum span_kind s;
	enum examined e;
	ck_assert(!period_parse(STR("noon"), &p) && !mark_parse(STR("x"), &m));
	ck_assert(!span_kind_parse(STR("newer"), &s) && !examined_parse(STR("no"), &e));
}
END_TEST

START_TEST(names_without_a_reader_differ_from_each_other)
{
	for (unsigned i = 0; i < RECORD_TYPE_COUNT; i++)
		for (unsigned j = 0; j < i; j++)
			ck_assert_str_ne(record_type_name((enum record_type)i),
				record_type_name((enum record_type)j));
	ck_assert_str_eq(record_type_name(RECORD_ERASURE), "erasure");
	ck_assert_str_eq(band_name(BAND_CALM), "calm");
	ck_assert_str_eq(band_name(BAND_DECIDE), "decide");
	ck_assert_str_eq(clock_kind_name(CLOCK_RECEIVED), "received");
	ck_assert_str_eq(clock_kind_name(CLOCK_SEEN), "seen");
	ck_assert_str_eq(rule_status_name(RULE_LIVE), "live");
	ck_assert_str_eq(rule_status_name(RULE_SHADOW), "shadow");
	ck_assert_str_eq(direction_name(DIRECTION_IN), "in");
	ck_assert_str_eq(direction_name(DIRECTION_OUT), "out");
}
END_TEST

START_TEST(what_was_begun_or_never_begun_can_be_ended_twice)
{
	struct message m;
	struct hits h;
	struct risk r;
	message_init(&m);
	hits_init(&h);
	risk_init(&r);
	ck_assert_ptr_nonnull(arena_alloc(&m.arena, 10));
	ck_assert_ptr_nonnull(arena_alloc(&h.arena, 10));
	ck_assert_ptr_nonnull(arena_alloc(&r.arena, 10));
	for (int twice = 0; twice < 2; twice++) {
		message_finish(&m);
		hits_finish(&h);
		risk_finish(&r);
	}
	message_finish(NULL);
	hits_finish(NULL);
	risk_finish(NULL);
	record_finish(NULL);
	text_finish(NULL);
	judgement_finish(NULL);
}
END_TEST

Suite *names_suite(void)
{
	Suite *suite = suite_create("names");
	TCase *all = tcase_create("enums");
	tcase_add_test(all, every_sign_is_read_back_from_its_slug);
	tcase_add_test(all, the_slugs_of_the_contract_are_these);
	tcase_add_test(all, periods_marks_spans_and_reasons_are_read_back);
	tcase_add_test(all, names_without_a_reader_differ_from_each_other);
	tcase_add_test(all, what_was_begun_or_never_begun_can_be_ended_twice);
	suite_add_tcase(suite, all);
	return suite;
}
