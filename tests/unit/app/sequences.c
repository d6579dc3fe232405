/* What sequences find is appended once, taken back when it no longer holds, and made anew from the
   archive. */
#include "app/erase.h"
#include "base/limits.h"
#include "config/config.h"
#include "findings.h"
#include "sequence_world.h"
#include <sqlite3.h>

START_TEST(what_is_found_is_appended_once)
{
	nag();
	expect("");
	ck_assert_uint_eq(look("2026-01-05T12:00:00Z").gained, 1);
	expect(NAGGING);
	uint64_t last = archive_last(world.store->archive);
	ck_assert_uint_eq(look("2026-01-05T12:00:00Z").gained, 0);
	ck_assert_uint_eq(look("2026-02-05T12:00:00Z").gained, 0);
	ck_assert_uint_eq(archive_last(world.store->archive), last);
	expect_reindexed();
	expect(NAGGING);
}
END_TEST

START_TEST(a_reply_that_comes_in_late_takes_it_back)
{
	nag();
	look("2026-01-05T12:00:00Z");
	uint64_t seq = newest_sequence();
	come("2026-01-05T10:30:00Z", "me: On my way.");
	struct sequences_outcome outcome = look("2026-01-05T13:00:00Z");
	ck_assert_uint_eq(outcome.lost, 1);
	expect("");
	struct arena arena = {0};
	struct indexed_sequence s;
	struct error err = {0};
	ck_assert_int_eq(index_sequence(world.store->index, seq, &arena, &s, &err), 1);
	ck_assert_uint_eq(s.withdrawn, archive_last(world.store->archive));
	arena_finish(&arena);
	expect_reindexed();
}
END_TEST

START_TEST(order_of_arrival_does_not_matter)
{
	static const struct {
		const char *at, *words;
	} mails[] = {
		{"2026-01-05T08:00:00Z", "Right now."},
		{"2026-01-05T09:00:00Z", "Do it right now!"},
		{"2026-01-05T10:00:00Z", "me: This is a payment reminder."},
		{"2026-01-14T09:00:00Z", "Do it right now."},
		{"2026-01-14T10:00:00Z", "Right now, please."},
		{"2026-01-14T10:05:00Z", "Right now!"},
	};
	static const size_t orders[][6] = {
		{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {3, 0, 5, 2, 4, 1}, {2, 5, 1, 3, 0, 4}};
	for (size_t o = 0; o < 4; o++) {
		if (o)
			make_sequences();
		for (size_t i = 0; i < 6; i++) {
			come(mails[orders[o][i]].at, mails[orders[o][i]].words);
			look("2026-01-20T09:00:00Z"); /* each as it comes */
		}
		expect("late-payment/silence 2026-01-12T10:00:00Z of 10:00; "
		       "urgency/nagging 2026-01-14T10:05:00Z of 09:00 10:00 10:05");
		expect_reindexed();
		if (o < 3)
			drop_sequences();
	}
}
END_TEST

START_TEST(what_is_marked_wrong_is_part_of_nothing)
{
	nag();
	uint64_t fourth = come("2026-01-05T11:30:00Z", "Right now!");
	look("2026-01-05T12:00:00Z");
	mark(fourth, "urgency/now", MARK_WRONG);
	ck_assert_uint_eq(look("2026-01-05T12:00:00Z").lost, 0);
	expect(NAGGING);
	uint64_t fifth = come("2026-01-05T08:00:00Z", "It is needed right now.");
	mark(fifth, "urgency/now", MARK_AGREED);
	look("2026-01-05T12:00:00Z");
	expect(NAGGING);
	mark(fifth, "urgency/now", MARK_RIGHT);
	look("2026-01-05T12:00:00Z");
	expect("urgency/nagging 2026-01-05T10:00:00Z of 08:00 09:00 10:00");
	expect_reindexed();
}
END_TEST

START_TEST(a_mark_goes_on_to_what_takes_its_place)
{
	nag();
	look("2026-01-05T12:00:00Z");
	mark(newest_sequence(), "urgency/nagging", MARK_WRONG);
	expect(NAGGING " wrong");
	come("2026-01-05T08:00:00Z", "It is needed right now.");
	struct sequences_outcome outcome = look("2026-01-05T12:00:00Z");
	ck_assert_uint_eq(outcome.gained, 1);
	ck_assert_uint_eq(outcome.lost, 0);
	expect("urgency/nagging 2026-01-05T10:00:00Z of 08:00 09:00 10:00 wrong");
	expect_reindexed();
	expect("urgency/nagging 2026-01-05T10:00:00Z of 08:00 09:00 10:00 wrong");
}
END_TEST

START_TEST(what_was_replaced_holds_again_when_what_replaced_it_is_erased)
{
	struct erase_outcome outcome;
	struct error err = {0};
	nag();
	look("2026-01-05T12:00:00Z");
	mark(newest_sequence(), "urgency/nagging", MARK_AGREED);
	uint64_t early = come("2026-01-05T08:00:00Z", "It is needed right now.");
	look("2026-01-05T12:00:00Z");
	expect("urgency/nagging 2026-01-05T10:00:00Z of 08:00 09:00 10:00 agreed");
	uint64_t carried = archive_last(world.store->archive);
	struct buf body = {0};
	ck_assert_int_eq(archive_record_body(world.store->archive, carried, &body, &err), 1);
	const struct erase_plan plan = {.seqs = &early, .count = 1, .by = STR("me")};
	ck_assert_msg(store_erase(world.store, &plan, &outcome, &err) == 0, "%s", err.text);
	expect(NAGGING " agreed");
	/* what was said of it goes with it */
	ck_assert_int_eq(archive_record_body(world.store->archive, carried, &body, &err), 0);
	buf_finish(&body);
	ck_assert_uint_eq(look("2026-01-05T12:00:00Z").gained, 0);
	expect_reindexed();
	expect(NAGGING " agreed");
}
END_TEST

START_TEST(a_copy_of_a_message_does_not_count)
{
	/* the same words to another address of mine: another account's, a minute later */
	come("2026-01-05T09:00:00Z", "Do it right now.");
	come("2026-01-05T10:00:00Z", "Do it right now.");
	struct buf mail = {0};
	struct error err = {0};
	buf_add_cstr(&mail,
		"From: jane@acme.example\r\nTo: anna@studio.example\r\nSubject: Logo\r\n"
		"Message-ID: <2026-01-05T10:00:00Z@mail.example>\r\n\r\nDo it right now. (copy)\r\n");
	struct raw raw = raw_of(&mail, "home", 1);
	static const struct known unknown;
	struct reading reading;
	raw.internal_at_us = at_of("2026-01-05T10:01:00Z");
	reading_init(&reading);
	ck_assert_int_eq(
		pipeline_read(world.book, &raw, &unknown, READ_JUDGEMENT, &reading, &err), 0);
	const struct entry entry = {.raw = &raw, .reading = &reading};
	const struct batch batch = {.entries = &entry, .entry_count = 1};
	size_t stored;
	ck_assert_int_eq(store_batch(world.store, &batch, &stored, &err), 0);
	ck_assert_uint_eq(stored, 1);
	reading_finish(&reading);
	buf_finish(&mail);
	look("2026-01-05T12:00:00Z");
	expect("");
}
END_TEST

START_TEST(a_command_that_knows_less_takes_no_absence_back)
{
	come("2026-01-05T09:00:00Z", "me: This is a payment reminder.");
	look("2026-01-20T09:00:00Z");
	expect("late-payment/silence 2026-01-12T09:00:00Z of 09:00");
	struct sequences_outcome outcome = look("2026-01-06T09:00:00Z");
	ck_assert_uint_eq(outcome.lost, 0);
	come("2026-01-11T09:00:00Z", "It went out today.");
	look("2026-01-06T09:00:00Z");
	expect("");
}
END_TEST

START_TEST(a_sequence_that_is_gone_leaves_its_findings_until_all_is_judged_again)
{
	nag();
	look("2026-01-05T12:00:00Z");
	store_close(world.store);
	world.store = NULL;
	readers_free(world.readers);
	rulebook_free(world.book);
	make_sequences_of("# none\n");
	look("2026-01-05T13:00:00Z");
	expect(NAGGING);
	ck_assert_uint_eq(look_with("2026-01-05T13:00:00Z", true).lost, 1);
	expect("");
	expect_reindexed();
}
END_TEST

START_TEST(the_silence_of_one_who_is_a_client_no_more_says_nothing)
{
	come("2026-01-05T09:00:00Z", "me: This is a payment reminder.");
	struct client client = world.book->config->clients[0];
	world.book->config->clients[0].id = STR("other");
	struct sequences_outcome outcome = look("2026-02-05T12:00:00Z");
	ck_assert(!outcome.has_due);
	expect("");
	world.book->config->clients[0] = client;
	look("2026-02-05T12:00:00Z");
	expect("late-payment/silence 2026-01-12T09:00:00Z of 09:00");
	world.book->config->clients[0].id = STR("other");
	ck_assert_uint_eq(look("2026-02-05T12:00:00Z").lost, 0);
	world.book->config->clients[0] = client;
}
END_TEST

START_TEST(the_risk_and_the_figures_know_of_it)
{
	struct arena arena = {0};
	struct risk_history history;
	struct client_summary sum;
	struct error err = {0};
	nag();
	look("2026-01-05T12:00:00Z");
	ck_assert_int_eq(index_history(world.store->index, STR("acme"), &arena, &history, &err), 0);
	struct findings_got got = findings_of(&history);
	const struct risk_finding *f = &got.items[got.count - 1];
	ck_assert(str_eq(f->rule, STR("urgency/nagging")));
	ck_assert_uint_eq(f->evidence, newest_sequence());
	ck_assert_int_eq(f->day, at_of("2026-01-05T00:00:00Z") / DAY_US);
	ck_assert_int_eq(index_client(world.store->index, STR("acme"), INT64_MAX, &sum, &err), 0);
	ck_assert_uint_eq(sum.findings[SIGN_URGENCY], 4);
	mark(newest_sequence(), "urgency/nagging", MARK_AGREED);
	ck_assert_int_eq(index_client(world.store->index, STR("acme"), INT64_MAX, &sum, &err), 0);
	ck_assert_uint_eq(sum.findings[SIGN_URGENCY], 3);
	arena_finish(&arena);
}
END_TEST

START_TEST(a_promise_is_broken_when_the_day_that_its_words_name_has_passed)
{
	/* a Monday; in Stockholm the Friday ends at 23:00 UTC */
	come("2026-01-05T09:00:00Z", "We will pay by Friday.");
	ck_assert_int_eq(look("2026-01-09T22:59:59Z").due_us, at_of("2026-01-09T23:00:00Z"));
	expect("");
	look("2026-01-09T23:00:00Z");
	expect("late-payment/broken 2026-01-09T23:00:00Z of 09:00");
	expect_reindexed();
}
END_TEST

/* As many copies of a message, each four minutes older than the one before, as the index would have
   of so much mail. */
static void add_older(uint64_t seq, int count)
{
	struct buf path = {0}, sql = {0};
	sqlite3 *db = NULL;
	char *why = NULL;
	buf_add_format(&path, "%.*s/index.db", STR_ARG(world.book->config->archive));
	buf_add_format(&sql,
		"PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
		"CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1"
		" FROM c WHERE i < %d) SELECT i FROM c;"
		"INSERT INTO message SELECT 1000000 + i, client, outgoing, account, folder,"
		" uidvalidity, 1000000 + i, renumbered, file, octets, size, received, internal, date, seen,"
		" date_offset, clock, agreed, at - i * 240000000, peer, sender, recipients, subject,"
		" 'copy' || i, automatic, attachments, signed, speech FROM message, n WHERE seq = %llu;"
		"INSERT INTO peer SELECT client, 1000000 + i, number, at - i * 240000000 FROM peer, n"
		" WHERE seq = %llu;",
		count, (unsigned long long)seq, (unsigned long long)seq);
	ck_assert_int_eq(sqlite3_open(buf_cstr(&path), &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, buf_cstr(&sql), NULL, NULL, &why) == SQLITE_OK, "%s", why);
	sqlite3_close(db);
	buf_finish(&path);
	buf_finish(&sql);
}

static void expect_looked_at(uint64_t seq, const char *want)
{
	struct archive *archive = world.store->archive;
	struct record record;
	struct error err = {0};
	record_init(&record);
	ck_assert_int_eq(archive_record_at(archive, seq, &record, &err), 1);
	struct str note = record_get(&record, "looked-at", 0);
	ck_assert(want ? str_eq(note, str_from(want)) : !note.ptr);
	record_finish(&record);
}

START_TEST(of_more_mail_than_it_looks_at_the_record_says_so)
{
	struct buf want = {0};
	nag();
	look("2026-01-05T12:00:00Z");
	expect_looked_at(newest_sequence(), NULL);
	uint64_t fourth = come("2026-01-06T09:00:00Z", "Hello.");
	add_older(fourth, LIMIT_TIMELINE);
	come("2026-01-06T10:00:00Z", "Right now!");
	come("2026-01-06T11:00:00Z", "Right now!");
	come("2026-01-06T12:00:00Z", "Right now!");
	look("2026-01-06T13:00:00Z");
	expect(NAGGING "; urgency/nagging 2026-01-06T12:00:00Z of 10:00 11:00 12:00");
	buf_add_format(&want, "the newest %d messages", LIMIT_TIMELINE);
	expect_looked_at(newest_sequence(), buf_cstr(&want));
	buf_finish(&want);
}
END_TEST

Suite *sequences_suite(void)
{
	Suite *suite = suite_create("sequences");
	TCase *t = tcase_create("kept in step");
	tcase_add_checked_fixture(t, make_sequences, drop_sequences);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_is_found_is_appended_once);
	tcase_add_test(t, a_reply_that_comes_in_late_takes_it_back);
	tcase_add_test(t, order_of_arrival_does_not_matter);
	tcase_add_test(t, what_is_marked_wrong_is_part_of_nothing);
	tcase_add_test(t, a_mark_goes_on_to_what_takes_its_place);
	tcase_add_test(t, what_was_replaced_holds_again_when_what_replaced_it_is_erased);
	tcase_add_test(t, a_copy_of_a_message_does_not_count);
	tcase_add_test(t, a_command_that_knows_less_takes_no_absence_back);
	tcase_add_test(t, a_sequence_that_is_gone_leaves_its_findings_until_all_is_judged_again);
	tcase_add_test(t, the_silence_of_one_who_is_a_client_no_more_says_nothing);
	tcase_add_test(t, the_risk_and_the_figures_know_of_it);
	tcase_add_test(t, of_more_mail_than_it_looks_at_the_record_says_so);
	tcase_add_test(t, a_promise_is_broken_when_the_day_that_its_words_name_has_passed);
	suite_add_tcase(suite, t);
	return suite;
}
