/* A client's figures and the history that its risk is folded from. */
#include "findings.h"
#include "index_test.h"

static struct made_index made;
static struct arena arena;

static const struct given messages[] = {
	{"acme", .out = false, .at = "2026-01-05T10:00:00Z"},
	{"acme", .out = true, .at = "2026-01-05T11:00:00Z"},
	{"acme", .out = false, .at = "2026-01-10T22:00:00Z", .disputed = true},
	{"acme,beta", .out = false, .at = "2026-01-11T09:00:00Z"},
	{"acme", .out = false, .at = "2026-01-11T10:00:00Z"},
	{"acme", .out = false, .at = "2026-01-12T10:00:00Z"}, /* never judged */
	{"acme", .out = false, .at = "2026-01-13T10:00:00Z"}, /* judged without a clock */
};

static const struct verdict_given verdicts[] = {
	{.of = 1,
		.period = "working",
		.at = "2026-01-05T10:00:00Z",
		.findings = {"urgency/now urgency 3", "threat/law threat 4 shadow",
			"insult/you insult 2 unsure"},
		.in_their_hours = true},
	{.of = 2,
		.period = "working",
		.at = "2026-01-05T11:00:00Z",
		.findings = {"late-payment/mine late-payment 1", "sorry/mine apology 1"},
		.author = ""},
	{.of = 3,
		.period = "weekend",
		.at = "2026-01-10T22:00:00Z",
		.findings = {"after-hours/contact after-hours 1", "sorry/a apology 1",
			"sorry/b apology 1"}},
	{.of = 4, .period = "weekend", .at = "2026-01-11T09:00:00Z"},
	{.of = 5,
		.period = "weekend",
		.at = "2026-01-11T10:00:00Z",
		.findings = {"sorry/a apology 1 shadow"}},
	{.of = 7, .findings = {"urgency/now urgency 3"}},
};

static void make(void)
{
	make_index(&made);
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		add_message(&made, &messages[i]);
	add_findings(&made, verdicts, sizeof(verdicts) / sizeof(verdicts[0]));
}

static void drop(void)
{
	arena_finish(&arena);
	drop_index(&made);
}

static struct client_summary summary(const char *client)
{
	struct client_summary sum;
	struct error err = {0};
	ck_assert_msg(index_client(made.index, str_from(client), INT64_MAX, &sum, &err) == 0, "%s",
		err.text);
	return sum;
}

static struct risk_history history(const char *client)
{
	struct risk_history h;
	struct error err = {0};
	ck_assert_msg(
		index_history(made.index, str_from(client), &arena, &h, &err) == 0, "%s", err.text);
	return h;
}

static struct findings_got findings(const char *client)
{
	struct risk_history h = history(client);
	return findings_of(&h);
}

START_TEST(figures_count_messages_hours_and_live_findings)
{
	struct client_summary acme = summary("acme");
	ck_assert_uint_eq(acme.messages, 7);
	ck_assert_uint_eq(acme.incoming, 6);
	ck_assert_uint_eq(acme.outside_hours, 3);
	ck_assert_uint_eq(acme.findings[SIGN_URGENCY], 2);
	ck_assert_uint_eq(acme.findings[SIGN_THREAT], 0);
	ck_assert_uint_eq(acme.findings[SIGN_APOLOGY], 0);
	ck_assert_uint_eq(acme.findings[SIGN_AFTER_HOURS], 1);
	ck_assert(acme.has_last_finding);
	ck_assert_int_eq(acme.last_finding_at_us, at_of("2026-01-13T10:00:00Z"));
	ck_assert_int_eq(acme.first_at_us, at_of("2026-01-05T10:00:00Z"));
	ck_assert_int_eq(acme.last_at_us, at_of("2026-01-13T10:00:00Z"));
	struct client_summary beta = summary("beta");
	ck_assert_uint_eq(beta.messages, 1);
	ck_assert_uint_eq(beta.incoming, 0);
	ck_assert(!beta.has_last_finding);
	struct client_summary nobody = summary("nobody");
	ck_assert_uint_eq(nobody.messages, 0);
	ck_assert_int_eq(nobody.first_at_us, 0);
}
END_TEST

START_TEST(words_count_for_the_client_that_wrote_them)
{
	static const struct verdict_given theirs = {.of = 4,
		.period = "weekend",
		.at = "2026-01-11T09:00:00Z",
		.findings = {"insult/you insult 3"},
		.author = "beta"};
	add_findings(&made, &theirs, 1);
	ck_assert_uint_eq(summary("acme").findings[SIGN_INSULT], 1);
	ck_assert_uint_eq(summary("acme").incoming, 5);
	struct client_summary beta = summary("beta");
	ck_assert_uint_eq(beta.findings[SIGN_INSULT], 1);
	ck_assert_uint_eq(beta.incoming, 1);
	ck_assert_uint_eq(findings("beta").count, 1);
}
END_TEST

START_TEST(lines_of_a_chat_that_come_together_are_one_clean_message)
{
	/* a mail, a burst of three over two minutes, a line five minutes on, and one the next day
	 */
	static const struct {
		const char *at;
		bool chat;
	} rows[] = {{"2026-02-02T10:00:00Z", false}, {"2026-02-02T10:00:00Z", true},
		{"2026-02-02T10:01:00Z", true}, {"2026-02-02T10:02:00Z", true},
		{"2026-02-02T10:05:00Z", true}, {"2026-02-03T10:00:00Z", true}};
	struct risk_history before = history("acme");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct given given = {
			.clients = "acme", .at = rows[i].at, .text = "fine", .chat = rows[i].chat};
		struct verdict_given fine = {.period = "working", .at = rows[i].at};
		fine.of = add_message(&made, &given);
		add_findings(&made, &fine, 1);
	}
	struct risk_history h = history("acme");
	ck_assert_uint_eq(h.clean_count, before.clean_count + 2);
	ck_assert_int_eq(h.clean[h.clean_count - 2].messages, 3);
	ck_assert_int_eq(h.clean[h.clean_count - 1].messages, 1);
}
END_TEST

START_TEST(a_finding_in_a_chat_says_so)
{
	static const struct given given = {
		.clients = "acme", .at = "2026-02-02T20:00:00Z", .text = "hi", .chat = true};
	struct verdict_given late = {.period = "outside",
		.at = given.at,
		.findings = {"after-hours/contact after-hours 1"}};
	late.of = add_message(&made, &given);
	add_findings(&made, &late, 1);
	struct findings_got h = findings("acme");
	const struct risk_finding *last = &h.items[h.count - 1];
	ck_assert_uint_eq(last->evidence, late.of);
	ck_assert(last->chat && last->contact);
	ck_assert(!h.items[0].chat);
}
END_TEST

START_TEST(figures_of_a_day_know_nothing_of_the_next)
{
	struct client_summary sum;
	int64_t until = at_of("2026-01-10T23:00:00Z");
	ck_assert_int_eq(index_client(made.index, STR("acme"), until, &sum, NULL), 0);
	ck_assert_uint_eq(sum.messages, 3);
	ck_assert_uint_eq(sum.findings[SIGN_URGENCY], 1);
	ck_assert_int_eq(sum.last_at_us, at_of("2026-01-10T22:00:00Z"));
}
END_TEST

/* "3 4 9": the messages of a client until then. */
static void expect_messages(const char *client, const char *until, const char *want)
{
	struct buf got = {0};
	struct cursor *cursor;
	const struct indexed_message *m;
	struct error err = {0};
	ck_assert_int_eq(
		index_client_messages(made.index, str_from(client), at_of(until), &cursor, &err),
		0);
	while (cursor_next(cursor, &m, &err) == 1)
		buf_add_format(&got, "%s%d", got.len ? " " : "", (int)m->seq);
	cursor_close(cursor);
	ck_assert_str_eq(buf_cstr(&got), want);
	buf_finish(&got);
}

START_TEST(messages_of_a_client_come_in_order_of_time)
{
	static const struct given older = {"acme", .at = "2026-01-04T10:00:00Z"};
	uint64_t seq = add_message(&made, &older);
	struct buf want = {0};
	buf_add_format(&want, "%d 1 2 3", (int)seq);
	expect_messages("acme", "2026-01-10T22:00:00Z", buf_cstr(&want));
	expect_messages("beta", "2026-02-01T00:00:00Z", "4");
	/* of one that became another's too, and that came before */
	add_peer(&made, seq, "beta");
	buf_clear(&want);
	buf_add_format(&want, "%d 4", (int)seq);
	expect_messages("beta", "2026-02-01T00:00:00Z", buf_cstr(&want));
	expect_messages("nobody", "2026-02-01T00:00:00Z", "");
	buf_finish(&want);
}
END_TEST

START_TEST(clients_are_those_that_have_messages)
{
	struct strs clients;
	struct error err = {0};
	ck_assert_int_eq(index_clients(made.index, &arena, &clients, &err), 0);
	ck_assert_uint_eq(clients.count, 2);
	ck_assert(str_eq(clients.items[0], STR("acme")));
	ck_assert(str_eq(clients.items[1], STR("beta")));
}
END_TEST

START_TEST(marks_take_a_finding_out_of_the_figures_and_back)
{
	add_mark(&made, 1, "wrong", "urgency/now", NULL, NULL);
	ck_assert_uint_eq(summary("acme").findings[SIGN_URGENCY], 1);
	ck_assert_int_eq(findings("acme").items[0].mark, MARK_WRONG);
	add_mark(&made, 1, "agreed", "urgency/now", NULL, NULL);
	ck_assert_uint_eq(summary("acme").findings[SIGN_URGENCY], 1);
	ck_assert_int_eq(findings("acme").items[0].mark, MARK_AGREED);
	add_mark(&made, 1, "note", "urgency/now", NULL, "hm");
	ck_assert_int_eq(findings("acme").items[0].mark, MARK_AGREED);
	add_mark(&made, 1, "right", "urgency/now", NULL, NULL);
	ck_assert_uint_eq(summary("acme").findings[SIGN_URGENCY], 2);
	ck_assert_int_eq(findings("acme").items[0].mark, MARK_RIGHT);
}
END_TEST

START_TEST(history_has_findings_with_their_circumstances)
{
	struct findings_got h = findings("acme");
	/* of a message without a clock there is no day to weigh it on */
	ck_assert_uint_eq(h.count, 5);
	const struct risk_finding *f = h.items;
	ck_assert_uint_eq(f[0].evidence, 1);
	ck_assert(str_eq(f[0].rule, STR("urgency/now")));
	ck_assert_int_eq(f[0].day, at_of("2026-01-05T10:00:00Z") / DAY_US);
	ck_assert(f[0].in_their_hours && !f[0].outgoing && !f[0].shadow && !f[0].unsure);
	ck_assert(f[1].shadow);
	ck_assert(f[2].unsure);
	ck_assert(f[3].outgoing && !f[3].contact);
	ck_assert(f[4].contact && f[4].disputed_clock && !f[4].in_their_hours);
}
END_TEST

START_TEST(an_apology_counts_once_a_message_and_not_in_shadow)
{
	struct risk_history h = history("acme");
	ck_assert_uint_eq(h.credit_count, 1);
	ck_assert_int_eq(h.credits[0].kind, CREDIT_APOLOGY);
	ck_assert_uint_eq(h.credits[0].evidence, 3);
}
END_TEST

START_TEST(clean_days_are_those_of_incoming_messages_without_findings)
{
	struct risk_history h = history("acme");
	ck_assert_uint_eq(h.clean_count, 1);
	ck_assert_int_eq(h.clean[0].day, at_of("2026-01-11T00:00:00Z") / DAY_US);
	ck_assert_int_eq(h.clean[0].messages, 2);
}
END_TEST

Suite *figures_suite(void)
{
	Suite *suite = suite_create("index: figures");
	TCase *tests = tcase_create("figures");
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, figures_count_messages_hours_and_live_findings);
	tcase_add_test(tests, words_count_for_the_client_that_wrote_them);
	tcase_add_test(tests, figures_of_a_day_know_nothing_of_the_next);
	tcase_add_test(tests, lines_of_a_chat_that_come_together_are_one_clean_message);
	tcase_add_test(tests, a_finding_in_a_chat_says_so);
	tcase_add_test(tests, messages_of_a_client_come_in_order_of_time);
	tcase_add_test(tests, clients_are_those_that_have_messages);
	tcase_add_test(tests, marks_take_a_finding_out_of_the_figures_and_back);
	tcase_add_test(tests, history_has_findings_with_their_circumstances);
	tcase_add_test(tests, an_apology_counts_once_a_message_and_not_in_shadow);
	tcase_add_test(tests, clean_days_are_those_of_incoming_messages_without_findings);
	suite_add_tcase(suite, tests);
	return suite;
}
