/* Each kind of record becomes the rows that it should, live and anew the same. */
#include "index_test.h"

static struct made_index made;

static void make(void)
{
	make_index(&made);
}

static void drop(void)
{
	drop_index(&made);
}

static const struct given jane = {"acme", .at = "2026-01-05T10:00:00Z",
	.from = "Jane <jane@acme.example>", .to = "anna@studio.example", .subject = "Logo",
	.text = "Logo\n\nPlease."};

/* A message as the index has it; forget_message it. */
static struct arena arena;

static struct indexed_message message(uint64_t seq)
{
	struct indexed_message m;
	struct error err = {0};
	ck_assert_msg(index_message(made.index, seq, &arena, &m, &err) == 1, "%s", err.text);
	return m;
}

static void forget_message(struct indexed_message *m)
{
	indexed_message_finish(m);
	arena_finish(&arena);
}

START_TEST(a_message_comes_back_as_it_went_in)
{
	uint64_t seq = add_message(&made, &jane);
	struct indexed_message m = message(seq);
	ck_assert_uint_eq(m.seq, seq);
	ck_assert(str_eq(m.client, STR("acme")));
	ck_assert_int_eq(m.direction, DIRECTION_IN);
	ck_assert(str_eq(m.place.folder, STR("INBOX")));
	ck_assert_uint_eq(m.place.uid, seq);
	ck_assert(m.clocks.has[CLOCK_RECEIVED] && !m.clocks.has[CLOCK_DATE]);
	ck_assert_int_eq(m.clocks.at_us[CLOCK_RECEIVED], at_of(jane.at));
	ck_assert(m.clocks.agreed);
	ck_assert_uint_eq(m.peer_number, 1);
	ck_assert(str_eq(m.facts.from, STR("Jane <jane@acme.example>")));
	ck_assert(str_eq(m.facts.text.bytes, STR("Logo\n\nPlease.")));
	ck_assert(!m.judged);
	ck_assert_uint_eq(m.finding_count, 0);
	forget_message(&m);
	ck_assert_uint_eq(m.seq, seq);
}
END_TEST

START_TEST(what_is_no_message_is_not_found)
{
	struct indexed_message m;
	struct error err = {0};
	uint64_t seq = add_plain(&made, RECORD_KEY);
	ck_assert_int_eq(index_message(made.index, seq, &arena, &m, &err), 0);
	ck_assert_int_eq(index_message(made.index, seq + 1, &arena, &m, &err), 0);
}
END_TEST

START_TEST(places_and_octets_are_found)
{
	uint64_t seq, one = add_message(&made, &jane);
	struct error err = {0};
	struct sha256 sum;
	struct place place = {.account = STR("studio"),
		.folder = STR("INBOX"),
		.uidvalidity = 1,
		.uid = (uint32_t)one};
	ck_assert_int_eq(index_find_place(made.index, &place, &seq, &err), 1);
	ck_assert_uint_eq(seq, one);
	place.uidvalidity = 2;
	ck_assert_int_eq(index_find_place(made.index, &place, &seq, &err), 0);
	ck_assert_int_eq(sha256_of(STR("1"), &sum, &err), 0);
	ck_assert_int_eq(index_find_octets(made.index, STR("studio"), &sum, &seq, &err), 1);
	ck_assert_uint_eq(seq, one);
	ck_assert_int_eq(index_find_octets(made.index, STR("home"), &sum, &seq, &err), 0);
}
END_TEST

START_TEST(the_newest_record_of_a_type_is_known)
{
	uint64_t seq;
	struct error err = {0};
	ck_assert_int_eq(index_newest(made.index, RECORD_RULES, &seq, &err), 0);
	add_plain(&made, RECORD_RULES);
	uint64_t newer = add_plain(&made, RECORD_RULES);
	add_plain(&made, RECORD_CALENDAR);
	ck_assert_int_eq(index_newest(made.index, RECORD_RULES, &seq, &err), 1);
	ck_assert_uint_eq(seq, newer);
}
END_TEST

START_TEST(the_newest_judgement_is_in_force_and_marks_survive_it)
{
	uint64_t of = add_message(&made, &jane);
	const struct verdict_given first = {.of = of,
		.period = "working",
		.at = jane.at,
		.findings = {"urgency/now urgency 3", "insult/work insult 2"}};
	const struct verdict_given second = {.of = of,
		.period = "night",
		.at = jane.at,
		.findings = {"urgency/now urgency 1", "request/ask request 1"}};
	add_findings(&made, &first, 1);
	add_mark(&made, of, "wrong", "urgency/now", NULL, "no hurry at all");
	add_mark(&made, of, "agreed", "insult/work", NULL, NULL);
	uint64_t newer = add_findings(&made, &second, 1);
	struct indexed_message m = message(of);
	ck_assert(m.judged);
	ck_assert_uint_eq(m.findings_seq, newer);
	ck_assert_uint_eq(m.rules_seq, 1);
	ck_assert_int_eq(m.judgement.mine.period, PERIOD_NIGHT);
	ck_assert_uint_eq(m.finding_count, 1);
	ck_assert_int_eq(m.findings[0].finding.severity, 1);
	ck_assert_int_eq(m.findings[0].mark, MARK_WRONG);
	ck_assert(str_eq(m.findings[0].note, STR("no hurry at all")));
	ck_assert_uint_eq(m.marker_count, 1);
	forget_message(&m);
	struct buf found = found_by(&made, "sign:insult", NULL);
	ck_assert_str_eq(buf_cstr(&found), "");
	buf_finish(&found);
}
END_TEST

START_TEST(the_last_mark_counts_and_a_note_takes_nothing_back)
{
	uint64_t of = add_message(&made, &jane);
	const struct verdict_given v = {.of = of,
		.period = "working",
		.at = jane.at,
		.findings = {"urgency/now urgency 3"}};
	add_findings(&made, &v, 1);
	add_mark(&made, of, "wrong", "urgency/now", NULL, NULL);
	add_mark(&made, of, "right", "urgency/now", NULL, NULL);
	add_mark(&made, of, "note", "urgency/now", NULL, "think again");
	add_mark(&made, of, "agreement", NULL, "scope", NULL);
	add_mark(&made, of, "note", NULL, NULL, "first mail");
	struct indexed_message m = message(of);
	ck_assert_int_eq(m.findings[0].mark, MARK_RIGHT);
	ck_assert(str_eq(m.findings[0].note, STR("think again")));
	ck_assert_uint_eq(m.tags.count, 2);
	ck_assert(str_eq(m.tags.items[0], STR("scope")));
	ck_assert(str_eq(m.tags.items[1], STR("first mail")));
	forget_message(&m);
}
END_TEST

START_TEST(a_message_may_become_another_clients_too)
{
	uint64_t of = add_message(&made, &jane);
	add_message(&made, &(struct given){"beta", .at = "2026-01-06T10:00:00Z"});
	add_peer(&made, of, "beta");
	struct indexed_message m = message(of);
	ck_assert(str_eq(m.client, STR("acme")));
	ck_assert_uint_eq(m.clients.count, 2);
	ck_assert(str_eq(m.clients.items[0], STR("acme")));
	ck_assert(str_eq(m.clients.items[1], STR("beta")));
	forget_message(&m);
	struct buf found = found_by(&made, "client:beta", NULL);
	ck_assert_str_eq(buf_cstr(&found), "1 2");
	buf_finish(&found);
}
END_TEST

START_TEST(what_is_said_of_an_erased_message_is_passed_over)
{
	const struct verdict_given v = {.of = 77,
		.period = "working",
		.at = jane.at,
		.findings = {"urgency/now urgency 3"}};
	struct error err = {0};
	struct buf dump = {0};
	add_findings(&made, &v, 1);
	add_mark(&made, 77, "wrong", "urgency/now", NULL, NULL);
	add_peer(&made, 77, "acme");
	struct client_summary sum;
	ck_assert_int_eq(index_client(made.index, STR("acme"), INT64_MAX, &sum, &err), 0);
	ck_assert_uint_eq(sum.messages, 0);
	struct buf found = found_by(&made, "", NULL);
	ck_assert_str_eq(buf_cstr(&found), "");
	buf_finish(&found);
	struct strs clients;
	struct arena names = {0};
	ck_assert_int_eq(index_clients(made.index, &names, &clients, &err), 0);
	ck_assert_uint_eq(clients.count, 0);
	arena_finish(&names);
	buf_finish(&dump);
}
END_TEST

#define SEQUENCE_BLOB(client, sequence)                                                            \
	"{\"rules\":\"E-1\",\"messages\":[],\"client\":" client ",\"sequence\":" sequence "}"
#define GOOD_SEQUENCE                                                                              \
	"{\"at\":\"2026-01-05T10:00:00Z\",\"absence\":false,\"members\":[\"E-1\"],\"finding\":{"   \
	"\"rule\":\"a/b\",\"rule_hash\":\"00\",\"sign\":\"urgency\",\"severity\":2,"               \
	"\"status\":\"live\",\"unsure\":false,\"text\":\"2 messages\",\"why\":\"why\"}}"

START_TEST(a_record_that_does_not_fit_leaves_no_trace)
{
	struct error err = {0};
	struct buf before = {0}, after = {0};
	add_message(&made, &jane);
	ck_assert_int_eq(index_dump(made.index, &before, &err), 0);
	static const struct {
		enum record_type type;
		const char *of, *mark, *blob;
	} bad[] = {
		{RECORD_FINDINGS, NULL, NULL, "not json"},
		{RECORD_FINDINGS, NULL, NULL, "{}"},
		{RECORD_FINDINGS, NULL, NULL, "{\"rules\":\"E-1\",\"messages\":[{}]}"},
		{RECORD_FINDINGS, NULL, NULL,
			"{\"rules\":\"E-1\",\"messages\":[{\"of\":\"E-1\",\"judgement\":5}]}"},
		{RECORD_FINDINGS, NULL, NULL, SEQUENCE_BLOB("null", "5")},
		{RECORD_FINDINGS, NULL, NULL, SEQUENCE_BLOB("\"acme\"", "{}")},
		{RECORD_FINDINGS, NULL, NULL,
			SEQUENCE_BLOB("\"acme\"",
				"{\"at\":\"2026-01-05T10:00:00Z\",\"absence\":false,"
				"\"members\":[],\"finding\":{}}")},
		{RECORD_FINDINGS, NULL, NULL, SEQUENCE_BLOB("\"acme\"", GOOD_SEQUENCE) "x"},
		{RECORD_FINDINGS, NULL, NULL,
			"{\"rules\":\"E-1\",\"messages\":[],\"client\":\"acme\",\"replaces\":5,"
			"\"sequence\":" GOOD_SEQUENCE "}"},
		{RECORD_FINDINGS, NULL, NULL,
			"{\"rules\":\"E-1\",\"messages\":[],\"withdrawn\":[\"E-2\",\"x\"]}"},
		{RECORD_MARK, "E-1", "splendid", NULL},
		{RECORD_MARK, NULL, "wrong", NULL},
		{RECORD_MARK, "E-1", "wrong", "not json"},
		{RECORD_MESSAGE, NULL, NULL, NULL},
		{RECORD_PEER, NULL, NULL, NULL},
		{RECORD_IMPORT, NULL, NULL, NULL},
		{RECORD_IMPORT, "E-1", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		enum error_kind kind =
			add_bad(&made, bad[i].type, bad[i].of, bad[i].mark, bad[i].blob);
		ck_assert_msg(kind == ERROR_INTEGRITY, "row %zu: %d", i, kind);
	}
	ck_assert_int_eq(index_dump(made.index, &after, &err), 0);
	ck_assert_str_eq(buf_cstr(&before), buf_cstr(&after));
	buf_finish(&before);
	buf_finish(&after);
}
END_TEST

/* Two clients, two judgements, marks, a peer, a gap. */
static void add_all(void)
{
	const struct given second = {"acme,beta", .out = true, .at = "2026-01-06T23:00:00Z",
		.subject = "line\\none", .text = "a|b\nc"};
	uint64_t one = add_message(&made, &jane), two = add_message(&made, &second);
	const struct verdict_given v[] = {
		{.of = one,
			.period = "working",
			.at = jane.at,
			.findings = {"urgency/now urgency 3"}},
		{.of = two, .period = "night", .at = second.at, .findings = {"a/b apology 1"}},
	};
	add_findings(&made, v, 2);
	add_mark(&made, one, "wrong", "urgency/now", NULL, "why");
	add_gap(&made,
		&(struct gap){.kind = GAP_RENUMBERED,
			.account = STR("studio"),
			.folder = STR("INBOX"),
			.uidvalidity_before = 1,
			.uidvalidity = 2});
	add_gap(&made,
		&(struct gap){.kind = GAP_RESTORED,
			.account = STR("studio"),
			.folder = STR("INBOX"),
			.uidvalidity = 17,
			.uid = 2});
	add_findings(&made, v, 1);
	add_peer(&made, one, "beta");
}

START_TEST(folding_again_gives_the_same_rows)
{
	struct error err = {0};
	struct buf live = {0}, again = {0};
	add_all();
	ck_assert_int_eq(index_dump(made.index, &live, &err), 0);
	ck_assert_int_eq(index_begin(made.index, &err), 0);
	ck_assert_int_eq(index_clear(made.index, &err), 0);
	ck_assert_int_eq(index_commit(made.index, &err), 0);
	made.last = 0;
	for (size_t i = 0; i < 8; i++)
		made.peer_last[i] = 0;
	ck_assert_int_eq(index_dump(made.index, &again, &err), 0);
	ck_assert_str_eq(buf_cstr(&again), "");
	add_all();
	ck_assert_int_eq(index_dump(made.index, &again, &err), 0);
	ck_assert_str_eq(buf_cstr(&live), buf_cstr(&again));
	buf_finish(&live);
	buf_finish(&again);
}
END_TEST

START_TEST(a_record_is_folded_once)
{
	add_plain(&made, RECORD_KEY);
	made.last = 0;
	ck_assert_int_ne(add_bad(&made, RECORD_KEY, NULL, NULL, NULL), ERROR_NONE);
}
END_TEST

Suite *fold_suite(void)
{
	Suite *suite = suite_create("index: records");
	TCase *tests = tcase_create("records");
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, a_message_comes_back_as_it_went_in);
	tcase_add_test(tests, what_is_no_message_is_not_found);
	tcase_add_test(tests, places_and_octets_are_found);
	tcase_add_test(tests, the_newest_record_of_a_type_is_known);
	tcase_add_test(tests, the_newest_judgement_is_in_force_and_marks_survive_it);
	tcase_add_test(tests, the_last_mark_counts_and_a_note_takes_nothing_back);
	tcase_add_test(tests, a_message_may_become_another_clients_too);
	tcase_add_test(tests, what_is_said_of_an_erased_message_is_passed_over);
	tcase_add_test(tests, a_record_that_does_not_fit_leaves_no_trace);
	tcase_add_test(tests, folding_again_gives_the_same_rows);
	tcase_add_test(tests, a_record_is_folded_once);
	suite_add_tcase(suite, tests);
	return suite;
}
