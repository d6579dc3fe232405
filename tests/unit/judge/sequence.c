/* What counts as a member of a sequence, and what holds of every history: tried on random ones.
   What each kind finds is in tests/cases/sequences.
 */
#include "judge/sequence.h"
#include "base/clock.h"
#include "random.h"
#include "suites.h"
#include <string.h>

#define HISTORIES 400
#define EVENTS_MOST 60
#define FIRST_US (INT64_C(20500) * DAY_US)

static struct sequence_glob urgency = {.names = {"urgency/*", 9}};
static struct sequence_glob reminder = {.names = {"my/reminder", 11}, .mine = true};
static struct sequence_glob promise = {.names = {"promise", 7}};
static struct sequence_glob insults[] = {{{"insult", 6}, false}, {{"urgency/now", 11}, false}};
static struct sequence_glob paid = {.names = {"paid", 4}, .mine = true};

static const struct sequence_rule twice = {
	.facts = {.name = {"twice", 5}, .sign = SIGN_URGENCY, .severity = 3, .hash = "00"},
	.kind = SEQUENCE_COUNT,
	.steps = &urgency,
	.step_count = 1,
	.count = 2,
	.within_us = DAY_US,
};
static const struct sequence_rule thrice = {
	.facts = {.name = {"thrice", 6}, .sign = SIGN_URGENCY, .severity = 3, .hash = "00"},
	.kind = SEQUENCE_COUNT,
	.steps = &urgency,
	.step_count = 1,
	.count = 3,
	.within_us = 3 * DAY_US,
	.without_reply = true,
};
static const struct sequence_rule chain = {
	.facts = {.name = {"chain", 5}, .sign = SIGN_INSULT, .severity = 3, .hash = "00"},
	.kind = SEQUENCE_CHAIN,
	.steps = insults,
	.step_count = 2,
	.within_us = 4 * DAY_US,
};
static const struct sequence_rule silence = {
	.facts = {.name = {"silence", 7}, .sign = SIGN_LATE_PAYMENT, .severity = 3, .hash = "00"},
	.kind = SEQUENCE_SILENCE,
	.steps = &reminder,
	.step_count = 1,
	.patience_us = 2 * DAY_US,
	.unless = &paid,
	.unless_count = 1,
};
static const struct sequence_rule drought = {
	.facts = {.name = {"drought", 7}, .sign = SIGN_UNSTEADY_WORK, .severity = 1, .hash = "00"},
	.kind = SEQUENCE_DROUGHT,
	.count = 2,
	.patience_us = 3 * DAY_US,
	.within_us = DAY_US,
};
static const struct sequence_rule broken = {
	.facts = {.name = {"broken", 6}, .sign = SIGN_LATE_PAYMENT, .severity = 3, .hash = "00"},
	.kind = SEQUENCE_BROKEN,
	.steps = &promise,
	.step_count = 1,
	.patience_us = 5 * DAY_US,
	.unless = &paid,
	.unless_count = 1,
};
static const struct sequence_rule *const all[] = {
	&twice, &thrice, &chain, &silence, &drought, &broken};
#define ALL (sizeof(all) / sizeof(all[0]))

static void judge_all(const struct sequence_rule *const *rules, size_t count,
	const struct timeline *t, struct sequence_findings *out)
{
	struct error err = {0};
	sequence_findings_init(out);
	ck_assert_msg(sequences_judge(rules, count, t, out, &err) == 0, "%s", err.text);
}

static struct sequence_finding only_finding(
	const struct sequence_rule *rule, const struct timeline *t, struct sequence_findings *found)
{
	judge_all(&rule, 1, t, found);
	ck_assert_uint_eq(found->count, 1);
	return found->items[0];
}

static size_t count_findings(const struct sequence_rule *rule, const struct timeline *t)
{
	struct sequence_findings found;
	judge_all(&rule, 1, t, &found);
	size_t count = found.count;
	sequence_findings_finish(&found);
	return count;
}

/* Two urgent messages an hour apart. */
struct pair {
	struct timeline_finding findings[2];
	struct timeline_event events[2];
	struct timeline timeline;
};

static void make_pair(struct pair *p)
{
	*p = (struct pair){0};
	for (size_t i = 0; i < 2; i++) {
		p->findings[i].rule = STR("urgency/now");
		p->events[i] = (struct timeline_event){
			.evidence = 10 + i,
			.at_us = FIRST_US + (int64_t)i * HOUR_US,
			.findings = &p->findings[i],
			.finding_count = 1,
		};
	}
	p->timeline = (struct timeline){p->events, 2, FIRST_US + DAY_US, FIRST_US + DAY_US};
}

START_TEST(a_finding_says_what_it_is_and_why)
{
	struct pair p;
	struct sequence_findings found;
	struct sequence_rule rule = twice;
	rule.facts.title = STR("Urges twice");
	rule.written = STR("needs 2 of urgency/* within 1 d");
	make_pair(&p);
	struct sequence_finding f = only_finding(&rule, &p.timeline, &found);
	ck_assert(str_eq(f.finding.rule, STR("twice")));
	ck_assert(str_eq(f.finding.text, STR("2 messages in 1 h")));
	ck_assert(str_eq(f.finding.why,
		STR("matched rule twice: Urges twice (needs 2 of urgency/* within 1 d)")));
	ck_assert_int_eq(f.finding.sign, SIGN_URGENCY);
	ck_assert_int_eq(f.finding.severity, 3);
	ck_assert_int_eq(f.at_us, FIRST_US + HOUR_US);
	ck_assert(!f.absence);
	ck_assert(!f.finding.unsure);
	sequence_findings_finish(&found);
}
END_TEST

START_TEST(what_is_marked_wrong_or_agreed_is_no_member)
{
	static const struct {
		enum mark mark;
		size_t found;
	} rows[] = {
		{MARK_NONE, 1}, {MARK_RIGHT, 1}, {MARK_NOTE, 1}, {MARK_WRONG, 0}, {MARK_AGREED, 0}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pair p;
		make_pair(&p);
		p.findings[1].mark = rows[i].mark;
		ck_assert_uint_eq(count_findings(&twice, &p.timeline), rows[i].found);
	}
}
END_TEST

START_TEST(shadow_findings_count_for_a_sequence_in_shadow_only)
{
	struct pair p;
	struct sequence_rule on_trial = twice;
	on_trial.facts.status = RULE_SHADOW;
	make_pair(&p);
	ck_assert_uint_eq(count_findings(&on_trial, &p.timeline), 1);
	p.findings[0].shadow = true;
	ck_assert_uint_eq(count_findings(&twice, &p.timeline), 0);
	ck_assert_uint_eq(count_findings(&on_trial, &p.timeline), 1);
}
END_TEST

START_TEST(a_member_whose_words_are_unsure_makes_the_finding_unsure)
{
	struct pair p;
	struct sequence_findings found;
	make_pair(&p);
	p.findings[0].unsure = true;
	ck_assert(only_finding(&twice, &p.timeline, &found).finding.unsure);
	sequence_findings_finish(&found);
}
END_TEST

START_TEST(what_is_dated_later_than_now_is_due_then)
{
	struct pair p;
	struct sequence_findings found;
	const struct sequence_rule *rule = &twice;
	make_pair(&p);
	p.timeline.now_us = FIRST_US + HOUR_US - 1;
	judge_all(&rule, 1, &p.timeline, &found);
	ck_assert_uint_eq(found.count, 0);
	ck_assert(found.has_due);
	ck_assert_int_eq(found.due_us, FIRST_US + HOUR_US);
	sequence_findings_finish(&found);
}
END_TEST

START_TEST(an_absence_is_told_as_far_as_the_mail_was_read)
{
	struct pair p;
	struct sequence_findings found;
	const struct sequence_rule *rule = &silence;
	make_pair(&p);
	p.findings[0].rule = STR("my/reminder");
	p.events[0].direction = p.events[1].direction = DIRECTION_OUT;
	p.timeline.now_us = FIRST_US + 30 * DAY_US;
	p.timeline.read_until_us = FIRST_US + 2 * DAY_US - 1;
	judge_all(&rule, 1, &p.timeline, &found);
	ck_assert_uint_eq(found.count, 0);
	ck_assert_int_eq(found.due_us, FIRST_US + 2 * DAY_US);
	sequence_findings_finish(&found);
	p.timeline.read_until_us++;
	ck_assert_uint_eq(count_findings(&silence, &p.timeline), 1);
}
END_TEST

START_TEST(a_day_that_was_promised_ends_in_my_zone)
{
	struct pair p;
	struct sequence_findings found;
	make_pair(&p);
	p.timeline.count = 1;
	p.timeline.now_us = p.timeline.read_until_us = FIRST_US + 30 * DAY_US;
	p.findings[0] = (struct timeline_finding){
		.rule = STR("promise"), .has_day = true, .day = FIRST_US / DAY_US + 3};
	p.events[0].offset_min = -300;
	struct sequence_finding f = only_finding(&broken, &p.timeline, &found);
	ck_assert_int_eq(f.at_us, FIRST_US + 4 * DAY_US + 5 * HOUR_US);
	sequence_findings_finish(&found);
}
END_TEST

START_TEST(a_day_far_off_is_taken_for_none)
{
	static const int64_t days[] = {INT64_MIN, -1, 400000, INT64_MAX};
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct pair p;
		struct sequence_findings found;
		make_pair(&p);
		p.timeline.count = 1;
		p.timeline.now_us = p.timeline.read_until_us = FIRST_US + 30 * DAY_US;
		p.findings[0] = (struct timeline_finding){
			.rule = STR("promise"), .has_day = true, .day = days[i]};
		struct sequence_finding f = only_finding(&broken, &p.timeline, &found);
		ck_assert_int_eq(f.at_us, FIRST_US + 5 * DAY_US);
		sequence_findings_finish(&found);
	}
}
END_TEST

START_TEST(names_are_compared_by_their_stars)
{
	static const struct {
		const char *names, *rule;
		bool fits;
	} rows[] = {
		{"urgency/*", "urgency/now", true},
		{"urgency/*", "urgency/", true},
		{"urgency/*", "urgency", false},
		{"urgency", "urgency/now", false},
		{"*", "", true},
		{"*/now", "urgency/now", true},
		{"*/now", "urgency/now-sv", false},
		{"*a*b*", "xxaxxbxx", true},
		{"*a*b*", "xxbxxaxx", false},
		{"a*a", "a", false},
		{"insult/work|insult/you-are*", "insult/you-are-fr", true},
		{"insult/work|insult/you-are*", "insult/worker", false},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sequence_glob g = {.names = str_from(rows[i].names)};
		ck_assert_msg(sequence_glob_fits(&g, str_from(rows[i].rule)) == rows[i].fits,
			"%s %s", rows[i].names, rows[i].rule);
	}
}
END_TEST

/* A history that a seed makes. */
struct history {
	uint64_t random;
	struct timeline_finding findings[EVENTS_MOST];
	struct timeline_event events[EVENTS_MOST];
	size_t count;
	int64_t end_us;
};

static void history_make(struct history *h, uint64_t seed)
{
	static const char *const rules[] = {
		"urgency/now", "urgency/asap", "insult", "promise", "my/reminder", "paid", "other"};
	int64_t at_us = FIRST_US;
	h->random = seed * 2654435761 + 1;
	h->count = 1 + (size_t)random_below(&h->random, EVENTS_MOST);
	for (size_t i = 0; i < h->count; i++) {
		/* some at one instant, some after days of silence */
		at_us += random_below(&h->random, 3) ? random_below(&h->random, 40) * HOUR_US
						     : random_below(&h->random, 5) * DAY_US / 2;
		h->findings[i] = (struct timeline_finding){
			.rule = str_from(rules[random_below(&h->random, 7)]),
			.shadow = !random_below(&h->random, 10),
			.has_day = !random_below(&h->random, 2),
			.day = at_us / DAY_US + random_below(&h->random, 6) - 1,
		};
		h->events[i] = (struct timeline_event){
			.evidence = i + 1,
			.at_us = at_us,
			.offset_min = 60,
			.direction = random_below(&h->random, 3) ? DIRECTION_IN : DIRECTION_OUT,
			.findings = &h->findings[i],
			.finding_count = 1,
		};
		memcpy(h->events[i].sum.octet, &h->random, sizeof(h->random));
	}
	h->end_us = at_us;
}

static struct timeline until(const struct history *h, int64_t at_us)
{
	return (struct timeline){h->events, h->count, at_us, at_us};
}

static void expect_same(const struct sequence_findings *a, const struct sequence_findings *b,
	size_t count, uint64_t seed)
{
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(sequence_finding_same(&a->items[i], &b->items[i]),
			"history %llu, finding %zu", (unsigned long long)seed, i);
}

START_TEST(order_of_arrival_does_not_matter)
{
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct history h;
		struct sequence_findings sorted, mixed;
		history_make(&h, seed);
		const struct timeline t = until(&h, h.end_us + 9 * DAY_US);
		judge_all(all, ALL, &t, &sorted);
		for (size_t i = h.count; i > 1; i--) {
			size_t k = (size_t)random_below(&h.random, (int)i);
			struct timeline_event e = h.events[i - 1];
			h.events[i - 1] = h.events[k];
			h.events[k] = e;
		}
		judge_all(all, ALL, &t, &mixed);
		ck_assert_uint_eq(sorted.count, mixed.count);
		expect_same(&sorted, &mixed, sorted.count, seed);
		sequence_findings_finish(&sorted);
		sequence_findings_finish(&mixed);
	}
}
END_TEST

static size_t count_until(const struct sequence_findings *found, int64_t at_us)
{
	size_t count = 0;
	while (count < found->count && found->items[count].at_us <= at_us)
		count++;
	return count;
}

START_TEST(what_comes_later_takes_nothing_back)
{
	size_t seen = 0;
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct history h;
		struct sequence_findings whole;
		history_make(&h, seed);
		const struct timeline all_of_it = until(&h, h.end_us + 9 * DAY_US);
		judge_all(all, ALL, &all_of_it, &whole);
		seen += whole.count;
		for (int64_t at_us = FIRST_US; at_us <= h.end_us; at_us += 7 * HOUR_US) {
			struct sequence_findings then;
			const struct timeline t = until(&h, at_us);
			judge_all(all, ALL, &t, &then);
			ck_assert_uint_eq(then.count, count_until(&whole, at_us));
			expect_same(&then, &whole, then.count, seed);
			sequence_findings_finish(&then);
		}
		sequence_findings_finish(&whole);
	}
	ck_assert_uint_gt(seen, HISTORIES);
}
END_TEST

START_TEST(nothing_new_comes_before_it_is_due)
{
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct history h;
		history_make(&h, seed);
		for (int64_t at_us = FIRST_US; at_us <= h.end_us; at_us += 31 * HOUR_US) {
			struct sequence_findings then, just_before;
			const struct timeline t = until(&h, at_us);
			judge_all(all, ALL, &t, &then);
			if (then.has_due) {
				const struct timeline later = until(&h, then.due_us - 1);
				ck_assert_int_gt(then.due_us, at_us);
				judge_all(all, ALL, &later, &just_before);
				ck_assert_uint_eq(then.count, just_before.count);
				sequence_findings_finish(&just_before);
			}
			sequence_findings_finish(&then);
		}
	}
}
END_TEST

START_TEST(a_message_is_a_member_of_one_finding_of_a_sequence)
{
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		struct history h;
		history_make(&h, seed);
		for (size_t r = 0; r < ALL; r++) {
			struct sequence_findings found;
			size_t times[EVENTS_MOST + 1] = {0};
			const struct timeline t = until(&h, h.end_us + 9 * DAY_US);
			judge_all(&all[r], 1, &t, &found);
			for (size_t i = 0; i < found.count; i++)
				for (size_t k = 0; k < found.items[i].member_count; k++)
					/* the message before a drought may end the rush before */
					ck_assert_uint_le(++times[found.items[i].members[k]],
						all[r]->kind == SEQUENCE_DROUGHT ? 2 : 1);
			sequence_findings_finish(&found);
		}
	}
}
END_TEST

Suite *sequence_suite(void)
{
	Suite *suite = suite_create("sequences");
	TCase *t = tcase_create("members");
	tcase_add_test(t, a_finding_says_what_it_is_and_why);
	tcase_add_test(t, what_is_marked_wrong_or_agreed_is_no_member);
	tcase_add_test(t, shadow_findings_count_for_a_sequence_in_shadow_only);
	tcase_add_test(t, a_member_whose_words_are_unsure_makes_the_finding_unsure);
	tcase_add_test(t, what_is_dated_later_than_now_is_due_then);
	tcase_add_test(t, an_absence_is_told_as_far_as_the_mail_was_read);
	tcase_add_test(t, a_day_that_was_promised_ends_in_my_zone);
	tcase_add_test(t, a_day_far_off_is_taken_for_none);
	tcase_add_test(t, names_are_compared_by_their_stars);
	suite_add_tcase(suite, t);
	t = tcase_create("random histories");
	tcase_add_test(t, order_of_arrival_does_not_matter);
	tcase_add_test(t, what_comes_later_takes_nothing_back);
	tcase_add_test(t, nothing_new_comes_before_it_is_due);
	tcase_add_test(t, a_message_is_a_member_of_one_finding_of_a_sequence);
	suite_add_tcase(suite, t);
	return suite;
}
