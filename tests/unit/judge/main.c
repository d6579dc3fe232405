/* Hits and clock become findings: arrival is not demand, courtesy is not an offence. */
#include "judge/judge.h"
#include "suites.h"

#define HITS_MOST 4

/* One message as the judge sees it. */
struct given {
	enum sign signs[HITS_MOST];
	size_t sign_count;
	enum period period;
	bool automatic;
	bool outgoing;
	bool no_clock;
	bool shadow;
	bool unsure;
	bool disputed;
	bool third_party;
	bool opens_today;
	const struct consent *consents;
	size_t consent_count;
};

static const struct rule_facts *rule_of(enum sign sign, bool shadow)
{
	static struct rule_facts rules[SIGN_COUNT][2];
	struct rule_facts *r = &rules[sign][shadow];
	*r = (struct rule_facts){
		.name = str_from(sign_name(sign)),
		.title = STR("A rule"),
		.sign = sign,
		.severity = 2,
		.status = shadow ? RULE_SHADOW : RULE_LIVE,
		.hash = "00",
	};
	return r;
}

static const struct client acme = {.id = {"acme", 4}};

static void judge_given(const struct given *g, struct judgement *out)
{
	struct text text;
	struct hits hits;
	text_init(&text);
	hits_init(&hits);
	judgement_init(out);
	ck_assert_int_eq(text_plain(&text, STR("please do it tonight")), 0);
	struct hit items[HITS_MOST];
	for (size_t i = 0; i < g->sign_count; i++)
		items[i] = (struct hit){
			.rule = rule_of(g->signs[i], g->shadow),
			.start = 13,
			.end = 20,
			.unsure = g->unsure,
		};
	hits.items = items;
	hits.count = g->sign_count;
	/* Tuesday 2026-01-13 20:40 UTC, opening the next morning */
	const struct judge_input in = {
		.hits = &hits,
		.text = &text,
		.direction = g->outgoing ? DIRECTION_OUT : DIRECTION_IN,
		.automatic = g->automatic,
		.third_party = g->third_party,
		.client = &acme,
		.has_mine = !g->no_clock,
		.mine =
			{
				.period = g->period,
				.weekday = 1,
				.hour = 21,
				.minute = 40,
				.offset_min = 60,
				.day = g->opens_today ? 20467 : 20466,
				.has_opening = true,
				.opening_at_us = INT64_C(1768377600) * 1000000,
				.opening_offset_min = 60,
				.why = "Tue 21:40 in Europe/Stockholm, after 17:30",
			},
		.clocks = {.agreed = !g->disputed},
		.consents = g->consents,
		.consent_count = g->consent_count,
	};
	ck_assert_int_eq(judge(&in, out, NULL), 0);
	hits.items = NULL;
	hits_finish(&hits);
	text_finish(&text);
}

/* The rule of the only clock finding, "" for none. */
static void expect(struct given g, const char *rule, int severity)
{
	struct judgement j;
	judge_given(&g, &j);
	const struct finding *clock = NULL;
	for (size_t i = 0; i < j.finding_count; i++)
		if (j.findings[i].sign == SIGN_AFTER_HOURS) {
			ck_assert_ptr_null(clock);
			clock = &j.findings[i];
		}
	if (!*rule) {
		ck_assert_ptr_null(clock);
	} else {
		ck_assert_ptr_nonnull(clock);
		ck_assert_msg(str_eq(clock->rule, str_from(rule)), "%.*s", STR_ARG(clock->rule));
		ck_assert_int_eq(clock->severity, severity);
		ck_assert(!clock->has_range && !clock->rule_hash.ptr);
		ck_assert(clock->unsure == (g.unsure && severity == 3));
	}
	judgement_finish(&j);
}

START_TEST(a_mail_in_working_hours_has_no_clock_finding)
{
	expect((struct given){.period = PERIOD_WORKING}, "", 0);
	expect((struct given){.signs = {SIGN_URGENCY}, .sign_count = 1, .period = PERIOD_WORKING},
		"", 0);
}
END_TEST

START_TEST(arrival_outside_them_is_contact)
{
	expect((struct given){.period = PERIOD_OUTSIDE}, "after-hours/contact", 1);
	expect((struct given){.period = PERIOD_HOLIDAY}, "after-hours/contact", 1);
	expect((struct given){.period = PERIOD_LEAVE}, "after-hours/contact", 1);
	expect((struct given){.period = PERIOD_WEEKEND}, "after-hours/contact", 1);
	expect((struct given){.signs = {SIGN_INSULT, SIGN_REQUEST},
		       .sign_count = 2,
		       .period = PERIOD_NIGHT},
		"after-hours/contact", 1);
}
END_TEST

START_TEST(urgency_or_asking_to_act_now_makes_it_a_demand)
{
	expect((struct given){.signs = {SIGN_URGENCY}, .sign_count = 1, .period = PERIOD_NIGHT},
		"after-hours/demand", 3);
	expect((struct given){.signs = {SIGN_IMMEDIATE}, .sign_count = 1, .period = PERIOD_WEEKEND},
		"after-hours/demand", 3);
}
END_TEST

START_TEST(by_the_end_of_the_day_is_a_demand_only_without_an_opening_before_it)
{
	expect((struct given){.signs = {SIGN_TODAY}, .sign_count = 1, .period = PERIOD_NIGHT},
		"after-hours/demand", 3);
	expect((struct given){.signs = {SIGN_TODAY},
		       .sign_count = 1,
		       .period = PERIOD_OUTSIDE,
		       .opens_today = true},
		"after-hours/contact", 1);
	expect((struct given){.signs = {SIGN_IMMEDIATE},
		       .sign_count = 1,
		       .period = PERIOD_OUTSIDE,
		       .opens_today = true},
		"after-hours/demand", 3);
}
END_TEST

START_TEST(courtesy_cancels_the_demand)
{
	expect((struct given){.signs = {SIGN_URGENCY, SIGN_COURTESY},
		       .sign_count = 2,
		       .period = PERIOD_NIGHT},
		"after-hours/contact", 1);
}
END_TEST

START_TEST(a_shadow_rule_makes_no_demand)
{
	expect((struct given){.signs = {SIGN_URGENCY},
		       .sign_count = 1,
		       .period = PERIOD_NIGHT,
		       .shadow = true},
		"after-hours/contact", 1);
}
END_TEST

START_TEST(words_that_may_be_a_quotation_make_an_unsure_demand)
{
	expect((struct given){.signs = {SIGN_URGENCY},
		       .sign_count = 1,
		       .period = PERIOD_NIGHT,
		       .unsure = true},
		"after-hours/demand", 3);
}
END_TEST

/* A hit on one word of "soon today tonight at once". */
struct said {
	enum sign sign;
	int severity;
	size_t start, end;
	bool unsure;
};

/* The words that the after-hours finding quotes. */
static void expect_quoted(const struct said *said, size_t count, const char *words)
{
	struct rule_facts rules[HITS_MOST];
	struct hit items[HITS_MOST];
	struct hits hits;
	struct text text;
	struct judgement j;
	struct buf wanted = {0};
	hits_init(&hits);
	text_init(&text);
	judgement_init(&j);
	ck_assert_int_eq(text_plain(&text, STR("soon today tonight at once")), 0);
	for (size_t i = 0; i < count; i++) {
		rules[i] = *rule_of(said[i].sign, false);
		rules[i].severity = said[i].severity;
		items[i] = (struct hit){.rule = &rules[i],
			.start = said[i].start,
			.end = said[i].end,
			.unsure = said[i].unsure};
	}
	hits.items = items;
	hits.count = count;
	const struct judge_input in = {.hits = &hits,
		.text = &text,
		.client = &acme,
		.has_mine = true,
		.mine = {.period = PERIOD_NIGHT}};
	ck_assert_int_eq(judge(&in, &j, NULL), 0);
	buf_add_format(&wanted, "asks to act now: '%s'", words);
	const struct finding *last = &j.findings[j.finding_count - 1];
	ck_assert_msg(str_find(last->why, buf_str(&wanted), &(size_t){0}), "%.*s, expected '%s'",
		STR_ARG(last->why), words);
	buf_finish(&wanted);
	judgement_finish(&j);
	hits.items = NULL;
	hits_finish(&hits);
	text_finish(&text);
}

START_TEST(a_demand_quotes_the_words_that_show_it_best)
{
	const struct said soon = {SIGN_URGENCY, 1, 0, 4, false},
			  today = {SIGN_URGENCY, 3, 5, 10, false},
			  tonight = {SIGN_URGENCY, 3, 11, 18, false},
			  at_once = {SIGN_IMMEDIATE, 1, 19, 26, false},
			  maybe = {SIGN_URGENCY, 4, 11, 18, true};
	expect_quoted((struct said[]){soon, today, at_once}, 3, "today");
	expect_quoted((struct said[]){today, tonight}, 2, "today");
	expect_quoted((struct said[]){soon, at_once}, 2, "soon");
	expect_quoted((struct said[]){soon, maybe}, 2, "soon");
	expect_quoted((struct said[]){maybe, at_once}, 2, "at once");
}
END_TEST

START_TEST(automatic_mail_my_own_and_a_missing_clock_have_none)
{
	expect((struct given){.period = PERIOD_NIGHT, .automatic = true}, "", 0);
	expect((struct given){.period = PERIOD_NIGHT, .outgoing = true}, "", 0);
	expect((struct given){.period = PERIOD_NIGHT, .no_clock = true}, "", 0);
}
END_TEST

START_TEST(nothing_is_found_in_what_no_client_wrote)
{
	struct judgement j;
	judge_given(&(struct given){.signs = {SIGN_INSULT},
			    .sign_count = 1,
			    .period = PERIOD_NIGHT,
			    .third_party = true},
		&j);
	ck_assert_uint_eq(j.finding_count, 0);
	ck_assert_ptr_null(j.author.ptr);
	judgement_finish(&j);
}
END_TEST

START_TEST(a_judgement_names_whose_words_it_is_about)
{
	struct judgement j;
	judge_given(&(struct given){.period = PERIOD_WORKING}, &j);
	ck_assert(str_eq(j.author, STR("acme")));
	judgement_finish(&j);
	judge_given(&(struct given){.period = PERIOD_WORKING, .outgoing = true}, &j);
	ck_assert_ptr_null(j.author.ptr);
	judgement_finish(&j);
}
END_TEST

START_TEST(markers_stand_apart_and_findings_hold_the_exact_words)
{
	struct judgement j;
	judge_given(&(struct given){.signs = {SIGN_URGENCY, SIGN_APOLOGY},
			    .sign_count = 2,
			    .period = PERIOD_WORKING},
		&j);
	ck_assert_uint_eq(j.finding_count, 1);
	ck_assert_uint_eq(j.marker_count, 1);
	ck_assert(str_eq(j.findings[0].text, STR("tonight")));
	ck_assert_uint_eq(j.findings[0].start, 13);
	ck_assert_uint_eq(j.findings[0].end, 20);
	ck_assert(str_eq(j.findings[0].why, STR("matched rule urgency: A rule")));
	judgement_finish(&j);
}
END_TEST

START_TEST(what_i_had_consented_to_stays_and_says_why)
{
	const struct consent consents[] = {
		{.rules = STR("after-hours/*"), .when = MOMENT_BIT(PERIOD_HOLIDAY)},
		{.rules = STR("after-hours/*"), .why = STR("launch week")}};
	struct judgement j;
	judge_given(&(struct given){.signs = {SIGN_URGENCY},
			    .sign_count = 1,
			    .period = PERIOD_OUTSIDE,
			    .consents = consents,
			    .consent_count = 2},
		&j);
	ck_assert_uint_eq(j.finding_count, 2);
	ck_assert(str_eq(j.findings[0].rule, STR("urgency")));
	ck_assert_ptr_null(j.findings[0].consent.ptr);
	ck_assert(str_eq(j.findings[1].rule, STR("after-hours/demand")));
	ck_assert(str_eq(j.findings[1].consent, STR("launch week")));
	judgement_finish(&j);
}
END_TEST

START_TEST(a_demand_explains_itself)
{
	struct judgement j;
	judge_given(&(struct given){.signs = {SIGN_IMMEDIATE},
			    .sign_count = 1,
			    .period = PERIOD_OUTSIDE,
			    .disputed = true},
		&j);
	ck_assert_uint_eq(j.finding_count, 1);
	ck_assert(str_eq(j.findings[0].text, STR("Tue 21:40")));
	ck_assert_msg(
		str_eq(j.findings[0].why,
			STR("arrived Tue 21:40 in Europe/Stockholm, after 17:30; asks to act now: "
			    "'tonight', my next opening is Wed 09:00; its clocks disagree")),
		"%.*s", STR_ARG(j.findings[0].why));
	judgement_finish(&j);
}
END_TEST

START_TEST(what_was_not_examined_is_said)
{
	struct hits hits;
	struct text text;
	hits_init(&hits);
	text_init(&text);
	ck_assert_int_eq(text_plain(&text, STR("x")), 0);
	struct unexamined gave_up = {.rule = rule_of(SIGN_THREAT, false), .why = "match limit"};
	hits.unexamined = &gave_up;
	hits.unexamined_count = 1;
	const struct judge_input in = {.hits = &hits, .text = &text};
	struct judgement j;
	judgement_init(&j);
	ck_assert_int_eq(judge(&in, &j, NULL), 0);
	ck_assert_int_eq(j.examined, EXAMINED_RULE_LIMIT);
	ck_assert(str_eq(j.not_examined, STR("rule threat: match limit")));
	hits.unexamined = NULL;
	judgement_finish(&j);
	hits_finish(&hits);
	text_finish(&text);
}
END_TEST

static Suite *judge_suite(void)
{
	Suite *suite = suite_create("judge");
	TCase *t = tcase_create("judge");
	tcase_add_test(t, a_mail_in_working_hours_has_no_clock_finding);
	tcase_add_test(t, arrival_outside_them_is_contact);
	tcase_add_test(t, urgency_or_asking_to_act_now_makes_it_a_demand);
	tcase_add_test(t, by_the_end_of_the_day_is_a_demand_only_without_an_opening_before_it);
	tcase_add_test(t, courtesy_cancels_the_demand);
	tcase_add_test(t, a_shadow_rule_makes_no_demand);
	tcase_add_test(t, words_that_may_be_a_quotation_make_an_unsure_demand);
	tcase_add_test(t, a_demand_quotes_the_words_that_show_it_best);
	tcase_add_test(t, automatic_mail_my_own_and_a_missing_clock_have_none);
	tcase_add_test(t, nothing_is_found_in_what_no_client_wrote);
	tcase_add_test(t, a_judgement_names_whose_words_it_is_about);
	tcase_add_test(t, markers_stand_apart_and_findings_hold_the_exact_words);
	tcase_add_test(t, what_i_had_consented_to_stays_and_says_why);
	tcase_add_test(t, a_demand_explains_itself);
	tcase_add_test(t, what_was_not_examined_is_said);
	suite_add_tcase(suite, t);
	return suite;
}

int main(void)
{
	Suite *(*const suites[])(void) = {judge_suite, sequence_suite, quotation_suite};
	return unit_run(suites, sizeof(suites) / sizeof(*suites));
}
