/* The worked examples of the risk figure, and each reason for a line at 0 points. */
#include "base/clock.h"
#include "findings.h"
#include "risk/risk_fold.h"
#include "suites.h"
#include <string.h>

#define MAX 32

/* A history written as a list of calls. */
struct story {
	struct risk_finding findings[MAX];
	size_t finding_count;
	struct risk_credit credits[MAX];
	size_t credit_count;
	struct risk_clean clean[MAX];
	size_t clean_count;
	bool told;
};

static int64_t day_of(int month, int day)
{
	return date_to_days((struct date){2026, month, day});
}

static struct risk_finding *add(
	struct story *s, uint64_t evidence, int month, int day, enum sign sign, int severity)
{
	struct risk_finding *f = &s->findings[s->finding_count++];
	*f = (struct risk_finding){
		.evidence = evidence,
		.day = day_of(month, day),
		.at_us = day_of(month, day) * DAY_US + (int64_t)evidence * MINUTE_US,
		.rule = str_from(sign_name(sign)),
		.sign = sign,
		.severity = severity,
	};
	return f;
}

static void add_clean(struct story *s, int month, int day, int messages)
{
	s->clean[s->clean_count++] = (struct risk_clean){day_of(month, day), messages};
}

static void add_credit(
	struct story *s, enum credit_kind kind, uint64_t evidence, int month, int day)
{
	s->credits[s->credit_count++] = (struct risk_credit){
		.kind = kind,
		.evidence = evidence,
		.day = day_of(month, day),
		.at_us = day_of(month, day) * DAY_US + (int64_t)evidence * MINUTE_US,
	};
}

static void fold(const struct story *s, int month, int day, struct risk *out)
{
	struct findings_given given = {s->findings, s->finding_count};
	const struct risk_history history = {
		.walk = findings_walk,
		.findings = &given,
		.credits = s->credits,
		.credit_count = s->credit_count,
		.clean = s->clean,
		.clean_count = s->clean_count,
		.has_hours_told = s->told,
		.hours_told_day = day_of(1, 15),
		.half_life_days = 60,
	};
	struct error err = {0};
	struct risk_fold *fold;
	int64_t on = day_of(month, day);
	int tenths;
	risk_init(out);
	ck_assert_int_eq(risk_fold_new(&history, &fold, &err), 0);
	ck_assert_int_eq(risk_fold_causes(fold, on, SIZE_MAX, out, &err), 0);
	ck_assert_int_eq(risk_fold_figures(fold, &on, 1, &tenths, &err), 0);
	ck_assert_int_eq(tenths, out->tenths);
	risk_fold_free(fold);
	int64_t sum = 0;
	for (size_t i = 0; i < out->cause_count; i++)
		sum += out->causes[i].tenths;
	ck_assert_int_eq(out->tenths, sum < 1000 ? sum : 1000);
}

static void expect(
	const struct story *s, int month, int day, int tenths, enum band band, size_t lines)
{
	struct risk risk;
	fold(s, month, day, &risk);
	ck_assert_int_eq(risk.tenths, tenths);
	ck_assert_int_eq(risk.band, band);
	ck_assert_uint_eq(risk.cause_count, lines);
	risk_finish(&risk);
}

/* The only line's reason. */
static void expect_reason(const struct story *s, const char *why)
{
	struct risk risk;
	fold(s, 4, 1, &risk);
	ck_assert_uint_eq(risk.cause_count, 1);
	ck_assert_int_eq(risk.causes[0].tenths, 0);
	ck_assert_msg(
		str_eq(risk.causes[0].why, str_from(why)), "'%.*s'", STR_ARG(risk.causes[0].why));
	risk_finish(&risk);
}

START_TEST(a_night_owl_who_writes_much_stays_calm)
{
	struct story s = {.told = true};
	add_clean(&s, 3, 1, 90);
	add(&s, 1, 3, 10, SIGN_AFTER_HOURS, 3);
	add(&s, 1, 3, 10, SIGN_URGENCY, 3);
	add(&s, 2, 3, 24, SIGN_AFTER_HOURS, 1)->contact = true;
	add(&s, 3, 3, 27, SIGN_SCOPE_CREEP, 2);
	expect(&s, 3, 31, 0, BAND_CALM, 4);
}
END_TEST

START_TEST(contact_in_a_chat_counts_once_a_burst)
{
	/* minutes 1, 2 and 5 are one moment, 6 begins the next */
	static const uint64_t minutes[] = {6, 1, 5, 2};
	struct story s = {.told = true};
	struct risk risk;
	add(&s, 50, 3, 1, SIGN_AFTER_HOURS, 1)->contact = true;
	for (size_t i = 0; i < 4; i++) {
		struct risk_finding *f = add(&s, minutes[i], 3, 2, SIGN_AFTER_HOURS, 1);
		f->contact = f->chat = true;
	}
	fold(&s, 3, 2, &risk);
	ck_assert_uint_eq(risk.cause_count, 5);
	/* after the first day, which is tolerated: 1 and 1/4 */
	ck_assert_int_eq(risk.tenths, 13);
	for (size_t i = 1; i < 5; i++) {
		bool begins = risk.causes[i].evidence == 1 || risk.causes[i].evidence == 6;
		ck_assert_int_eq(risk.causes[i].tenths > 0, begins);
		ck_assert(begins ||
			str_eq(risk.causes[i].why,
				STR("an earlier line of the same moment counts")));
	}
	risk_finish(&risk);
}
END_TEST

START_TEST(mails_and_demands_of_one_moment_are_no_burst)
{
	struct story s = {.told = true};
	struct risk risk;
	add(&s, 50, 3, 1, SIGN_AFTER_HOURS, 1)->contact = true;
	add(&s, 1, 3, 2, SIGN_AFTER_HOURS, 1)->contact = true;
	add(&s, 2, 3, 2, SIGN_AFTER_HOURS, 1)->contact = true;
	add(&s, 3, 3, 3, SIGN_AFTER_HOURS, 3)->chat = true;
	add(&s, 4, 3, 3, SIGN_AFTER_HOURS, 3)->chat = true;
	fold(&s, 3, 3, &risk);
	/* 1 + 1/4 a day old, and 8 + 8/4 */
	ck_assert_int_eq(risk.tenths, 10 + 2 + 80 + 20);
	risk_finish(&risk);
}
END_TEST

START_TEST(one_bad_day_is_watched_and_halves_in_sixty_days)
{
	struct story s = {.told = true};
	add(&s, 1, 3, 2, SIGN_INSULT, 4);
	add(&s, 2, 3, 2, SIGN_THREAT, 4);
	add(&s, 3, 3, 2, SIGN_URGENCY, 2);
	expect(&s, 3, 2, 250, BAND_WATCH, 3);
	expect(&s, 5, 1, 125, BAND_WATCH, 3);
}
END_TEST

START_TEST(a_lone_serious_insult_is_eight_and_an_apology_lowers_it)
{
	struct story s = {0};
	add(&s, 1, 3, 2, SIGN_INSULT, 3);
	expect(&s, 3, 2, 80, BAND_CALM, 1);
	add_credit(&s, CREDIT_APOLOGY, 2, 3, 4);
	expect(&s, 3, 4, 59, BAND_CALM, 1);
	/* not seen before it came */
	expect(&s, 3, 2, 80, BAND_CALM, 1);
}
END_TEST

static void worsening(struct story *s)
{
	s->told = true;
	add_clean(s, 3, 1, 12);
	add(s, 1, 3, 2, SIGN_SCOPE_CREEP, 2);
	add(s, 2, 3, 9, SIGN_SCOPE_CREEP, 2);
	add(s, 3, 3, 14, SIGN_AFTER_HOURS, 3);
	add(s, 4, 3, 15, SIGN_AFTER_HOURS, 3);
	add(s, 5, 3, 15, SIGN_URGENCY, 3);
	add(s, 6, 3, 20, SIGN_LATE_PAYMENT, 3);
	add(s, 7, 3, 28, SIGN_AFTER_HOURS, 3);
	add(s, 8, 4, 4, SIGN_INSULT, 4);
	add(s, 9, 4, 4, SIGN_AFTER_HOURS, 3);
	add(s, 10, 4, 10, SIGN_THREAT, 4);
	add(s, 11, 4, 11, SIGN_MANIPULATION, 3);
}

START_TEST(a_worsening_client_is_to_be_decided_on_and_calms_with_time)
{
	struct story s = {0};
	worsening(&s);
	expect(&s, 4, 3, 229, BAND_WATCH, 7);
	expect(&s, 4, 11, 671, BAND_DECIDE, 11);
	expect(&s, 6, 10, 335, BAND_STRAINED, 11);
}
END_TEST

START_TEST(lines_of_a_worsening_client_are_those_worked_out_by_hand)
{
	static const int tenths[] = {0, 20, 0, 59, 0, 62, 68, 184, 0, 198, 80};
	struct story s = {0};
	struct risk risk;
	worsening(&s);
	fold(&s, 4, 11, &risk);
	for (size_t i = 0; i < risk.cause_count; i++)
		ck_assert_int_eq(risk.causes[i].tenths, tenths[i]);
	ck_assert(str_eq(risk.causes[7].why, STR("grave 20, 7 days old")));
	risk_finish(&risk);
}
END_TEST

static void expect_trend(const struct story *s, int64_t day, const char *want)
{
	struct findings_given given = {s->findings, s->finding_count};
	const struct risk_history history = {
		.walk = findings_walk,
		.findings = &given,
		.clean = s->clean,
		.clean_count = s->clean_count,
		.has_hours_told = true,
		.hours_told_day = day_of(1, 15),
		.half_life_days = 60,
	};
	const int64_t days[] = {day, day - RISK_TREND_DAYS};
	struct risk_fold *fold;
	int tenths[2];
	ck_assert_int_eq(risk_fold_new(&history, &fold, NULL), 0);
	ck_assert_int_eq(risk_fold_figures(fold, days, 2, tenths, NULL), 0);
	ck_assert_str_eq(trend_name(risk_trend(tenths[0], tenths[1])), want);
	risk_fold_free(fold);
}

START_TEST(trend_compares_with_a_month_ago)
{
	struct story s = {0};
	worsening(&s);
	expect_trend(&s, day_of(4, 11), "rising");
	expect_trend(&s, day_of(6, 10), "falling");
	expect_trend(&s, day_of(2, 10), "steady");
}
END_TEST

START_TEST(each_finding_left_out_says_why)
{
	struct story s = {.told = true};
	struct risk_finding *f = add(&s, 1, 3, 20, SIGN_INSULT, 3);
	f->mark = MARK_WRONG;
	expect_reason(&s, "marked wrong: the rule erred");
	f->mark = MARK_AGREED;
	expect_reason(&s, "marked agreed: I had consented to it");
	f->mark = MARK_NONE;
	f->consent = STR("launch week, until 2026-06-30");
	expect_reason(&s, "excepted: launch week, until 2026-06-30");
	f->consent = (struct str){NULL, 0};
	f->shadow = true;
	expect_reason(&s, "shadow rule: shown, never counted");
	f->shadow = false;
	f->outgoing = true;
	expect_reason(&s, "my own words");
	f->outgoing = false;
	f->sign = SIGN_HARMFUL_REQUEST;
	expect_reason(&s, "kept in a lane of its own, never part of the risk");
	f->sign = SIGN_UNSTEADY_WORK;
	expect_reason(&s, "kept in a lane of its own, never part of the risk");
	f->sign = SIGN_URGENCY;
	expect_reason(&s, "tolerated: the first day with this sign in the month");
	add_clean(&s, 3, 2, 80);
	expect_reason(&s, "tolerated: among the first 3 days with this sign in the month");
}
END_TEST

START_TEST(after_hours_findings_are_left_out_as_the_hours_were_told)
{
	struct story s = {.told = true};
	struct risk_finding *f = add(&s, 1, 1, 10, SIGN_AFTER_HOURS, 3);
	expect_reason(&s, "before the client was told my hours");
	s.told = false;
	f->contact = true;
	expect_reason(&s, "contact only, and the client was never told my hours");
	f->in_their_hours = true;
	expect_reason(&s, "contact inside the client's own working hours");
	/* a demand counts even so, beyond the month's tolerated day */
	f->contact = false;
	add(&s, 2, 1, 11, SIGN_AFTER_HOURS, 3);
	expect(&s, 1, 11, 80, BAND_CALM, 2);
}
END_TEST

START_TEST(my_own_reminders_of_payment_weigh)
{
	struct story s = {0};
	add(&s, 1, 3, 2, SIGN_LATE_PAYMENT, 3)->outgoing = true;
	expect(&s, 3, 2, 80, BAND_CALM, 1);
}
END_TEST

START_TEST(a_disputed_clock_halves_after_hours_findings_and_nothing_else)
{
	struct story s = {.told = true};
	add(&s, 1, 3, 1, SIGN_AFTER_HOURS, 3);
	add(&s, 2, 3, 2, SIGN_AFTER_HOURS, 3)->disputed_clock = true;
	expect(&s, 3, 2, 40, BAND_CALM, 2);
	struct story other = {0};
	add(&other, 1, 3, 2, SIGN_INSULT, 3)->disputed_clock = true;
	expect(&other, 3, 2, 80, BAND_CALM, 1);
}
END_TEST

START_TEST(words_that_may_be_a_quotation_weigh_half)
{
	struct story s = {0};
	add(&s, 1, 3, 2, SIGN_INSULT, 3)->unsure = true;
	expect(&s, 3, 2, 40, BAND_CALM, 1);
}
END_TEST

START_TEST(credit_is_for_what_came_before_it)
{
	struct story s = {0};
	add_credit(&s, CREDIT_APOLOGY, 1, 3, 1);
	add(&s, 2, 3, 2, SIGN_INSULT, 3);
	expect(&s, 3, 2, 80, BAND_CALM, 1);
	/* the very message that offends does not excuse itself */
	add_credit(&s, CREDIT_APOLOGY, 2, 3, 2);
	expect(&s, 3, 2, 80, BAND_CALM, 1);
	add_credit(&s, CREDIT_PAID_ON_TIME, 3, 3, 2);
	expect(&s, 3, 2, 60, BAND_CALM, 1);
	add_credit(&s, CREDIT_APOLOGY, 4, 3, 2);
	expect(&s, 3, 2, 40, BAND_CALM, 1);
	/* grave ones and threats are not mended */
	s.findings[0].severity = 4;
	expect(&s, 3, 2, 200, BAND_WATCH, 1);
	s.findings[0].severity = 3;
	s.findings[0].sign = SIGN_THREAT;
	expect(&s, 3, 2, 80, BAND_CALM, 1);
}
END_TEST

START_TEST(apologies_count_once_a_month)
{
	struct story s = {0};
	add(&s, 1, 3, 2, SIGN_INSULT, 3);
	add_credit(&s, CREDIT_APOLOGY, 2, 3, 2);
	add_credit(&s, CREDIT_APOLOGY, 3, 3, 2);
	expect(&s, 3, 2, 60, BAND_CALM, 1);
}
END_TEST

START_TEST(a_month_s_allowance_tells_how_its_days_are_used_up)
{
	struct story s = {.told = true};
	struct allowance a;
	add_clean(&s, 3, 1, 39);
	add(&s, 1, 3, 5, SIGN_URGENCY, 3);
	add(&s, 2, 3, 5, SIGN_URGENCY, 3); /* the same day */
	add(&s, 3, 3, 9, SIGN_URGENCY, 4); /* too grave to be covered */
	add(&s, 4, 3, 12, SIGN_URGENCY, 2);
	add(&s, 5, 3, 14, SIGN_URGENCY, 2)->mark = MARK_WRONG;
	add(&s, 6, 3, 16, SIGN_AFTER_HOURS, 3);
	add(&s, 7, 2, 27, SIGN_URGENCY, 3);
	struct findings_given given = {s.findings, s.finding_count};
	struct risk_fold *fold;
	struct risk_history history = {
		.walk = findings_walk,
		.findings = &given,
		.clean = s.clean,
		.clean_count = s.clean_count,
		.has_hours_told = true,
		.hours_told_day = day_of(1, 15),
	};
	static const struct {
		enum sign sign;
		int month, day, number;
	} rows[] = {
		{SIGN_URGENCY, 3, 1, 1},
		{SIGN_URGENCY, 3, 5, 1},
		{SIGN_URGENCY, 3, 6, 2},
		{SIGN_URGENCY, 3, 12, 2},
		{SIGN_URGENCY, 3, 20, 3},
		{SIGN_AFTER_HOURS, 3, 20, 2},
		{SIGN_URGENCY, 4, 1, 1},
	};
	ck_assert_int_eq(risk_fold_new(&history, &fold, NULL), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t day = day_of(rows[i].month, rows[i].day);
		risk_fold_allowance(fold, rows[i].sign, day, day, &a);
		ck_assert_int_eq(a.number, rows[i].number);
		ck_assert_int_eq(a.allowed, 1);
	}
	/* the fortieth clean message allows one day more, in its month and not before it came */
	s.clean[s.clean_count++] = (struct risk_clean){day_of(3, 18), 1};
	history.clean_count = s.clean_count;
	risk_fold_allowance(fold, SIGN_URGENCY, day_of(3, 12), day_of(3, 17), &a);
	ck_assert_int_eq(a.allowed, 1);
	risk_fold_allowance(fold, SIGN_URGENCY, day_of(3, 12), day_of(3, 18), &a);
	ck_assert_int_eq(a.allowed, 2);
	risk_fold_free(fold);
	ck_assert(risk_allowance_covers(SIGN_URGENCY, 3));
	ck_assert(!risk_allowance_covers(SIGN_URGENCY, 4));
	ck_assert(!risk_allowance_covers(SIGN_INSULT, 3));
}
END_TEST

Suite *examples_suite(void)
{
	Suite *suite = suite_create("risk: worked examples");
	TCase *t = tcase_create("examples");
	tcase_add_test(t, a_night_owl_who_writes_much_stays_calm);
	tcase_add_test(t, contact_in_a_chat_counts_once_a_burst);
	tcase_add_test(t, mails_and_demands_of_one_moment_are_no_burst);
	tcase_add_test(t, one_bad_day_is_watched_and_halves_in_sixty_days);
	tcase_add_test(t, a_lone_serious_insult_is_eight_and_an_apology_lowers_it);
	tcase_add_test(t, a_worsening_client_is_to_be_decided_on_and_calms_with_time);
	tcase_add_test(t, lines_of_a_worsening_client_are_those_worked_out_by_hand);
	tcase_add_test(t, trend_compares_with_a_month_ago);
	tcase_add_test(t, a_month_s_allowance_tells_how_its_days_are_used_up);
	tcase_add_test(t, each_finding_left_out_says_why);
	tcase_add_test(t, after_hours_findings_are_left_out_as_the_hours_were_told);
	tcase_add_test(t, my_own_reminders_of_payment_weigh);
	tcase_add_test(t, a_disputed_clock_halves_after_hours_findings_and_nothing_else);
	tcase_add_test(t, words_that_may_be_a_quotation_weigh_half);
	tcase_add_test(t, credit_is_for_what_came_before_it);
	tcase_add_test(t, apologies_count_once_a_month);
	suite_add_tcase(suite, t);
	return suite;
}
