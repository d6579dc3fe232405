/* What the page model keeps of the messages that pass by. */
#include "base/clock.h"
#include "base/limits.h"
#include "sample.h"
#include "suites.h"
#include <stdio.h>
#include <string.h>

static struct report report;
static struct report_client *acme;

static void set_up(void)
{
	sample_report(&report);
	acme = &report.clients[0];
}

static void tear_down(void)
{
	report_finish(&report);
}

START_TEST(counts_are_those_of_the_messages)
{
	ck_assert_uint_eq(acme->messages, 10);
	ck_assert_uint_eq(acme->incoming, 8);
	ck_assert_uint_eq(report.clients[1].messages, 2);
	ck_assert(acme->first.at_us < acme->last.at_us);
}
END_TEST

START_TEST(shadow_excepted_and_wrong_findings_are_shown_but_not_counted)
{
	ck_assert_uint_eq(acme->findings[SIGN_URGENCY], 2); /* one of them a sequence's */
	ck_assert_uint_eq(acme->findings[SIGN_MANIPULATION], 0);
	ck_assert_uint_eq(acme->findings[SIGN_INSULT], 2); /* one of them mine */
	ck_assert_uint_eq(acme->finding_sum, 10);
	const struct incident *last = &acme->incidents[acme->incident_count - 2];
	ck_assert_uint_eq(last->evidence, 13);
	ck_assert_uint_eq(last->finding_count, 4);
	ck_assert_int_eq(last->findings[2].status, RULE_SHADOW);
	ck_assert_int_eq(last->findings[3].mark, MARK_WRONG);
}
END_TEST

START_TEST(the_heat_map_counts_incoming_messages_at_local_hours)
{
	uint64_t sum = 0;
	for (int day = 0; day < 7; day++)
		for (int hour = 0; hour < 24; hour++)
			sum += acme->heat[day][hour];
	ck_assert_uint_eq(sum, 7);
	ck_assert_uint_eq(acme->heat[5][22], 1); /* Saturday 22:41 */
	ck_assert_uint_eq(acme->heat[6][9], 0);  /* my own, Sunday 09:00 */
}
END_TEST

START_TEST(incidents_are_in_order_of_time)
{
	static const uint64_t want[] = {6, 8, 9, 10, 13, 14};
	ck_assert_uint_eq(acme->incident_count, 6);
	for (size_t i = 0; i < 6; i++)
		ck_assert_uint_eq(acme->incidents[i].evidence, want[i]);
}
END_TEST

START_TEST(a_sequence_is_an_incident_that_is_made_of_messages)
{
	static const uint64_t want[] = {9, 13, 15};
	const struct incident *x = &acme->incidents[5];
	ck_assert_uint_eq(x->member_count, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_eq(x->members[i].evidence, want[i]);
	ck_assert_uint_eq(x->passage_count, 0);
	ck_assert(str_eq(x->findings[0].rule, STR("sequence/nagging")));
}
END_TEST

START_TEST(harmful_requests_have_a_lane_of_their_own)
{
	ck_assert_uint_eq(acme->harmful_count, 1);
	ck_assert_uint_eq(acme->harmful[0].evidence, 12);
	for (size_t i = 0; i < acme->incident_count; i++)
		for (size_t k = 0; k < acme->incidents[i].finding_count; k++)
			ck_assert_int_ne(acme->incidents[i].findings[k].sign, SIGN_HARMFUL_REQUEST);
}
END_TEST

START_TEST(what_was_not_examined_is_said_with_its_reason)
{
	ck_assert_uint_eq(acme->blind_spot_count, 2);
	ck_assert_uint_eq(acme->blind_spots[0].evidence, 15);
	ck_assert(str_eq(acme->blind_spots[0].why, STR("too large")));
	ck_assert(str_eq(acme->blind_spots[1].why, STR("not judged yet")));
	ck_assert_uint_eq(report.clients[1].blind_spot_count, 0);
}
END_TEST

/* Passages: the text, findings in it, what is shown with the marked words in [ ]. */
#define LONG "so it goes on and on and on and on and on and on and on and on and on and on "
static const struct {
	const char *name, *text, *words[3], *want;
} passages[] = {
	{"the sentence around the words", "One. Two three four. Five.", {"three"},
		"Two [three] four."},
	{"the whole text when it is one sentence", "now", {"now"}, "[now]"},
	{"question and exclamation end a sentence", "Really? Do it now! Thanks.", {"now"},
		"Do it [now]!"},
	{"a point inside a word does not", "See acme.example today. Bye.", {"today"},
		"See acme.example [today]."},
	{"an empty line ends a sentence", "Hello\n\nsend it now\n\nJane", {"now"}, "send it [now]"},
	{"a line's end does not", "send\nit\nnow please", {"it"}, "send\n[it]\nnow please"},
	{"two findings of a sentence share it", "Do it now or else. Bye.", {"now", "else"},
		"Do it [now] or [else]."},
	{"overlapping words are one mark", "Do it right now. Bye.", {"it right", "right now"},
		"Do [it right now]."},
	{"the same words twice are one mark", "Do it now.", {"now", "now"}, "Do it [now]."},
	{"two sentences are two passages", "Do it now. Rest. Or else.", {"now", "else"},
		"Do it [now].|Or [else]."},
	{"words over a sentence's end keep both", "Do it. Now please. Bye.", {"it. Now"},
		"Do [it. Now] please."},
	{"a long sentence is cut around the words", LONG LONG LONG LONG "stop " LONG LONG LONG LONG,
		{"stop"}, NULL},
	{"letters of several bytes stay whole", "\xc3\xa5\xc3\xa4\xc3\xb6 \xe2\x82\xac now",
		{"now"}, "\xc3\xa5\xc3\xa4\xc3\xb6 \xe2\x82\xac [now]"},
};

static void add_passage(struct buf *out, const struct passage *p)
{
	size_t at = 0;
	for (size_t i = 0; i < p->mark_count; i++) {
		buf_add_str(out, str_slice(p->text, at, p->marks[i].start));
		buf_add_char(out, '[');
		buf_add_str(out, str_slice(p->text, p->marks[i].start, p->marks[i].end));
		buf_add_char(out, ']');
		at = p->marks[i].end;
	}
	buf_add_str(out, str_slice(p->text, at, p->text.len));
}

START_TEST(words_stand_in_their_sentence)
{
	struct report r;
	struct buf got = {0};
	report_init(&r);
	struct report_client *c = report_add_client(&r, STR("c"), STR("c"));
	struct sample_message m = {
		.evidence = 1, .at = "2026-03-02T10:00:00Z", .text = passages[_i].text};
	for (size_t i = 0; i < 3 && passages[_i].words[i]; i++)
		m.findings[i] = (struct sample_finding)FOUND(
			"urgency/x", SIGN_URGENCY, 2, passages[_i].words[i]);
	sample_add(c, &m);
	const struct incident *x = &c->incidents[0];
	for (size_t i = 0; i < x->passage_count; i++) {
		buf_add_cstr(&got, i ? "|" : "");
		add_passage(&got, &x->passages[i]);
	}
	if (passages[_i].want) {
		ck_assert_msg(str_eq(buf_str(&got), str_from(passages[_i].want)), "%s: '%s'",
			passages[_i].name, buf_cstr(&got));
		ck_assert(!x->passages[0].cut_before && !x->passages[0].cut_after);
	} else {
		ck_assert(x->passages[0].cut_before && x->passages[0].cut_after);
		ck_assert_uint_lt(x->passages[0].text.len, strlen(passages[_i].text) - 100);
	}
	buf_finish(&got);
	report_finish(&r);
}
END_TEST

START_TEST(a_sentence_does_not_run_into_a_quote)
{
	struct report r;
	struct error err;
	struct span spans[] = {{0, 4, SPAN_NEW, false, false, 0, 0, 4},
		{4, 12, SPAN_QUOTED, false, false, 0, 4, 12}};
	struct text text = {.bytes = STR("now \nold one"), .spans = spans, .span_count = 2};
	struct finding f = {.rule = STR("urgency/x"),
		.sign = SIGN_URGENCY,
		.severity = 2,
		.has_range = true,
		.end = 3,
		.text = STR("now")};
	struct report_finding found = {.finding = &f};
	struct report_message m = {.text = &text, .findings = &found, .finding_count = 1};
	report_init(&r);
	struct report_client *c = report_add_client(&r, STR("c"), STR("c"));
	ck_assert_int_eq(report_add_message(c, &m, &err), 0);
	ck_assert(str_eq(c->incidents[0].passages[0].text, STR("now")));
	report_finish(&r);
}
END_TEST

START_TEST(a_range_outside_the_text_is_no_passage)
{
	struct report r;
	struct error err;
	struct text text = {.bytes = STR("short")};
	struct finding f = {.rule = STR("urgency/x"),
		.sign = SIGN_URGENCY,
		.severity = 2,
		.has_range = true,
		.start = 3,
		.end = 9};
	struct report_finding found = {.finding = &f};
	struct report_message m = {.text = &text, .findings = &found, .finding_count = 1};
	report_init(&r);
	struct report_client *c = report_add_client(&r, STR("c"), STR("c"));
	ck_assert_int_eq(report_add_message(c, &m, &err), 0);
	ck_assert_uint_eq(c->incident_count, 1);
	ck_assert_uint_eq(c->incidents[0].passage_count, 0);
	report_finish(&r);
}
END_TEST

START_TEST(hours_are_counted_in_their_zone_too)
{
	ck_assert_uint_eq(acme->their_heat[5][16], 1); /* Saturday 22:41 in mine */
	ck_assert_uint_eq(acme->heat[2][8], 1);        /* Wednesday 08:12 */
	ck_assert_uint_eq(acme->their_heat[2][2], 1);
	for (int i = 0; i < 7 * 24; i++)
		ck_assert_uint_eq(report.clients[1].their_heat[i / 24][i % 24], 0);
}
END_TEST

START_TEST(weeks_and_months_are_in_order_and_my_own_words_are_not_the_clients)
{
	ck_assert_uint_eq(acme->week_count, 2);
	ck_assert_int_eq(acme->weeks[0].monday, 20514); /* 2 March 2026 */
	ck_assert_uint_eq(acme->weeks[0].incoming, 4);
	ck_assert_uint_eq(acme->weeks[0].findings, 4);
	ck_assert_int_eq(acme->weeks[0].worst, 3);
	ck_assert_int_eq(acme->weeks[1].monday, 20521);
	ck_assert_int_eq(acme->weeks[1].worst, 4);
	ck_assert_uint_eq(acme->month_count, 1);
	ck_assert_int_eq(acme->months[0].number, 2026 * 12 + 2);
	ck_assert_uint_eq(acme->months[0].findings[SIGN_INSULT], 2);
}
END_TEST

START_TEST(my_own_side_is_counted)
{
	ck_assert_uint_eq(acme->own.sent, 2);
	ck_assert_uint_eq(acme->own.outside, 2);
	ck_assert_uint_eq(acme->own.night, 1);
	ck_assert_uint_eq(acme->own.findings, 1); /* a reminder to pay is none */
	ck_assert_uint_eq(acme->own.heat[2][23], 1);
}
END_TEST

START_TEST(an_answer_is_timed_from_the_first_message_that_waited)
{
	/* 2 March 10:05 to 4 March 23:50; 7 March 22:41, no: 5 March 10:00 to 8 March 09:00 */
	ck_assert_uint_eq(acme->own.mine.count, 2);
	ck_assert_int_eq(acme->own.mine.median_min, (3 * 24 - 1) * 60);
	/* 4 March 23:50 to 5 March 10:00; 8 March 09:00 to 9 March 11:15 */
	ck_assert_uint_eq(acme->own.theirs.count, 2);
	ck_assert_int_eq(acme->own.theirs.median_min, 26 * 60 + 15);
}
END_TEST

START_TEST(what_is_new_since_last_week_is_counted)
{
	ck_assert_uint_eq(acme->recent_messages, 6);
	ck_assert_uint_eq(acme->recent_findings, 7);
}
END_TEST

START_TEST(an_apology_has_its_words)
{
	ck_assert_uint_eq(acme->credit_count, 1);
	ck_assert_uint_eq(acme->credits[0].passage_count, 1);
	ck_assert(
		str_eq(acme->credits[0].passages[0].text, STR("Sorry about the blog, forget it.")));
}
END_TEST

START_TEST(of_many_incidents_the_gravest_and_newest_are_whole)
{
	struct report many;
	struct error err = {0};
	size_t forms[3] = {0};
	report_init(&many);
	struct report_client *c = report_add_client(&many, STR("c"), STR("c"));
	for (unsigned i = 0; i < LIMIT_REPORT_INCIDENTS + LIMIT_REPORT_LINES + 7; i++) {
		char at[40];
		snprintf(at, sizeof(at), "%u-03-02T10:%02u:00Z", 2000 + i / 60, i % 60);
		const struct sample_message m = {.evidence = i + 1,
			.at = at,
			.text = "now",
			.findings = {FOUND("urgency/x", SIGN_URGENCY, i == 3 ? 4 : 2, "now")}};
		sample_add(c, &m);
	}
	ck_assert_int_eq(report_client_end(c, &err), 0);
	for (size_t i = 0; i < c->incident_count; i++)
		forms[c->incidents[i].form]++;
	ck_assert_uint_eq(forms[INCIDENT_WHOLE], LIMIT_REPORT_INCIDENTS);
	ck_assert_uint_eq(forms[INCIDENT_LINE], LIMIT_REPORT_LINES);
	ck_assert_uint_eq(forms[INCIDENT_LEFT_OUT], 7);
	ck_assert_int_eq(c->incidents[3].form, INCIDENT_WHOLE); /* old, and grave */
	ck_assert_int_eq(c->incidents[0].form, INCIDENT_LEFT_OUT);
	ck_assert_int_eq(c->incidents[c->incident_count - 1].form, INCIDENT_WHOLE);
	report_finish(&many);
}
END_TEST

enum { HANDED_IN = 97, KEPT_MOST = 10 };

/* A client with as many incidents, a harmful request among every three, whose words hold
   their number; the `step`th of them comes next. */
static struct report_client *hand_in(struct report *r, size_t most, unsigned step)
{
	struct error err = {0};
	report_init(r);
	r->most_incidents = most;
	struct report_client *c = report_add_client(r, STR("c"), STR("c"));
	for (unsigned i = 0, at = 0; i < HANDED_IN; i++, at = (at + step) % HANDED_IN) {
		char when[40], words[16];
		/* several share an instant, and severity has nothing to do with either */
		snprintf(when, sizeof(when), "2026-03-02T10:%02u:00Z", at / 3);
		snprintf(words, sizeof(words), "now %u", at);
		const int severity = (int)(at * 31 % 4) + 1;
		struct sample_message m = {.evidence = at + 1,
			.at = when,
			.text = words,
			.findings = {FOUND("x/x", SIGN_LATE_PAYMENT, severity, words)}};
		if (at % 3 == 0)
			m.findings[0].sign = SIGN_HARMFUL_REQUEST;
		sample_add(c, &m);
	}
	ck_assert_int_eq(report_client_end(c, &err), 0);
	return c;
}

/* The place of it among all by what a page shows first. */
static size_t place_of(const struct incident *all, size_t count, const struct incident *x)
{
	size_t before = 0;
	for (size_t i = 0; i < count; i++) {
		int more = incident_worst(&all[i]) - incident_worst(x);
		int newer = report_time_order(all[i].at, all[i].evidence, x->at, x->evidence);
		before += more > 0 || (!more && newer > 0);
	}
	return before;
}

static void check_lane(const struct incident *all, size_t all_count, const struct incident *kept,
	size_t kept_count, size_t dropped)
{
	size_t found = 0;
	ck_assert_uint_eq(kept_count, KEPT_MOST);
	ck_assert_uint_eq(kept_count + dropped, all_count);
	for (size_t i = 0; i < all_count; i++) {
		if (place_of(all, all_count, &all[i]) >= KEPT_MOST)
			continue;
		ck_assert_uint_lt(found, kept_count);
		const struct incident *x = &kept[found++];
		ck_assert_uint_eq(x->evidence, all[i].evidence);
		ck_assert(str_eq(x->passages[0].text, all[i].passages[0].text));
		ck_assert(str_eq(x->findings[0].text, all[i].findings[0].text));
	}
	ck_assert_uint_eq(found, kept_count);
}

/* HANDED_IN is prime: each step is another order of all of them. */
START_TEST(in_whichever_order_they_come_the_gravest_and_newest_are_kept)
{
	struct report whole, bounded;
	const struct report_client *all = hand_in(&whole, 0, 1);
	const struct report_client *c = hand_in(&bounded, KEPT_MOST, (unsigned)_i);
	ck_assert_uint_eq(all->incident_count + all->harmful_count, HANDED_IN);
	ck_assert_uint_eq(all->incidents_dropped + all->harmful_dropped, 0);
	check_lane(all->incidents, all->incident_count, c->incidents, c->incident_count,
		c->incidents_dropped);
	check_lane(
		all->harmful, all->harmful_count, c->harmful, c->harmful_count, c->harmful_dropped);
	report_finish(&bounded);
	report_finish(&whole);
}
END_TEST

START_TEST(what_a_decision_needs_is_known_of_all_that_came_in_order_of_time)
{
	struct report whole, bounded;
	const struct report_client *all = hand_in(&whole, 0, 1);
	const struct report_client *c = hand_in(&bounded, KEPT_MOST, 41);
	size_t messages = 0;
	ck_assert_uint_eq(c->trace_day_count, all->trace_day_count);
	for (size_t i = 0; i < c->trace_day_count; i++) {
		const struct trace_day *day = &c->trace_days[i];
		ck_assert(!i || c->trace_days[i - 1].day < day->day);
		ck_assert_mem_eq(day, &all->trace_days[i], sizeof(*day));
		messages += day->messages[SIGN_LATE_PAYMENT];
	}
	ck_assert_uint_eq(messages, all->incident_count);
	const struct incident *last = &all->incidents[all->incident_count - 1];
	ck_assert_uint_eq(c->last_trace.evidence, last->evidence);
	ck_assert_uint_eq(c->last_of_sign[SIGN_LATE_PAYMENT].evidence, last->evidence);
	report_finish(&bounded);
	report_finish(&whole);
}
END_TEST

Suite *fold_suite(void)
{
	Suite *s = suite_create("report: fold");
	TCase *t = tcase_create("sample");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, counts_are_those_of_the_messages);
	tcase_add_test(t, shadow_excepted_and_wrong_findings_are_shown_but_not_counted);
	tcase_add_test(t, the_heat_map_counts_incoming_messages_at_local_hours);
	tcase_add_test(t, incidents_are_in_order_of_time);
	tcase_add_test(t, a_sequence_is_an_incident_that_is_made_of_messages);
	tcase_add_test(t, harmful_requests_have_a_lane_of_their_own);
	tcase_add_test(t, what_was_not_examined_is_said_with_its_reason);
	tcase_add_test(t, hours_are_counted_in_their_zone_too);
	tcase_add_test(t, weeks_and_months_are_in_order_and_my_own_words_are_not_the_clients);
	tcase_add_test(t, my_own_side_is_counted);
	tcase_add_test(t, an_answer_is_timed_from_the_first_message_that_waited);
	tcase_add_test(t, what_is_new_since_last_week_is_counted);
	tcase_add_test(t, an_apology_has_its_words);
	tcase_add_test(t, of_many_incidents_the_gravest_and_newest_are_whole);
	tcase_add_loop_test(
		t, in_whichever_order_they_come_the_gravest_and_newest_are_kept, 1, HANDED_IN);
	tcase_add_test(t, what_a_decision_needs_is_known_of_all_that_came_in_order_of_time);
	suite_add_tcase(s, t);
	t = tcase_create("passages");
	tcase_add_loop_test(
		t, words_stand_in_their_sentence, 0, sizeof(passages) / sizeof(passages[0]));
	tcase_add_test(t, a_sentence_does_not_run_into_a_quote);
	tcase_add_test(t, a_range_outside_the_text_is_no_passage);
	suite_add_tcase(s, t);
	return s;
}
