/* Each query of tests/cases/query finds what is said behind it, in a small index of ten messages.
 */
#include "index_test.h"

#include "base/file.h"
#include "base/limits.h"

#define CASES TESTS_DIR "/cases/query/queries.txt"

static const struct given messages[] = {
	{"acme", .out = false, .at = "2026-01-05T10:00:00Z", .from = "Jane Doe <jane@acme.example>",
		.to = "Anna <anna@studio.example>", .subject = "Logo draft",
		.text = "The colour is wrong. Please change it tonight."},
	{"acme", .out = true, .at = "2026-01-05T11:30:00Z", .folder = "Sent",
		.from = "Anna <anna@studio.example>", .to = "Jane Doe <jane@acme.example>",
		.subject = "Re: Logo draft", .text = "I will look at it tomorrow."},
	{"acme", .out = false, .at = "2026-01-10T22:15:00Z", .from = "Jane Doe <jane@acme.example>",
		.to = "Anna <anna@studio.example>", .subject = "Website",
		.text = "Où est le café? Un crème brûlée, s'il vous plaît."},
	{"beta", .out = false, .at = "2026-02-01T05:59:59Z", .from = "Bo <bo@beta.example>",
		.to = "Anna <anna@studio.example>", .subject = "Invoice 42",
		.text = "Payment will follow. NOT now.", .attachments = 2},
	{"beta,acme", .out = false, .at = "2026-02-28T23:59:59Z", .from = "Bo <bo@beta.example>",
		.to = "Anna <anna@studio.example>", .subject = "Both of us",
		.text = "We agreed on a price. AND you know it.", .disputed = true},
	{"acme-north", .out = false, .at = "2026-03-01T00:00:00Z",
		.from = "Kim <kim@north.example>", .to = "Anna <anna@studio.example>",
		.subject = "North", .text = "Hello \"world\" (again) col:on * star"},
	{"beta", .out = false, .at = "2026-12-31T12:00:00Z", .from = "Bo <bo@beta.example>",
		.to = "Anna <anna@studio.example>", .subject = "Large", .text = ""},
	{"beta", .out = false, .at = "2027-01-01T06:00:00Z", .folder = "[Gmail]/All Mail",
		.from = NULL, .to = NULL, .subject = NULL, .text = "no header at all"},
};

static const struct verdict_given verdicts[] = {
	{.of = 1,
		.period = "working",
		.at = "2026-01-05T10:00:00Z",
		.findings = {"urgency/now urgency 3", "insult/work insult 2 shadow",
			"marker/request request 1"}},
	{.of = 2,
		.period = "working",
		.at = "2026-01-05T11:30:00Z",
		.findings = {"late-payment/mine late-payment 1"}},
	{.of = 3,
		.period = "weekend",
		.at = "2026-01-10T22:15:00Z",
		.findings = {"after-hours/contact after-hours 1",
			"scope-creep/add-on scope-creep 4"}},
	{.of = 4,
		.period = "night",
		.at = "2026-02-01T05:59:59Z",
		.findings = {"marker/sorry apology 1"}},
	{.of = 5, .period = "weekend", .at = "2026-02-28T23:59:59Z", .findings = {NULL}},
	{.of = 6, .period = NULL, .findings = {"scope-creep/excluded scope-creep 3 unsure"}},
	{.of = 7,
		.period = "holiday",
		.at = "2026-12-31T12:00:00Z",
		.examined = EXAMINED_TOO_LARGE},
	/* 8 is not judged yet */
};

static struct made_index made;

static void make(void)
{
	make_index(&made);
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		add_message(&made, &messages[i]);
	add_findings(&made, verdicts, sizeof(verdicts) / sizeof(verdicts[0]));
	add_mark(&made, 1, "wrong", "urgency/now", NULL, NULL);
	add_mark(&made, 5, "agreement", NULL, "price", NULL);
	add_mark(&made, 3, "note", "scope-creep/add-on", NULL, "ask about it");
}

static void drop(void)
{
	drop_index(&made);
}

/* "query => wanted" against the index; what is wrong goes to *wrong. */
static void check_case(struct str line, struct buf *wrong)
{
	size_t at;
	ck_assert_msg(str_find(line, STR(" =>"), &at), "no => in '%.*s'", STR_ARG(line));
	char *query = str_dup(str_trim(str_slice(line, 0, at)));
	struct str want = str_trim(str_slice(line, at + 3, line.len));
	struct buf got = found_by(&made, query, NULL);
	if (!str_eq(buf_str(&got), want))
		buf_add_format(wrong, "\n%s\n  gave %s\n  want %.*s", query, buf_cstr(&got),
			STR_ARG(want));
	buf_finish(&got);
	free(query);
}

START_TEST(queries_find_what_is_said_behind_them)
{
	struct buf cases = {0}, wrong = {0};
	struct error err = {0};
	ck_assert_msg(file_read(CASES, MIB, &cases, &err) == 0, "%s", err.text);
	struct str rest = buf_str(&cases), line;
	size_t count = 0;
	while (str_line(&rest, &line)) {
		if (!line.len || line.ptr[0] == '#')
			continue;
		check_case(line, &wrong);
		count++;
	}
	ck_assert_msg(!wrong.len, "%s", buf_cstr(&wrong));
	ck_assert_uint_ge(count, 60);
	buf_finish(&cases);
	buf_finish(&wrong);
}
END_TEST

static void check(const char *query, const struct search_options *options, const char *want)
{
	struct buf got = found_by(&made, query, options);
	ck_assert_str_eq(buf_cstr(&got), want);
	buf_finish(&got);
}

START_TEST(nothing_asked_finds_everything)
{
	check("", NULL, "1 2 3 4 5 6 7 8");
	check(" \t\n", NULL, "1 2 3 4 5 6 7 8");
}
END_TEST

START_TEST(a_limit_takes_the_newest_or_the_oldest)
{
	check("client:acme", &(struct search_options){.limit = 2}, "1 2");
	check("client:acme", &(struct search_options){.newest_first = true, .limit = 2}, "5 3");
	check("", &(struct search_options){.newest_first = true}, "8 7 6 5 4 3 2 1");
}
END_TEST

START_TEST(a_query_too_long_or_too_deep_is_refused)
{
	struct buf text = {0};
	for (size_t i = 0; i < LIMIT_QUERY; i++)
		buf_add_char(&text, 'x');
	check(buf_cstr(&text), NULL, "");
	buf_add_char(&text, 'x');
	check(buf_cstr(&text), NULL, "0: query of 4097 bytes, at most 4096 are read");
	buf_clear(&text);
	for (int i = 0; i < 40; i++)
		buf_add_char(&text, '(');
	check(buf_cstr(&text), NULL, "33: nested too deep, at most 32 levels are read");
	buf_finish(&text);
}
END_TEST

START_TEST(hundreds_of_terms_are_read)
{
	struct buf text = {0};
	for (int i = 0; i < 500; i++)
		buf_add_cstr(&text, "logo ");
	check(buf_cstr(&text), NULL, "1 2");
	buf_add_cstr(&text, "x");
	check(buf_cstr(&text), NULL, "2501: too many terms, at most 500 are read");
	buf_finish(&text);
}
END_TEST

static int64_t day_in_new_york(const void *context, int64_t day)
{
	(void)context;
	return day * DAY_US + 5 * HOUR_US;
}

START_TEST(days_begin_in_my_zone)
{
	const struct query_zone zone = {.day_start_us = day_in_new_york};
	struct query *q = NULL;
	struct cursor *cursor = NULL;
	const struct indexed_message *one;
	struct error err = {0};
	const struct search_options options = {0};
	ck_assert_int_eq(query_parse(STR("date:2026-02-28"), &zone, &q, &err), 0);
	ck_assert_int_eq(index_search(made.index, q, &options, &cursor, &err), 0);
	ck_assert_int_eq(cursor_next(cursor, &one, &err), 1);
	ck_assert_uint_eq(one->seq, 5);
	ck_assert_int_eq(cursor_next(cursor, &one, &err), 1);
	ck_assert_uint_eq(one->seq, 6);
	ck_assert_int_eq(cursor_next(cursor, &one, &err), 0);
	cursor_close(cursor);
	query_free(q);
}
END_TEST

Suite *query_suite(void)
{
	Suite *suite = suite_create("index: queries");
	TCase *tests = tcase_create("queries");
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, queries_find_what_is_said_behind_them);
	tcase_add_test(tests, nothing_asked_finds_everything);
	tcase_add_test(tests, a_limit_takes_the_newest_or_the_oldest);
	tcase_add_test(tests, a_query_too_long_or_too_deep_is_refused);
	tcase_add_test(tests, hundreds_of_terms_are_read);
	tcase_add_test(tests, days_begin_in_my_zone);
	suite_add_tcase(suite, tests);
	return suite;
}
