/* What sequences found as JSON: the form that is archived. */
#include "base/clock.h"
#include "base/json.h"
#include "expect.h"
#include "model/sequence.h"
#include "suites.h"

static const uint64_t members[] = {4, 7, 1234567};

static struct sequence_finding example(void)
{
	return (struct sequence_finding){
		.finding = {.rule = STR("urgency/nagging"),
			.rule_hash = STR("ab12"),
			.sign = SIGN_URGENCY,
			.severity = 3,
			.text = STR("3 messages in 2 h"),
			.why = STR("matched rule urgency/nagging: Urges again"),
			.consent = STR("launch week")},
		.absence = true,
		.at_us = INT64_C(1767607200) * SECOND_US,
		.offset_min = 60,
		.members = members,
		.member_count = 3,
	};
}

static int read_back(struct str json, struct arena *arena, struct sequence_finding *out)
{
	struct json_document *document = NULL;
	struct error err = {0};
	if (json_parse(json, &document, &err) < 0)
		return -1;
	int result = sequence_finding_read(json_root(document), arena, out, &err);
	json_free(document);
	return result;
}

START_TEST(what_was_written_reads_back_the_same)
{
	struct sequence_finding one = example(), other = {0};
	struct arena arena = {0};
	struct buf json = {0};
	struct json_writer w;
	json_begin(&w, &json);
	json_object(&w, NULL);
	sequence_finding_write(&one, &w);
	json_object_end(&w);
	ck_assert_int_eq(read_back(buf_str(&json), &arena, &other), 0);
	ck_assert(sequence_finding_same(&one, &other));
	ck_assert_int_eq(other.offset_min, 60);
	expect_same(other.finding.why, one.finding.why);
	expect_same(other.finding.text, one.finding.text);
	expect_same(other.finding.rule_hash, one.finding.rule_hash);
	arena_finish(&arena);
	buf_finish(&json);
}
END_TEST

START_TEST(another_time_member_or_weight_is_another_finding)
{
	static const uint64_t others[] = {4, 7, 8};
	struct sequence_finding one = example(), changed[9];
	for (size_t i = 0; i < COUNT(changed); i++)
		changed[i] = example();
	changed[0].finding.rule = STR("urgency/other");
	changed[1].finding.severity = 2;
	changed[2].finding.status = RULE_SHADOW;
	changed[3].finding.unsure = true;
	changed[4].finding.consent = (struct str){0};
	changed[5].at_us++;
	changed[6].absence = false;
	changed[7].members = others;
	changed[8].member_count = 2;
	for (size_t i = 0; i < COUNT(changed); i++)
		ck_assert_msg(!sequence_finding_same(&one, &changed[i]), "row %zu", i);
	/* words about it make none */
	one.finding.why = STR("in other words");
	one.offset_min = 0;
	struct sequence_finding same = example();
	ck_assert(sequence_finding_same(&one, &same));
}
END_TEST

Suite *sequence_suite(void)
{
	Suite *suite = suite_create("sequences");
	TCase *t = tcase_create("findings");
	tcase_add_test(t, what_was_written_reads_back_the_same);
	tcase_add_test(t, another_time_member_or_weight_is_another_finding);
	suite_add_tcase(suite, t);
	return suite;
}
