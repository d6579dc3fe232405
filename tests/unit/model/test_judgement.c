/* Judgements as JSON: the form that is archived. */
#include "base/clock.h"
#include "expect.h"
#include "model/finding.h"
#include "suites.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static struct finding example = {
	.rule = {"scope-creep/add-on", 18},
	.rule_hash = {"ab12", 4},
	.sign = SIGN_SCOPE_CREEP,
	.severity = 2,
	.status = RULE_SHADOW,
	.unsure = true,
	.has_range = true,
	.start = 3,
	.end = 17,
	.text = {"while you're at", 15},
	.consent = {"launch week", 11},
	.captured = {.amount = {"1.200 €", 9},
		.has_value = true,
		.hundredths = 120005,
		.currency = "EUR",
		.day_words = {"by Friday", 9},
		.has_day = true,
		.day = 20518},
};

static struct judgement with_a_moment(void)
{
	struct judgement j = {
		.has_mine = true,
		.mine = {.period = PERIOD_NIGHT,
			.properties = MOMENT_BIT(PERIOD_NIGHT) | MOMENT_BIT(PERIOD_OUTSIDE) |
				MOMENT_BIT(PERIOD_WEEKEND),
			.offset_min = 60,
			.weekday = 6,
			.hour = 23,
			.minute = 5,
			.has_opening = true,
			.opening_at_us = INT64_C(1795420800) * SECOND_US,
			.why = "Sun 23:05 in Europe/Stockholm"},
		.has_theirs = true,
		.theirs_why = STR("Sun"),
		.findings = &example,
		.finding_count = 1,
	};
	j.mine.day = date_to_days((struct date){2026, 11, 22});
	return j;
}

START_TEST(the_form_is_this)
{
	struct judgement j = with_a_moment();
	struct buf json = {0};
	judgement_write_json(&j, &json);
	ck_assert_str_eq(buf_cstr(&json),
		"{\"examined\":true,\"reason\":null,\"why_not\":null,\"author\":null,"
		"\"period\":\"night\",\"properties\":[\"weekend\",\"night\",\"outside\"],"
		"\"why\":\"Sun 23:05 in Europe/Stockholm\","
		"\"local\":\"2026-11-22T23:05+01:00\",\"next_opening\":\"2026-11-23T08:00:00Z\","
		"\"client_period\":\"outside\",\"client_why\":\"Sun\","
		"\"findings\":[{\"rule\":\"scope-creep/add-on\",\"rule_hash\":\"ab12\","
		"\"sign\":\"scope-creep\",\"severity\":2,\"status\":\"shadow\",\"unsure\":true,"
		"\"start\":3,\"end\":17,\"text\":\"while you're at\",\"why\":null,"
		"\"consent\":\"launch week\",\"amount\":{\"text\":\"1.200 €\",\"value\":\"1200.05\","
		"\"currency\":\"EUR\"},\"day\":{\"text\":\"by Friday\",\"date\":\"2026-03-06\"}}],"
		"\"markers\":[]}");
	buf_clear(&json);
	judgement_write_json(
		&(struct judgement){.examined = EXAMINED_RULE_LIMIT, .not_examined = STR("1 rule")},
		&json);
	ck_assert_str_eq(buf_cstr(&json),
		"{\"examined\":false,\"reason\":\"rule limit\",\"why_not\":\"1 rule\",\"author\":null,"
		"\"period\":null,\"properties\":[],\"why\":null,"
		"\"local\":null,\"next_opening\":null,"
		"\"client_period\":null,\"client_why\":null,\"findings\":[],\"markers\":[]}");
	buf_finish(&json);
}
END_TEST

static struct str random_text(struct arena *a)
{
	static const char *const pieces[] = {"a", "\"", "\\", "\n", "\x01", "\xc3\xa5",
		"\xe2\x80\xae", "\xf0\x9f\x98\x80", "'", "/"};
	struct buf text = {0};
	long length = random() % 6;
	if (length == 5)
		return (struct str){NULL, 0};
	while (length-- > 0)
		buf_add_cstr(&text, pieces[(size_t)random() % COUNT(pieces)]);
	struct str copy = arena_str(a, buf_str(&text));
	buf_finish(&text);
	return copy;
}

static void random_captured(struct arena *a, struct captured *c)
{
	c->amount = random_text(a);
	c->has_value = c->amount.ptr && random() % 2;
	c->hundredths = c->has_value ? random() % 1000000 : 0;
	if (c->amount.ptr && random() % 2)
		strcpy(c->currency, "SEK");
	c->day_words = random_text(a);
	c->has_day = c->day_words.ptr && random() % 2;
	c->day = c->has_day ? random() % 30000 : 0;
}

static void random_findings(struct arena *a, struct finding **out, size_t *count)
{
	*count = (size_t)random() % 4;
	*out = arena_array(a, *count, sizeof(**out));
	for (size_t i = 0; i < *count; i++) {
		struct finding *f = &(*out)[i];
		f->rule = random_text(a);
		f->rule_hash = random_text(a);
		f->sign = (enum sign)((size_t)random() % SIGN_COUNT);
		f->severity = (int)(random() % 5);
		f->status = random() % 2 ? RULE_LIVE : RULE_SHADOW;
		f->unsure = random() % 2;
		f->has_range = random() % 2;
		if (f->has_range) {
			f->start = (size_t)random();
			f->end = f->start + (size_t)random() % 100;
		}
		f->text = random_text(a);
		f->why = random_text(a);
		f->consent = random_text(a);
		random_captured(a, &f->captured);
	}
}

static void random_moment(struct moment *m)
{
	m->period = (enum period)((size_t)random() % PERIOD_COUNT);
	m->properties = (unsigned)random() % (1u << PERIOD_COUNT);
	m->offset_min = (int)(random() % 1681) - 840;
	m->day = date_to_days((struct date){2, 1, 1}) + random() % 3650000;
	m->weekday = date_weekday(m->day);
	m->hour = (int)(random() % 24);
	m->minute = (int)(random() % 60);
	m->has_opening = random() % 2;
	if (m->has_opening)
		m->opening_at_us = (random() % 2 ? 1 : -1) * random() % 60000000000 * SECOND_US +
			(random() % 2 ? random() % 1000000 : 0);
	memset(m->why, 'w', (size_t)random() % sizeof(m->why));
}

static void random_judgement(struct judgement *j)
{
	judgement_init(j);
	j->examined = (enum examined)((size_t)random() % EXAMINED_COUNT);
	j->not_examined = random_text(&j->arena);
	j->has_mine = random() % 2;
	if (j->has_mine)
		random_moment(&j->mine);
	j->has_theirs = random() % 2;
	j->author = random_text(&j->arena);
	if (j->has_theirs) {
		j->theirs_working = random() % 2;
		j->theirs_why = random_text(&j->arena);
	}
	random_findings(&j->arena, &j->findings, &j->finding_count);
	random_findings(&j->arena, &j->markers, &j->marker_count);
}

static void expect_same_captured(const struct captured *a, const struct captured *b)
{
	expect_same(a->amount, b->amount);
	expect_same(a->day_words, b->day_words);
	ck_assert_str_eq(a->currency, b->currency);
	ck_assert(a->has_value == b->has_value && a->hundredths == b->hundredths &&
		a->has_day == b->has_day && a->day == b->day);
}

static void expect_same_findings(
	const struct finding *got, const struct finding *want, size_t got_count, size_t want_count)
{
	ck_assert_uint_eq(got_count, want_count);
	for (size_t i = 0; i < want_count; i++) {
		const struct finding *a = &got[i], *b = &want[i];
		expect_same(a->rule, b->rule);
		expect_same(a->rule_hash, b->rule_hash);
		expect_same(a->text, b->text);
		expect_same(a->why, b->why);
		expect_same(a->consent, b->consent);
		expect_same_captured(&a->captured, &b->captured);
		ck_assert(a->sign == b->sign && a->severity == b->severity &&
			a->status == b->status && a->unsure == b->unsure &&
			a->has_range == b->has_range && a->start == b->start && a->end == b->end);
	}
}

static void expect_same_judgement(const struct judgement *got, const struct judgement *want)
{
	ck_assert_int_eq(got->examined, want->examined);
	expect_same(got->not_examined, want->not_examined);
	const struct moment *a = &got->mine, *b = &want->mine;
	ck_assert(got->has_mine == want->has_mine && a->period == b->period &&
		a->properties == b->properties && a->offset_min == b->offset_min &&
		a->weekday == b->weekday && a->hour == b->hour && a->minute == b->minute &&
		a->day == b->day && a->has_opening == b->has_opening);
	ck_assert_int_eq(a->opening_at_us, b->opening_at_us);
	ck_assert_str_eq(a->why, b->why);
	ck_assert(
		got->has_theirs == want->has_theirs && got->theirs_working == want->theirs_working);
	expect_same(got->theirs_why, want->theirs_why);
	expect_same(got->author, want->author);
	expect_same_findings(
		got->findings, want->findings, got->finding_count, want->finding_count);
	expect_same_findings(got->markers, want->markers, got->marker_count, want->marker_count);
}

START_TEST(any_judgement_is_read_back_as_it_was_written)
{
	srandom(42);
	for (int round = 0; round < 3000; round++) {
		struct judgement j, back;
		struct buf json = {0}, again = {0};
		struct error err;
		random_judgement(&j);
		judgement_write_json(&j, &json);
		ck_assert_msg(judgement_read_json(buf_str(&json), &back, &err) == 0, "%s: %s",
			err.text, buf_cstr(&json));
		expect_same_judgement(&back, &j);
		judgement_write_json(&back, &again);
		expect_same(buf_str(&again), buf_str(&json));
		judgement_finish(&back);
		judgement_finish(&j);
		buf_finish(&json);
		buf_finish(&again);
	}
}
END_TEST

START_TEST(a_judgement_of_the_wrong_form_is_refused)
{
	static const struct {
		const char *from, *to;
	} changes[] = {
		{"\"examined\":true", "\"examined\":null"},
		{"\"period\":\"night\"", "\"period\":\"noon\""},
		{"\"period\":\"night\"", "\"period\":3"},
		{"\"weekend\"", "\"weekendz\""},
		{"\"why\":\"Sun 23:05 in Europe/Stockholm\"", "\"why\":null"},
		{"T23:05+01:00", "T24:05+01:00"},
		{"2026-11-23T08:00:00Z", "soon"},
		{"\"outside\",\"client_why\"", "\"inside\",\"client_why\""},
		{"\"client_why\":\"Sun\"", "\"client_why\":7"},
		{"\"sign\":\"scope-creep\"", "\"sign\":\"scope\""},
		{"\"severity\":2", "\"severity\":5"},
		{"\"severity\":2", "\"severity\":\"2\""},
		{"\"shadow\"", "\"off\""},
		{"\"unsure\":true", "\"unsure\":1"},
		{"\"start\":3", "\"start\":18"},
		{"\"start\":3", "\"start\":null"},
		{"\"end\":17", "\"end\":-1"},
		{"\"rule\":\"scope-creep/add-on\"", "\"rule\":[]"},
		{"\"consent\":\"launch week\"", "\"consent\":1"},
		{"1200.05", "1200.5"},
		{"1200.05", "-1.00"},
		{"1200.05", "9999999999999999999.00"},
		{"\"EUR\"", "\"EURO\""},
		{"\"text\":\"1.200 €\"", "\"text\":null"},
		{"\"date\":\"2026-03-06\"", "\"date\":\"2026-02-30\""},
		{"\"markers\":[]", "\"markers\":[7]"},
	};
	struct judgement j = with_a_moment();
	struct buf json = {0};
	judgement_write_json(&j, &json);
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct buf changed = {0};
		struct judgement back = {.finding_count = 99};
		struct error err = {0};
		size_t at;
		struct str from = str_from(changes[i].from);
		ck_assert_msg(str_find(buf_str(&json), from, &at), "%s", changes[i].from);
		buf_add_str(&changed, str_slice(buf_str(&json), 0, at));
		buf_add_cstr(&changed, changes[i].to);
		buf_add_str(&changed, str_slice(buf_str(&json), at + from.len, json.len));
		ck_assert_msg(judgement_read_json(buf_str(&changed), &back, &err) == -1, "%s",
			changes[i].to);
		ck_assert_int_eq(err.kind, ERROR_INPUT);
		ck_assert_uint_eq(back.finding_count, 99);
		buf_finish(&changed);
	}
	buf_finish(&json);
}
END_TEST

START_TEST(a_judgement_of_before_there_were_consents_is_read)
{
	struct judgement j = with_a_moment(), back;
	struct buf json = {0}, older = {0};
	struct error err = {0};
	size_t from, to;
	judgement_write_json(&j, &json);
	struct str all = buf_str(&json);
	ck_assert(str_find(all, STR(",\"consent\""), &from) &&
		str_find(all, STR("}],\"markers"), &to));
	buf_add_str(&older, str_slice(all, 0, from));
	buf_add_str(&older, str_slice(all, to, all.len));
	ck_assert_msg(judgement_read_json(buf_str(&older), &back, &err) == 0, "%s", err.text);
	ck_assert_ptr_null(back.findings[0].consent.ptr);
	ck_assert_ptr_null(back.findings[0].captured.amount.ptr);
	ck_assert(!back.findings[0].captured.has_day);
	judgement_finish(&back);
	buf_finish(&json);
	buf_finish(&older);
}
END_TEST

START_TEST(what_was_captured_is_told_in_words)
{
	struct buf out = {0};
	captured_add_day(&example.captured, &out);
	ck_assert_str_eq(buf_cstr(&out), "by Friday (2026-03-06)");
	buf_clear(&out);
	captured_add_day(&(struct captured){0}, &out);
	ck_assert_str_eq(buf_cstr(&out), "");
	captured_add_words(&example.captured, &out);
	ck_assert_str_eq(buf_cstr(&out), "1200.05 EUR ('1.200 €'), 2026-03-06 ('by Friday')");
	buf_finish(&out);
}
END_TEST

Suite *judgement_suite(void)
{
	Suite *suite = suite_create("judgements");
	TCase *all = tcase_create("finding");
	tcase_add_test(all, the_form_is_this);
	tcase_add_test(all, any_judgement_is_read_back_as_it_was_written);
	tcase_add_test(all, a_judgement_of_the_wrong_form_is_refused);
	tcase_add_test(all, a_judgement_of_before_there_were_consents_is_read);
	tcase_add_test(all, what_was_captured_is_told_in_words);
	suite_add_tcase(suite, all);
	return suite;
}
