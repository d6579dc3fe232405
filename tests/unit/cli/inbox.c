/* What waits in the inbox: what is urgent, whether the month allows an answer, and until when not.
 */
#include "inbox.h"
#include "base/clock.h"
#include "index/index.h"
#include "suites.h"

/* Friday 13 March 2026, 21:00 in Stockholm. */
#define NOW_US (INT64_C(1773432000) * SECOND_US)

static struct moment outside(int64_t hours_to_opening)
{
	return (struct moment){
		.period = PERIOD_OUTSIDE,
		.has_opening = true,
		.opening_at_us = NOW_US + hours_to_opening * HOUR_US,
		.opening_offset_min = 60,
	};
}

static void check_verdict(const struct waiting *w, const struct moment *now,
	struct allowance allowance, bool answer, const char *want)
{
	struct buf words = {0};
	ck_assert_int_eq(inbox_verdict(w, NOW_US, now, &allowance, &words), answer);
	ck_assert_str_eq(buf_cstr(&words), want);
	buf_finish(&words);
}

static struct waiting urgent(enum sign sign, int severity)
{
	return (struct waiting){
		.urgent = true,
		.sign = sign,
		.severity = severity,
		.day = date_to_days((struct date){2026, 3, 13}),
	};
}

START_TEST(what_is_not_urgent_waits_for_the_next_opening)
{
	struct waiting w = {0};
	struct moment now = outside(60);
	struct allowance none = {0};
	check_verdict(&w, &now, none, false, "not urgent: first opening Mon 09:00");
	now = outside(24 * 17);
	check_verdict(&w, &now, none, false, "not urgent: first opening Mon 30 March 21:00");
	now.has_opening = false;
	check_verdict(&w, &now, none, false, "not urgent: first opening none in sight");
	now = (struct moment){.period = PERIOD_WORKING};
	check_verdict(&w, &now, none, false, "not urgent: answer it in its turn");
}
END_TEST

START_TEST(what_is_urgent_is_answered_while_the_month_allows_it)
{
	struct moment now = outside(60);
	struct waiting w = urgent(SIGN_URGENCY, 3);
	check_verdict(&w, &now, (struct allowance){1, 1}, true,
		"urgent, urgency day 1 of 1 that March allows: answer now");
	check_verdict(&w, &now, (struct allowance){3, 3}, true,
		"urgent, urgency day 3 of 3 that March allows: answer now");
	check_verdict(&w, &now, (struct allowance){1, 2}, false,
		"urgent, but urgency day 2 where March allows 1: it can wait until Mon 09:00");
	w = urgent(SIGN_AFTER_HOURS, 3);
	check_verdict(&w, &now, (struct allowance){1, 1}, true,
		"urgent, after-hours day 1 of 1 that March allows: answer now");
	w = urgent(SIGN_URGENCY, 4);
	check_verdict(&w, &now, (struct allowance){1, 1}, false,
		"urgent, and graver than any month allows: it can wait until Mon 09:00");
	now = (struct moment){.period = PERIOD_WORKING};
	check_verdict(&w, &now, (struct allowance){1, 1}, false,
		"urgent, and graver than any month allows: answer it in its turn");
}
END_TEST

static struct indexed_finding found(
	const char *rule, enum sign sign, int severity, enum rule_status status, enum mark mark)
{
	return (struct indexed_finding){
		.finding = {.rule = str_from(rule),
			.sign = sign,
			.severity = severity,
			.status = status},
		.mark = mark,
	};
}

static struct waiting weigh(struct indexed_finding *findings, size_t count)
{
	struct waiting w = {.urgent = true};
	const struct indexed_message m = {.findings = findings, .finding_count = count};
	inbox_weigh(&m, &w);
	return w;
}

START_TEST(urgent_is_urgency_or_a_demand_that_is_live_and_not_marked_away)
{
	struct indexed_finding rows[] = {
		found("after-hours/demand", SIGN_AFTER_HOURS, 3, RULE_LIVE, MARK_NONE),
		found("urgency/soon", SIGN_URGENCY, 1, RULE_LIVE, MARK_NONE),
		found("urgency/now", SIGN_URGENCY, 3, RULE_LIVE, MARK_RIGHT),
		found("urgency/asap", SIGN_URGENCY, 2, RULE_LIVE, MARK_NONE),
	};
	struct waiting w = weigh(rows, 4);
	ck_assert(w.urgent && w.sign == SIGN_URGENCY && w.severity == 3);
	w = weigh(rows, 1);
	ck_assert(w.urgent && w.sign == SIGN_AFTER_HOURS && w.severity == 3);
	struct indexed_finding silent[] = {
		found("after-hours/contact", SIGN_AFTER_HOURS, 1, RULE_LIVE, MARK_NONE),
		found("urgency/new", SIGN_URGENCY, 3, RULE_SHADOW, MARK_NONE),
		found("urgency/now", SIGN_URGENCY, 3, RULE_LIVE, MARK_WRONG),
		found("after-hours/demand", SIGN_AFTER_HOURS, 3, RULE_LIVE, MARK_AGREED),
		found("insult/idiot", SIGN_INSULT, 4, RULE_LIVE, MARK_NONE),
	};
	ck_assert(!weigh(silent, 5).urgent);
	ck_assert(!weigh(NULL, 0).urgent);
}
END_TEST

Suite *inbox_suite(void)
{
	Suite *suite = suite_create("cli: inbox");
	TCase *tests = tcase_create("inbox");
	tcase_add_test(tests, what_is_not_urgent_waits_for_the_next_opening);
	tcase_add_test(tests, what_is_urgent_is_answered_while_the_month_allows_it);
	tcase_add_test(tests, urgent_is_urgency_or_a_demand_that_is_live_and_not_marked_away);
	suite_add_tcase(suite, tests);
	return suite;
}
