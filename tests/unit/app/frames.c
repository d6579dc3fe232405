/* What a fetcher may say: one that has been taken over gets nothing stored and stops nobody. */
#include "app_test.h"
#include "archive/archive.h"
#include "base/limits.h"
#include "channel.h"
#include "config/config.h"
#include "keeper_state.h"
#include "model/gap.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct world world;
static struct keeper keeper;
static struct account_link link_of_test;
static const struct account account = {.name = {"studio", 6}};
static const struct keeper_plan plan;

static void make(void)
{
	make_world(&world);
	link_of_test = (struct account_link){.account = &account};
	keeper = (struct keeper){.plan = &plan, .store = world.store};
	keeper.crew.readers = world.readers;
	keeper.crew.links = &link_of_test;
	keeper.crew.link_count = 1;
}

static void drop(void)
{
	readers_free(world.readers);
	world.readers = NULL;
	queue_finish(&link_of_test.queue);
	drop_world(&world);
}

static struct fetcher_outcome hear(const char *verb, const char *head, struct str payload)
{
	struct frame frame = {.head = str_from(head), .payload = payload};
	struct fetcher_outcome outcome = {0};
	struct error err = {0};
	ck_assert_int_lt(snprintf(frame.verb, sizeof(frame.verb), "%s", verb), 16);
	ck_assert_msg(keeper_take_frame(&keeper, &link_of_test, &frame, &outcome, &err) == 0,
		"%s %s: %s", verb, head, err.text);
	return outcome;
}

#define PLACE "\"folder\":\"INBOX\",\"uidvalidity\":1,\"uid\":5,\"size\":3"

START_TEST(frames_that_do_not_keep_to_the_form_end_their_fetcher)
{
	static const struct {
		const char *verb, *head;
	} bad[] = {
		{"message", ""},
		{"message", "not json"},
		{"message", "{}"},
		{"message", "{\"uidvalidity\":1,\"uid\":5,\"size\":3,\"state\":0}"},
		{"message", "{\"folder\":\"\",\"uidvalidity\":1,\"uid\":5,\"size\":3,\"state\":0}"},
		{"message",
			"{\"folder\":\"A\",\"uidvalidity\":1,\"uid\":0,\"size\":3,\"state\":0}"},
		{"message",
			"{\"folder\":\"A\",\"uidvalidity\":0,\"uid\":5,\"size\":3,\"state\":0}"},
		{"message",
			"{\"folder\":\"A\",\"uidvalidity\":1,\"uid\":5,\"size\":-3,\"state\":0}"},
		{"message",
			"{\"folder\":\"A\",\"uidvalidity\":1,\"uid\":4294967296,\"size\":3,\"state\":0}"},
		{"message", "{" PLACE "}"},
		{"message", "{" PLACE ",\"state\":9}"},
		{"message", "{" PLACE ",\"state\":-1}"},
		{"message", "{" PLACE ",\"state\":0,\"pieces\":true}"},
		{"position", "{}"},
		{"position", "{\"folder\":\"INBOX\",\"uidvalidity\":0,\"next\":4}"},
		{"position", "{\"folder\":\"INBOX\",\"uidvalidity\":1,\"next\":0}"},
		{"census", "{}"},
		{"census", "{\"folder\":\"INBOX\",\"uidvalidity\":1,\"from\":4,\"next\":4}"},
		{"ack", "{}"},
		{"nonsense", "{}"},
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct fetcher_outcome outcome = hear(bad[i].verb, bad[i].head, STR("abc"));
		ck_assert_msg(outcome.bad, "row %zu: %s %s", i, bad[i].verb, bad[i].head);
		ck_assert_int_eq(outcome.why.kind, ERROR_INPUT);
	}
	/* nothing of it waits for a reader, or is stored */
	ck_assert_uint_eq(readers_pending(world.readers), 0);
	uint64_t last = archive_last(world.store->archive);
	struct error err = {0};
	ck_assert_int_eq(keeper_commit(&keeper, &err), 0);
	ck_assert_uint_eq(link_of_test.queue.count, 0);
	ck_assert_uint_eq(archive_last(world.store->archive), last);
}
END_TEST

START_TEST(a_folder_with_an_endless_name_ends_its_fetcher)
{
	struct buf head = {0};
	buf_add_cstr(&head, "{\"folder\":\"");
	for (size_t i = 0; i < LIMIT_RECORD; i++)
		buf_add_char(&head, 'x');
	buf_add_cstr(&head, "\",\"uidvalidity\":1,\"uid\":5,\"size\":3,\"state\":0,\"next\":6}");
	ck_assert(hear("message", buf_cstr(&head), STR("abc")).bad);
	ck_assert(hear("position", buf_cstr(&head), (struct str){0}).bad);
	buf_finish(&head);
}
END_TEST

START_TEST(a_fetcher_that_waits_for_no_acknowledgement_is_ended)
{
	struct buf octets = {0};
	unsigned sent = 0;
	while (octets.len < MIB)
		buf_add_cstr(&octets, "Subject: a mail of nobody's\r\n");
	while (!hear("message", "{" PLACE ",\"state\":0}", buf_str(&octets)).bad)
		ck_assert_uint_lt(++sent, 100);
	ck_assert_uint_ge(sent, LIMIT_QUEUE_BYTES / octets.len);
	buf_finish(&octets);
}
END_TEST

START_TEST(rounds_end_well_or_with_their_reason)
{
	struct fetcher_outcome outcome = hear("done", "{\"capabilities\":\"IDLE\"}", STR(""));
	ck_assert(outcome.over && !outcome.bad && !outcome.why.kind);
	ck_assert_str_eq(link_of_test.capabilities, "IDLE");
	outcome = hear("failed", "{\"kind\":4,\"text\":\"no \\u001b[31m\"}", STR(""));
	ck_assert(outcome.over && !outcome.bad);
	ck_assert_int_eq(outcome.why.kind, 4);
	ck_assert_ptr_null(strchr(outcome.why.text, 0x1b));
	outcome = hear("failed", "{\"kind\":999}", STR(""));
	ck_assert_int_eq(outcome.why.kind, ERROR_SYSTEM);
	outcome = hear("failed", "{\"kind\":0}", STR(""));
	ck_assert_int_eq(outcome.why.kind, ERROR_SYSTEM);
}
END_TEST

START_TEST(mail_of_strangers_moves_the_position_and_nothing_else)
{
	struct arena arena = {0};
	struct position p;
	struct error err = {0};
	struct fetcher_outcome outcome = hear("position",
		"{\"folder\":\"INBOX\",\"uidvalidity\":1,\"next\":6,\"complete\":false}", STR(""));
	ck_assert(!outcome.bad);
	ck_assert(keeper_has_batch(&keeper));
	uint64_t last = archive_last(world.store->archive);
	ck_assert_int_eq(keeper_commit(&keeper, &err), 0);
	ck_assert_uint_eq(archive_last(world.store->archive), last);
	ck_assert_int_eq(archive_position(world.store->archive, account.name, STR("INBOX"), &arena,
				 &p, &err),
		1);
	ck_assert_uint_eq(p.next_uid, 6);
	ck_assert_uint_eq(p.watched.len, 0);
	arena_finish(&arena);
}
END_TEST

START_TEST(only_a_whole_look_widens_what_was_looked_for)
{
	struct arena arena = {0};
	struct position p;
	struct error err = {0};
	struct str watched[] = {STR("@acme.example"), STR("@b.example")};
	keeper.crew.watched = watched;
	keeper.crew.watched_count = 1;
	hear("position", "{\"folder\":\"A\",\"uidvalidity\":1,\"next\":6,\"complete\":true}",
		STR(""));
	ck_assert_int_eq(keeper_commit(&keeper, &err), 0);
	keeper.crew.watched_count = 2;
	hear("position", "{\"folder\":\"A\",\"uidvalidity\":1,\"next\":9,\"complete\":false}",
		STR(""));
	ck_assert_int_eq(keeper_commit(&keeper, &err), 0);
	archive_position(world.store->archive, account.name, STR("A"), &arena, &p, &err);
	ck_assert_uint_eq(p.next_uid, 9);
	ck_assert(str_eq(p.watched, STR("@acme.example\n")));
	/* in a folder that was made anew, nothing was looked for */
	hear("position", "{\"folder\":\"A\",\"uidvalidity\":2,\"next\":3,\"complete\":false}",
		STR(""));
	ck_assert_int_eq(keeper_commit(&keeper, &err), 0);
	archive_position(world.store->archive, account.name, STR("A"), &arena, &p, &err);
	ck_assert_uint_eq(p.watched.len, 0);
	arena_finish(&arena);
}
END_TEST

/* Jane's mails with the UIDs 1 to count, and the position behind them. */
static void store_mails(unsigned count)
{
	struct error err = {0};
	char head[200];
	keeper.book = world.book;
	readers_listen(world.readers, keeper_on_read, &keeper);
	for (unsigned uid = 1; uid <= count; uid++) {
		snprintf(head, sizeof(head), "number %u", uid);
		struct buf mail = mail_from("jane@acme.example", head);
		snprintf(head, sizeof(head),
			"{\"folder\":\"INBOX\",\"uidvalidity\":1,\"uid\":%u,\"size\":3,\"state\":0}",
			uid);
		ck_assert(!hear("message", head, buf_str(&mail)).bad);
		buf_finish(&mail);
	}
	snprintf(head, sizeof(head), "{\"folder\":\"INBOX\",\"uidvalidity\":1,\"next\":%u}",
		count + 1);
	hear("position", head, STR(""));
	while (readers_pending(world.readers)) {
		ck_assert_int_eq(readers_turn(world.readers, &err), 0);
		usleep(1000);
	}
	ck_assert_msg(keeper_commit(&keeper, &err) == 0, "%s", err.text);
	ck_assert_uint_eq(keeper.stored, count);
}

/* What a census of the UIDs 1 to 5 makes vanish, "2 3 ". */
static struct buf vanished_by(const char *present, const char *more, bool *is_bad)
{
	struct buf head = {0}, out = {0};
	struct record record;
	struct gap gap;
	uint64_t last = archive_last(world.store->archive);
	buf_add_format(
		&head, "{\"folder\":\"INBOX\",\"from\":1,\"next\":6,\"last\":true,%s}", more);
	*is_bad = hear("census", buf_cstr(&head), str_from(present)).bad;
	record_init(&record);
	while (archive_record_at(world.store->archive, last + 1, &record, NULL) > 0) {
		ck_assert_int_eq(gap_read(&record, &gap, NULL), 0);
		ck_assert_int_eq(gap.kind, GAP_VANISHED);
		buf_add_format(&out, "%u ", gap.uid);
		last = record.seq;
	}
	record_finish(&record);
	buf_finish(&head);
	return out;
}

START_TEST(what_a_census_does_not_find_has_vanished_once)
{
	static const struct {
		const char *present, *more, *want;
		bool bad;
	} rows[] = {
		{"1:5", "\"uidvalidity\":1", "", false},
		{"1,2,3,4,5,9", "\"uidvalidity\":1", "", false},
		{"", "\"uidvalidity\":2", "", false},
		{"5:1", "\"uidvalidity\":1", "", true},
		{"1,1", "\"uidvalidity\":1", "", true},
		{"2,1", "\"uidvalidity\":1", "", true},
		{"0:5", "\"uidvalidity\":1", "", true},
		{"1:4294967296", "\"uidvalidity\":1", "", true},
		{"1:x", "\"uidvalidity\":1", "", true},
		{"1,4:5", "\"uidvalidity\":1", "2 3 ", false},
		{"1,4", "\"uidvalidity\":1", "5 ", false},
		{"", "\"uidvalidity\":1", "1 4 ", false},
		{"", "\"uidvalidity\":1", "", false},
	};
	store_mails(5);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool is_bad;
		struct buf got = vanished_by(rows[i].present, rows[i].more, &is_bad);
		ck_assert_msg(is_bad == rows[i].bad, "row %zu", i);
		ck_assert_msg(
			!strcmp(buf_cstr(&got), rows[i].want), "row %zu: %s", i, buf_cstr(&got));
		buf_finish(&got);
	}
	ck_assert(!watching_census_due(&keeper, account.name, STR("INBOX"), 1));
	ck_assert(watching_census_due(&keeper, account.name, STR("INBOX"), 2));
	ck_assert(watching_census_due(&keeper, account.name, STR("Other"), 1));
	watching_finish(&keeper.watching);
}
END_TEST

Suite *frames_suite(void)
{
	Suite *suite = suite_create("app: frames");
	TCase *tests = tcase_create("frames");
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, frames_that_do_not_keep_to_the_form_end_their_fetcher);
	tcase_add_test(tests, a_folder_with_an_endless_name_ends_its_fetcher);
	tcase_add_test(tests, a_fetcher_that_waits_for_no_acknowledgement_is_ended);
	tcase_add_test(tests, rounds_end_well_or_with_their_reason);
	tcase_add_test(tests, mail_of_strangers_moves_the_position_and_nothing_else);
	tcase_add_test(tests, only_a_whole_look_widens_what_was_looked_for);
	tcase_add_test(tests, what_a_census_does_not_find_has_vanished_once);
	suite_add_tcase(suite, tests);
	return suite;
}
