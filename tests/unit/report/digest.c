/* The digest of a week tells what is new in it, and nothing else. */
#include "report/digest.h"

#include "sample.h"
#include "suites.h"
#include <string.h>

static struct report report;
static struct digest digest;

static int64_t instant(const char *text)
{
	int64_t at_us;
	int offset_min;
	ck_assert(time_parse(str_from(text), &at_us, &offset_min));
	return at_us;
}

/* A week from that Monday on; the figure stood at so many tenths the day before. */
static void begin_week(const char *monday, int tenths_before)
{
	static struct risk_point points[2];
	report_init(&report);
	digest = (struct digest){.report = &report, .from_us = instant(monday)};
	digest.first_day = date_of_instant(digest.from_us, 60);
	points[0] = (struct risk_point){digest.first_day - 1, tenths_before};
	points[1] = (struct risk_point){digest.first_day + 6, 0};
	struct report_client *c = report_add_client(&report, STR("acme"), STR("Acme GmbH"));
	c->points = points;
	c->point_count = 2;
}

static struct report_client *acme(void)
{
	return &report.clients[0];
}

static void add(uint64_t evidence, const char *at, int severity, enum mark mark)
{
	const struct sample_message m = {
		.evidence = evidence,
		.at = at,
		.text = "I need it tonight \x1b[2J.",
		.findings = {FOUND("urgency/now", SIGN_URGENCY, severity, "need it tonight \x1b[2J",
			.mark = mark)},
	};
	sample_add(acme(), &m);
}

static void figure(int tenths)
{
	acme()->risk.tenths = tenths;
	acme()->risk.band = band_of(tenths);
}

static bool says(bool html, const char *words)
{
	struct buf out = {0};
	size_t at;
	digest_write(&digest, html, &out);
	bool found = str_find(buf_str(&out), str_from(words), &at);
	buf_finish(&out);
	return found;
}

START_TEST(a_week_of_nothing_is_empty)
{
	begin_week("2026-03-02T00:00:00+01:00", 0);
	add(1, "2026-03-01T23:59:59+01:00", 3, MARK_NONE); /* the week before */
	add(2, "2026-03-03T10:00:00+01:00", 1, MARK_NONE); /* a note */
	add(3, "2026-03-03T10:00:00+01:00", 4, MARK_WRONG);
	ck_assert(digest_is_empty(&digest));
	report_finish(&report);
}
END_TEST

START_TEST(a_finding_makes_news_and_is_shown_with_its_words)
{
	struct buf subject = {0};
	begin_week("2026-03-02T00:00:00+01:00", 0);
	add(7, "2026-03-02T00:00:00+01:00", 2, MARK_NONE);
	figure(50);
	ck_assert(!digest_is_empty(&digest));
	ck_assert(says(false, "Mon 2026-03-02 00:00 (E-000007): Urgency"));
	ck_assert(says(false, "need it tonight \\x1b[2J"));
	ck_assert(!says(false, "\x1b") && !says(true, "\x1b"));
	ck_assert(says(false, "Risk 5.0, calm; a week before 0.0, calm. 1 finding in 1 message."));
	digest_subject(&digest, &subject);
	ck_assert_str_eq(buf_cstr(&subject), "overstep: 1 finding in the week from 2 March 2026");
	buf_finish(&subject);
	report_finish(&report);
}
END_TEST

START_TEST(another_band_makes_news_for_better_too)
{
	begin_week("2026-03-02T00:00:00+01:00", 310);
	figure(290);
	ck_assert(!digest_is_empty(&digest));
	ck_assert(says(false, "Risk 29.0, watch; a week before 31.0, strained."));
	report_finish(&report);
}
END_TEST

START_TEST(what_could_not_be_examined_makes_news)
{
	begin_week("2026-03-02T00:00:00+01:00", 0);
	const struct sample_message m = {
		.evidence = 9, .at = "2026-03-04T10:00:00+01:00", .examined = EXAMINED_POISON};
	sample_add(acme(), &m);
	ck_assert(!digest_is_empty(&digest));
	ck_assert(says(false, "1 message could not be examined."));
	report_finish(&report);
}
END_TEST

START_TEST(many_findings_are_five_and_a_number)
{
	begin_week("2026-03-02T00:00:00+01:00", 0);
	for (uint64_t i = 0; i < 8; i++)
		add(10 + i, "2026-03-05T10:00:00+01:00", 3, MARK_NONE);
	ck_assert(says(false, "E-000014") && !says(false, "E-000015"));
	ck_assert(says(false, "3 more messages: overstep report --client acme"));
	report_finish(&report);
}
END_TEST

START_TEST(a_client_without_news_is_only_counted)
{
	begin_week("2026-03-02T00:00:00+01:00", 0);
	add(7, "2026-03-03T10:00:00+01:00", 2, MARK_NONE);
	report_add_client(&report, STR("calm"), STR("Calm & Co"));
	ck_assert(!says(false, "Calm") && says(false, "Nothing new from 1 client."));
	report.tongue = TONGUE_SV;
	ck_assert(says(true, "Inget nytt fr\xc3\xa5n 1 kund."));
	report_finish(&report);
}
END_TEST

START_TEST(names_of_others_are_text_on_the_page)
{
	begin_week("2026-03-02T00:00:00+01:00", 310);
	acme()->name = STR("<b onload=x>&");
	figure(290);
	ck_assert(says(true, "&lt;b onload=x&gt;&amp;") && !says(true, "<b "));
	report_finish(&report);
}
END_TEST

Suite *digest_suite(void)
{
	Suite *suite = suite_create("report: digest");
	TCase *cases = tcase_create("weeks");
	tcase_add_test(cases, a_week_of_nothing_is_empty);
	tcase_add_test(cases, a_finding_makes_news_and_is_shown_with_its_words);
	tcase_add_test(cases, another_band_makes_news_for_better_too);
	tcase_add_test(cases, what_could_not_be_examined_makes_news);
	tcase_add_test(cases, many_findings_are_five_and_a_number);
	tcase_add_test(cases, a_client_without_news_is_only_counted);
	tcase_add_test(cases, names_of_others_are_text_on_the_page);
	suite_add_tcase(suite, cases);
	return suite;
}
