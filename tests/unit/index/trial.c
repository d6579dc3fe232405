/* Verdicts on trial: everything is answered as if they were in force, and nothing is written. */
#include "index/trial.h"
#include "findings.h"
#include "index/rule_counts.h"
#include "index_test.h"

static void add_two(struct made_index *m)
{
	add_message(m,
		&(struct given){
			.clients = "acme", .at = "2026-01-05T10:00:00Z", .text = "send it now"});
	add_message(m,
		&(struct given){
			.clients = "acme", .at = "2026-01-06T10:00:00Z", .text = "send it"});
	const struct verdict_given v[] = {
		{.of = 1,
			.period = "working",
			.at = "2026-01-05T10:00:00Z",
			.findings = {"urgency/now urgency 3"}},
		{.of = 2, .period = "working", .at = "2026-01-06T10:00:00Z"},
	};
	add_findings(m, v, 2);
}

static const struct verdict_given other[] = {
	{.of = 2,
		.period = "working",
		.at = "2026-01-06T10:00:00Z",
		.findings = {"threat/lawyer threat 3", "urgency/now urgency 3"}},
};

static size_t findings_of_acme(struct made_index *m)
{
	struct arena arena = {0};
	struct risk_history history;
	struct error err = {0};
	ck_assert_int_eq(index_history(m->index, STR("acme"), &arena, &history, &err), 0);
	size_t count = findings_of(&history).count;
	arena_finish(&arena);
	return count;
}

static struct buf dump(struct made_index *m)
{
	struct buf rows = {0};
	struct error err = {0};
	ck_assert_int_eq(index_dump(m->index, &rows, &err), 0);
	return rows;
}

START_TEST(a_trial_answers_as_if_it_were_in_force_and_leaves_no_trace)
{
	struct made_index m;
	struct error err = {0};
	make_index(&m);
	add_two(&m);
	struct buf before = dump(&m);
	ck_assert_uint_eq(findings_of_acme(&m), 1);
	ck_assert_int_eq(index_trial_begin(m.index, &err), 0);
	ck_assert_uint_eq(findings_of_acme(&m), 1);
	add_findings(&m, other, 1);
	ck_assert_uint_eq(findings_of_acme(&m), 3);
	struct buf found = found_by(&m, "sign:threat", NULL);
	ck_assert_str_eq(buf_cstr(&found), "2");
	buf_finish(&found);
	open_again(&m);
	struct buf after = dump(&m);
	ck_assert_str_eq(buf_cstr(&after), buf_cstr(&before));
	buf_finish(&before);
	buf_finish(&after);
	drop_index(&m);
}
END_TEST

START_TEST(on_trial_nothing_reaches_the_file)
{
	struct made_index m;
	struct error err = {0};
	make_index(&m);
	add_two(&m);
	struct buf before = dump(&m);
	ck_assert_int_eq(index_trial_begin(m.index, &err), 0);
	ck_assert_int_eq(index_clear(m.index, &err), -1);
	open_again(&m);
	struct buf after = dump(&m);
	ck_assert_str_eq(buf_cstr(&after), buf_cstr(&before));
	buf_finish(&before);
	buf_finish(&after);
	drop_index(&m);
}
END_TEST

START_TEST(what_was_judged_comes_newest_first_with_what_it_was_judged_from)
{
	struct made_index m;
	struct error err = {0};
	struct query *query = NULL;
	struct judged_cursor *cursor = NULL;
	struct judged judged;
	size_t count;
	make_index(&m);
	add_two(&m);
	add_message(&m, &(struct given){.clients = "acme", .at = "2026-01-07T10:00:00Z"});
	ck_assert_int_eq(query_parse(STR("client:acme"), NULL, &query, &err), 0);
	ck_assert_int_eq(index_judged_count(m.index, query, &count, &err), 0);
	ck_assert_uint_eq(count, 2); /* the third was not judged */
	ck_assert_int_eq(index_judged(m.index, query, &cursor, &err), 0);
	ck_assert_int_eq(judged_next(cursor, &judged, &err), 1);
	ck_assert_uint_eq(judged.seq, 2);
	ck_assert_int_eq(judged_next(cursor, &judged, &err), 1);
	ck_assert_uint_eq(judged.seq, 1);
	ck_assert(str_eq(judged.client, STR("acme")) && str_eq(judged.author, STR("acme")));
	ck_assert(judged.clocks.at_us[judged.clocks.used] == at_of("2026-01-05T10:00:00Z"));
	struct facts facts;
	facts_init(&facts);
	ck_assert_int_eq(facts_read(judged.facts, &facts, &err), 0);
	ck_assert(str_eq(facts.text.bytes, STR("send it now")));
	facts_finish(&facts);
	ck_assert_int_eq(judged_next(cursor, &judged, &err), 0);
	judged_close(cursor);
	query_free(query);
	drop_index(&m);
}
END_TEST

START_TEST(a_rule_s_hits_and_marks_are_counted_by_message)
{
	struct made_index m;
	struct error err = {0};
	struct arena arena = {0};
	struct rule_count *counts;
	size_t count;
	make_index(&m);
	add_two(&m);
	add_findings(&m, other, 1);
	add_mark(&m, 1, "wrong", "urgency/now", NULL, NULL);
	add_mark(&m, 2, "wrong", "urgency/now", NULL, NULL);
	add_mark(&m, 2, "agreed", "urgency/now", NULL, NULL);
	add_mark(&m, 2, "note", "urgency/now", NULL, "launch");
	add_mark(&m, 1, "wrong", "threat/lawyer", NULL, NULL); /* it is not found there */
	ck_assert_int_eq(index_rule_counts(m.index, &arena, &counts, &count, &err), 0);
	ck_assert_uint_eq(count, 2);
	ck_assert(str_eq(counts[0].rule, STR("threat/lawyer")));
	ck_assert(counts[0].hits == 1 && !counts[0].wrong && !counts[0].agreed);
	ck_assert(counts[1].hits == 2 && counts[1].wrong == 1 && counts[1].agreed == 1);
	arena_finish(&arena);
	drop_index(&m);
}
END_TEST

Suite *trial_suite(void)
{
	Suite *suite = suite_create("index: on trial");
	TCase *tests = tcase_create("trial");
	tcase_add_test(tests, a_trial_answers_as_if_it_were_in_force_and_leaves_no_trace);
	tcase_add_test(tests, on_trial_nothing_reaches_the_file);
	tcase_add_test(tests, what_was_judged_comes_newest_first_with_what_it_was_judged_from);
	tcase_add_test(tests, a_rule_s_hits_and_marks_are_counted_by_message);
	suite_add_tcase(suite, tests);
	return suite;
}
