/* A busy, innocent client is not condemned by the shipped sequences: they may not make a pattern of
   false alarms. */
#include "app/rulebook.h"
#include "app_test.h"
#include "base/clock.h"
#include "findings.h"
#include "judge/sequence.h"
#include "random.h"
#include "risk/risk_fold.h"
#include "rules/ruleset.h"
#include <string.h>

#define RUNS 1000
#define DECIDE_TENTHS 600
#define NEAR_TENTHS 550 /* false alarms alone have brought it there */
#define FIRST_DAY 20500
#define DAYS 182
#define MAILS_A_DAY 20
#define EVENTS_MOST (DAYS * MAILS_A_DAY * 2)
#define FINDINGS_MOST 2000

struct history {
	uint64_t random;
	struct timeline_event events[EVENTS_MOST];
	struct timeline_finding marks[EVENTS_MOST]; /* at most one a message */
	size_t count;
	struct risk_finding findings[FINDINGS_MOST];
	size_t finding_count;
	struct risk_clean clean[DAYS];
	size_t clean_count;
};

static struct ruleset *rules;

/* Of a shipped rule about the client's words: each sign as often as any other, however many rules
   the packs have for it. */
static const struct rule_facts *any_rule(uint64_t *random)
{
	enum sign sign = (enum sign)random_below(random, SIGN_AFTER_HOURS);
	for (;;) {
		const struct rule_facts *f = ruleset_rule(
			rules, (size_t)random_below(random, (int)ruleset_count(rules)));
		if (!str_starts(f->name, STR("late-payment/my-")) && f->sign == sign)
			return f;
	}
}

static void add_event(struct history *h, int64_t at_us, enum direction direction, struct str rule)
{
	struct timeline_event *e = &h->events[h->count];
	*e = (struct timeline_event){
		.evidence = h->count + 1,
		.at_us = at_us,
		.direction = direction,
		.findings = &h->marks[h->count],
		.finding_count = rule.ptr != NULL,
	};
	memcpy(e->sum.octet, &e->evidence, sizeof(e->evidence));
	h->marks[h->count++] = (struct timeline_finding){.rule = rule};
}

static void add_false_alarm(struct history *h, int64_t at_us)
{
	static const int severities[] = {1, 1, 1, 1, 2, 2, 2, 2, 3, 3};
	const struct rule_facts *rule = any_rule(&h->random);
	add_event(h, at_us, DIRECTION_IN, rule->name);
	h->findings[h->finding_count++] = (struct risk_finding){
		.evidence = h->count,
		.at_us = at_us,
		.day = at_us / DAY_US,
		.rule = rule->name,
		.sign = rule->sign,
		.severity = severities[random_below(&h->random, 10)],
	};
}

/* Twenty mails on a working day, 1.5 % of them falsely found; half of them are answered, and now
   and then I name my hours or the scope, or somebody says sorry. */
static void history_make(struct history *h, uint64_t seed)
{
	h->random = seed * 2654435761 + 1;
	h->count = h->finding_count = h->clean_count = 0;
	for (int64_t day = FIRST_DAY; day < FIRST_DAY + DAYS; day++) {
		int clean = 0;
		if (date_weekday(day) >= 5)
			continue;
		for (int i = 0; i < MAILS_A_DAY; i++) {
			int64_t at_us = day * DAY_US + 8 * HOUR_US + i * 30 * MINUTE_US;
			bool alarm = random_below(&h->random, 1000) < 15;
			bool sorry = random_below(&h->random, 100) == 0;
			if (alarm)
				add_false_alarm(h, at_us);
			else
				add_event(h, at_us, DIRECTION_IN,
					sorry ? STR("marker/apology") : (struct str){0});
			clean += !alarm;
			if (random_below(&h->random, 2))
				add_event(h, at_us + 10 * MINUTE_US, DIRECTION_OUT,
					random_below(&h->random, 50) ? (struct str){0}
								     : STR("marker/boundary"));
		}
		h->clean[h->clean_count++] = (struct risk_clean){day, clean};
	}
}

static void add_sequences(struct history *h)
{
	size_t count;
	const struct sequence_rule *const *all = ruleset_sequences(rules, &count);
	const int64_t end_us = (FIRST_DAY + DAYS) * DAY_US;
	const struct timeline timeline = {h->events, h->count, end_us, end_us};
	struct sequence_findings found;
	struct error err = {0};
	sequence_findings_init(&found);
	ck_assert_int_eq(sequences_judge(all, count, &timeline, &found, &err), 0);
	for (size_t i = 0; i < found.count; i++) {
		const struct sequence_finding *f = &found.items[i];
		struct str name = {0};
		for (size_t k = 0; k < count; k++)
			if (str_eq(all[k]->facts.name, f->finding.rule))
				name = all[k]->facts.name;
		h->findings[h->finding_count++] = (struct risk_finding){
			.evidence = EVENTS_MOST + i,
			.at_us = f->at_us,
			.day = f->at_us / DAY_US,
			.rule = name,
			.sign = f->finding.sign,
			.severity = f->finding.severity,
		};
	}
	sequence_findings_finish(&found);
}

static int highest(const struct history *h)
{
	int most = 0;
	struct findings_given given = {h->findings, h->finding_count};
	struct risk_fold *fold;
	struct error err = {0};
	int64_t days[DAYS];
	int tenths[DAYS];
	size_t count = 0;
	const struct risk_history history = {.walk = findings_walk,
		.findings = &given,
		.clean = h->clean,
		.clean_count = h->clean_count,
		.half_life_days = 60};
	for (int64_t day = FIRST_DAY + 7; day < FIRST_DAY + DAYS; day += 7)
		days[count++] = day;
	ck_assert_int_eq(risk_fold_new(&history, &fold, &err), 0);
	ck_assert_int_eq(risk_fold_figures(fold, days, count, tenths, &err), 0);
	risk_fold_free(fold);
	for (size_t i = 0; i < count; i++)
		most = tenths[i] > most ? tenths[i] : most;
	return most;
}

START_TEST(false_alarms_of_a_busy_client_are_no_reason_to_leave)
{
	static struct history h;
	size_t patterns = 0, condemned = 0;
	for (uint64_t seed = 1; seed <= RUNS; seed++) {
		history_make(&h, seed);
		size_t alone = h.finding_count;
		int without = highest(&h);
		add_sequences(&h);
		patterns += h.finding_count - alone;
		condemned += without < NEAR_TENTHS && highest(&h) >= DECIDE_TENTHS;
	}
	/* false alarms that happen to fall close together look like a pattern: in one half-year of
	   a hundred at most */
	ck_assert_msg(condemned <= RUNS / 100, "%zu of %d", condemned, RUNS);
	/* the sequences did look */
	ck_assert_uint_gt(patterns, RUNS);
}
END_TEST

static struct rulebook *book;

static void load(void)
{
	struct diags diags = {0};
	struct error err = {0};
	const struct rulebook_plan plan = {.no_config = true};
	ck_assert_msg(rulebook_load(&plan, &book, &diags, &err) == 0, "%s", err.text);
	diags_finish(&diags);
	rules = book->rules;
}

static void unload(void)
{
	rulebook_free(book);
}

Suite *innocent_suite(void)
{
	Suite *suite = suite_create("innocent clients");
	TCase *t = tcase_create("shipped sequences");
	tcase_add_unchecked_fixture(t, load, unload);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, false_alarms_of_a_busy_client_are_no_reason_to_leave);
	suite_add_tcase(suite, t);
	return suite;
}
