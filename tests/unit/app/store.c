/* Evidence is stored once, in one transaction, and the index says the same however it came to be.
 */
#include "app/store.h"
#include "app_test.h"
#include "archive/archive.h"
#include "base/file.h"
#include "base/limits.h"
#include "index/index.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct world world;

static void make(void)
{
	make_world(&world);
}

static void drop(void)
{
	drop_world(&world);
}

/* A mail, read in process, on its way into the archive. */
struct coming {
	struct buf mail;
	struct raw raw;
	struct reading reading;
	struct entry entry;
};

static void come(struct coming *c, const char *account, uint32_t uid, const char *words)
{
	static const struct known unknown;
	struct error err = {0};
	c->mail = mail_from("Jane <jane@acme.example>", words);
	c->raw = raw_of(&c->mail, account, uid);
	reading_init(&c->reading);
	ck_assert_int_eq(
		pipeline_read(world.book, &c->raw, &unknown, READ_JUDGEMENT, &c->reading, &err), 0);
	ck_assert(c->reading.concerns);
	c->entry = (struct entry){.raw = &c->raw, .reading = &c->reading};
}

static void gone(struct coming *c)
{
	reading_finish(&c->reading);
	buf_finish(&c->mail);
}

static size_t store(const struct batch *batch)
{
	size_t stored = 99;
	struct error err = {0};
	ck_assert_msg(store_batch(world.store, batch, &stored, &err) == 0, "%s", err.text);
	return stored;
}

/* Stores one mail; how many were new. */
static size_t store_one(const char *account, uint32_t uid, const char *words)
{
	struct coming c;
	come(&c, account, uid, words);
	const struct batch batch = {.entries = &c.entry, .entry_count = 1};
	size_t stored = store(&batch);
	gone(&c);
	return stored;
}

static size_t messages(void)
{
	struct client_summary sum;
	struct error err = {0};
	ck_assert_int_eq(index_client(world.store->index, STR("acme"), INT64_MAX, &sum, &err), 0);
	return (size_t)sum.messages;
}

START_TEST(a_message_is_stored_once)
{
	ck_assert_uint_eq(store_one("studio", 1, "one"), 1);
	/* its place is known, whatever it holds now */
	ck_assert_uint_eq(store_one("studio", 1, "other"), 0);
	/* its octets are known in this account */
	ck_assert_uint_eq(store_one("studio", 2, "one"), 0);
	ck_assert_uint_eq(store_one("home", 2, "one"), 1);
	ck_assert_uint_eq(messages(), 2);
}
END_TEST

START_TEST(clocks_that_no_calendar_has_do_no_harm)
{
	static const int64_t times[] = {INT64_MAX, INT64_MIN, 0, -1,
		INT64_C(253402300799) * SECOND_US, INT64_C(-62135596800) * SECOND_US};
	struct error err = {0};
	uint32_t uid = 0;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		for (int used = 0; used < 4; used++) {
			struct coming c;
			char words[32];
			snprintf(words, sizeof(words), "mail %u", ++uid);
			come(&c, "studio", uid, words);
			c.reading.clocks.used = (enum clock_kind)used;
			c.reading.clocks.has[used] = true;
			c.reading.clocks.at_us[used] = times[i];
			const struct batch batch = {.entries = &c.entry, .entry_count = 1};
			ck_assert_uint_eq(store(&batch), 1);
			gone(&c);
		}
	struct buf live = dump_of(world.store);
	ck_assert_msg(store_reindex(world.store, NULL, &err) == 0, "%s", err.text);
	struct buf again = dump_of(world.store);
	ck_assert_str_eq(buf_cstr(&live), buf_cstr(&again));
	buf_finish(&live);
	buf_finish(&again);
}
END_TEST

START_TEST(twins_inside_a_batch_are_one)
{
	struct coming c[3];
	come(&c[0], "studio", 1, "twin");
	come(&c[1], "studio", 2, "twin");
	come(&c[2], "home", 1, "twin");
	const struct entry entries[] = {c[0].entry, c[1].entry, c[2].entry};
	const struct batch batch = {.entries = entries, .entry_count = 3};
	ck_assert_uint_eq(store(&batch), 2);
	for (size_t i = 0; i < 3; i++)
		gone(&c[i]);
}
END_TEST

START_TEST(a_stored_message_is_judged_in_the_same_transaction)
{
	struct arena arena = {0};
	struct indexed_message m;
	struct error err = {0};
	uint64_t before = archive_last(world.store->archive);
	store_one("studio", 1, "Do it right now.");
	/* the message, and what was found in it */
	ck_assert_uint_eq(archive_last(world.store->archive), before + 2);
	ck_assert_int_eq(index_message(world.store->index, before + 1, &arena, &m, &err), 1);
	ck_assert(m.judged);
	ck_assert_uint_eq(m.findings_seq, before + 2);
	ck_assert_uint_eq(m.rules_seq, world.store->rules_seq);
	bool found = false;
	for (size_t i = 0; i < m.finding_count; i++)
		found |= str_eq(m.findings[i].finding.rule, STR("urgency/now"));
	ck_assert(found);
	indexed_message_finish(&m);
	arena_finish(&arena);
}
END_TEST

START_TEST(the_position_moves_with_its_messages)
{
	struct arena arena = {0};
	struct position p;
	struct error err = {0};
	struct coming c;
	come(&c, "studio", 7, "one");
	const struct entry_position position = {STR("studio"), STR("INBOX"), 1, 8, STR("@a\n@b\n")};
	const struct batch batch = {
		.entries = &c.entry, .entry_count = 1, .positions = &position, .position_count = 1};
	ck_assert_uint_eq(store(&batch), 1);
	ck_assert_int_eq(archive_position(world.store->archive, STR("studio"), STR("INBOX"), &arena,
				 &p, &err),
		1);
	ck_assert_uint_eq(p.next_uid, 8);
	ck_assert(str_eq(p.watched, STR("@a\n@b\n")));
	gone(&c);
	arena_finish(&arena);
}
END_TEST

START_TEST(a_batch_that_cannot_be_stored_moves_no_position)
{
	struct arena arena = {0};
	struct position p;
	struct error err = {0};
	struct coming c;
	size_t stored;
	come(&c, "studio", 7, "one");
	struct buf name = {0};
	while (name.len < LIMIT_RECORD)
		buf_add_cstr(&name, "a folder");
	c.raw.place.folder = buf_str(&name);
	const struct entry_position position = {STR("studio"), STR("INBOX"), 1, 8, {0}};
	const struct batch batch = {
		.entries = &c.entry, .entry_count = 1, .positions = &position, .position_count = 1};
	uint64_t last = archive_last(world.store->archive);
	ck_assert_int_eq(store_batch(world.store, &batch, &stored, &err), -1);
	ck_assert_uint_eq(archive_last(world.store->archive), last);
	ck_assert_int_eq(archive_position(world.store->archive, STR("studio"), STR("INBOX"), &arena,
				 &p, &err),
		0);
	gone(&c);
	buf_finish(&name);
	ck_assert_uint_eq(store_one("studio", 8, "the next one"), 1);
	arena_finish(&arena);
}
END_TEST

START_TEST(a_gap_names_its_place_and_moves_on)
{
	struct coming c;
	struct record record;
	struct error err = {0};
	come(&c, "studio", 9, "gone");
	c.entry.gap = STR("poison");
	const struct batch batch = {.entries = &c.entry, .entry_count = 1};
	ck_assert_uint_eq(store(&batch), 0);
	record_init(&record);
	ck_assert_int_eq(archive_record_at(world.store->archive, archive_last(world.store->archive),
				 &record, &err),
		1);
	ck_assert_int_eq(record.type, RECORD_GAP);
	ck_assert(str_eq(record_get(&record, "account", 0), STR("studio")));
	ck_assert(str_eq(record_get(&record, "folder", 0), STR("INBOX")));
	ck_assert(str_eq(record_get(&record, "uid", 0), STR("1 9")));
	ck_assert(str_eq(record_get(&record, "why", 0), STR("poison")));
	ck_assert(!record.has_blob);
	ck_assert_uint_eq(messages(), 0);
	record_finish(&record);
	gone(&c);
}
END_TEST

/* A little of everything. */
static void store_much(void)
{
	struct coming c[3];
	struct record mark;
	struct error err = {0};
	store_one("studio", 1, "Please do it right now, and call me.");
	come(&c[0], "studio", 2, "> quoted\r\n\r\nMy answer.\r\n-- \r\nJane");
	come(&c[1], "studio", 3, "Gr\xfc\xdf\x65 \xff\xfe | line");
	come(&c[2], "studio", 4, "");
	c[1].raw.has_internal = false;
	const struct entry entries[] = {c[0].entry, c[1].entry, c[2].entry};
	const struct batch batch = {.entries = entries, .entry_count = 3};
	ck_assert_uint_eq(store(&batch), 3);
	for (size_t i = 0; i < 3; i++)
		gone(&c[i]);
	record_init(&mark);
	mark.type = RECORD_MARK;
	record_add(&mark, "of", STR("E-000003"));
	record_add(&mark, "mark", STR("wrong"));
	record_add(&mark, "rule", STR("urgency/now"));
	ck_assert_int_eq(store_append(world.store, &mark, STR("{\"note\":\"no\"}"), &err), 0);
	record_finish(&mark);
}

static void check_same(struct buf *before)
{
	struct buf after = dump_of(world.store);
	ck_assert_uint_gt(before->len, 1000);
	ck_assert_str_eq(buf_cstr(before), buf_cstr(&after));
	buf_finish(before);
	buf_finish(&after);
}

START_TEST(reindexing_gives_the_rows_that_were_made_live)
{
	struct error err = {0};
	store_much();
	struct buf live = dump_of(world.store);
	ck_assert_msg(store_reindex(world.store, NULL, &err) == 0, "%s", err.text);
	check_same(&live);
}
END_TEST

static void copy_file(const char *from, const char *to)
{
	struct buf bytes = {0};
	struct error err = {0};
	char *source = file_join(folder, from), *target = file_join(folder, to);
	ck_assert_msg(file_read(source, 1 << 30, &bytes, &err) == 0, "%s", err.text);
	ck_assert_int_eq(file_write_atomic(target, buf_str(&bytes), 0600, &err), 0);
	buf_finish(&bytes);
	free(source);
	free(target);
}

START_TEST(an_index_that_missed_a_commit_catches_up)
{
	store_one("studio", 50, "before");
	open_store_again(&world); /* its file is whole when it is closed */
	store_close(world.store);
	world.store = NULL;
	copy_file("archive/index.db", "index.old");
	open_store_again(&world);
	store_much();
	struct buf live = dump_of(world.store);
	store_close(world.store);
	world.store = NULL;
	copy_file("index.old", "archive/index.db");
	open_store_again(&world);
	check_same(&live);
}
END_TEST

START_TEST(an_index_that_is_gone_is_made_again)
{
	char *path = file_join(folder, "archive/index.db");
	store_much();
	struct buf live = dump_of(world.store);
	store_close(world.store);
	world.store = NULL;
	ck_assert_int_eq(unlink(path), 0);
	open_store_again(&world);
	check_same(&live);
	free(path);
}
END_TEST

START_TEST(an_index_of_another_archive_is_made_again)
{
	struct error err = {0};
	store_one("studio", 1, "one");
	store_close(world.store);
	world.store = NULL;
	copy_file("archive/archive.db", "archive.old");
	open_store_again(&world);
	store_one("studio", 2, "two");
	store_one("studio", 3, "three");
	store_close(world.store);
	world.store = NULL;
	/* a backup comes back, and what is written then has the numbers of what is gone */
	copy_file("archive.old", "archive/archive.db");
	open_store_again(&world);
	ck_assert_uint_eq(messages(), 1);
	store_one("studio", 4, "four");
	store_one("studio", 5, "five");
	ck_assert_uint_eq(messages(), 3);
	struct buf live = dump_of(world.store);
	ck_assert_int_eq(store_reindex(world.store, NULL, &err), 0);
	check_same(&live);
}
END_TEST

START_TEST(an_index_as_long_as_another_archive_is_made_again)
{
	char *index = file_join(folder, "archive/index.db"),
	     *archive = file_join(folder, "archive/archive.db");
	store_one("studio", 1, "one");
	store_close(world.store);
	world.store = NULL;
	copy_file("archive/index.db", "index.old");
	ck_assert_int_eq(unlink(index), 0);
	ck_assert_int_eq(unlink(archive), 0);
	open_store_again(&world);
	store_one("studio", 2, "two");
	struct buf live = dump_of(world.store);
	store_close(world.store);
	world.store = NULL;
	copy_file("index.old", "archive/index.db");
	open_store_again(&world);
	check_same(&live);
	free(index);
	free(archive);
}
END_TEST

START_TEST(two_writers_take_turns)
{
	struct world other = {.book = world.book, .readers = world.readers};
	struct error err = {0};
	struct record mark;
	store_one("studio", 1, "Do it right now.");
	open_store_again(&other);
	for (uint32_t i = 0; i < 5; i++) {
		store_one("studio", 10 + i, i % 2 ? "odd" : "even");
		record_init(&mark);
		mark.type = RECORD_MARK;
		record_add(&mark, "of", STR("E-000003"));
		record_add(&mark, "mark", STR("note"));
		ck_assert_msg(store_append(other.store, &mark, (struct str){0}, &err) == 0, "%s",
			err.text);
		record_finish(&mark);
	}
	store_one("studio", 30, "last");
	ck_assert_uint_eq(archive_last(world.store->archive), archive_last(other.store->archive));
	ck_assert_int_eq(store_catch_up(other.store, NULL, &err), 0);
	struct buf live = dump_of(other.store);
	store_close(other.store);
	ck_assert_int_eq(store_reindex(world.store, NULL, &err), 0);
	check_same(&live);
}
END_TEST

START_TEST(terms_are_recorded_when_they_change)
{
	struct error err = {0};
	uint64_t last = archive_last(world.store->archive);
	ck_assert_uint_eq(last, 2);
	ck_assert_int_eq(store_terms(world.store, world.book, NULL, &err), 0);
	ck_assert_uint_eq(archive_last(world.store->archive), last);
	struct buf config = {0};
	buf_add_cstr(&config, plain_config);
	buf_add_cstr(&config, "risk: { half_life = \"30 d\"; };");
	struct rulebook *same = make_book(buf_cstr(&config));
	ck_assert_int_eq(store_terms(world.store, same, NULL, &err), 0);
	ck_assert_uint_eq(archive_last(world.store->archive), last);
	rulebook_free(same);
	buf_finish(&config);
}
END_TEST

START_TEST(a_client_added_later_gets_its_archived_messages)
{
	struct error err = {0};
	store_one("studio", 1, "one");
	store_one("studio", 2, "two");
	struct buf config = {0};
	buf_add_str(&config, str_slice(str_from(plain_config), 0, strlen(plain_config) - 4));
	buf_add_cstr(&config, ", { id = \"jane\"; addresses = [ \"jane@acme.example\" ]; } );");
	struct rulebook *wider = make_book(buf_cstr(&config));
	readers_free(world.readers);
	ck_assert_int_eq(readers_new(wider, 1, &world.readers, &err), 0);
	world.store->readers = world.readers;
	ck_assert_msg(store_terms(world.store, wider, NULL, &err) == 0, "%s", err.text);
	struct client_summary sum;
	ck_assert_int_eq(index_client(world.store->index, STR("jane"), INT64_MAX, &sum, &err), 0);
	ck_assert_uint_eq(sum.messages, 2);
	ck_assert_uint_eq(messages(), 2);
	uint64_t last = archive_last(world.store->archive);
	ck_assert_int_eq(store_terms(world.store, wider, NULL, &err), 0);
	ck_assert_uint_eq(archive_last(world.store->archive), last);
	struct buf live = dump_of(world.store);
	ck_assert_int_eq(store_reindex(world.store, NULL, &err), 0);
	check_same(&live);
	readers_free(world.readers);
	world.readers = NULL;
	rulebook_free(wider);
	buf_finish(&config);
}
END_TEST

static bool ended;

static bool is_ended(void *context)
{
	(void)context;
	return ended;
}

/* Asked to end once something is folded. */
static void end_soon(void *context, const char *what, uint64_t done, uint64_t all)
{
	(void)what;
	ck_assert_uint_le(done, all);
	ended = true;
	*(uint64_t *)context = done;
}

START_TEST(indexing_ends_early_when_it_is_asked_to)
{
	struct error err = {0};
	uint64_t done = 0, last = 0;
	const struct store_progress progress = {.tell = end_soon, .context = &done};
	for (uint32_t i = 0; i < 50; i++) {
		char words[40];
		snprintf(words, sizeof(words), "Do it right now, for the %uth time.", i);
		store_one("studio", 1 + i, words);
	}
	struct buf live = dump_of(world.store);
	uint64_t all = archive_last(world.store->archive);
	readers_heed(world.readers, is_ended, NULL);
	ended = false;
	ck_assert_int_eq(store_reindex(world.store, &progress, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INTERRUPTED);
	ck_assert_int_eq(index_last(world.store->index, &last, &err), 0);
	ck_assert_uint_eq(last, done);
	ck_assert_uint_gt(last, 0);
	ck_assert_uint_lt(last, all);
	/* the next one goes on from there */
	ended = false;
	readers_heed(world.readers, NULL, NULL);
	done = 0;
	ck_assert_int_eq(store_catch_up(world.store, &progress, &err), 0);
	ck_assert_uint_eq(done, all - last);
	check_same(&live);
}
END_TEST

START_TEST(who_waits_for_readers_can_be_asked_to_end)
{
	struct error err = {0};
	struct buf mail = mail_from("jane@acme.example", "Do it right now.");
	const struct raw raw = raw_of(&mail, "studio", 1);
	static const struct known unknown = {0};
	struct question question = {.raw = &raw, .known = &unknown, .depth = READ_JUDGEMENT};
	reading_init(&question.answer);
	ended = true;
	readers_heed(world.readers, is_ended, NULL);
	ck_assert_int_eq(readers_ask(world.readers, &question, 1, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INTERRUPTED);
	ck_assert_uint_eq(readers_pending(world.readers), 0);
	/* and asked again later */
	ended = false;
	ck_assert_msg(readers_ask(world.readers, &question, 1, &err) == 0, "%s", err.text);
	ck_assert(question.answer.concerns);
	reading_finish(&question.answer);
	buf_finish(&mail);
}
END_TEST

/* Takes a table of the index away behind its back, that folding writes and nothing reads before. */
static void break_index(void)
{
	char *path = file_join(folder, "archive/index.db");
	sqlite3 *db = NULL;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "DROP TABLE finding", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	free(path);
}

START_TEST(a_batch_whose_index_fails_is_stored_and_told)
{
	struct error err = {0};
	struct buf mail = mail_from("jane@acme.example", "Do it right now.");
	const struct raw raw = raw_of(&mail, "studio", 7);
	static const struct known unknown = {0};
	struct question question = {.raw = &raw, .known = &unknown, .depth = READ_JUDGEMENT};
	reading_init(&question.answer);
	ck_assert_int_eq(readers_ask(world.readers, &question, 1, &err), 0);
	const struct entry entry = {.raw = &raw, .reading = &question.answer};
	uint64_t seq = 0, last = archive_last(world.store->archive);
	const struct batch batch = {.entries = &entry, .entry_count = 1, .seqs = &seq};
	size_t stored = 0;
	break_index();
	ck_assert_msg(store_batch(world.store, &batch, &stored, &err) == 0, "%s", err.text);
	ck_assert_uint_eq(stored, 1);
	ck_assert_uint_eq(seq, last + 1);
	ck_assert_int_ne(world.store->behind.kind, ERROR_NONE);
	ck_assert_uint_eq(archive_last(world.store->archive), last + 2);
	reading_finish(&question.answer);
	buf_finish(&mail);
}
END_TEST

START_TEST(reading_needs_an_archive)
{
	struct store *s = NULL;
	struct error err = {0};
	ck_assert_int_eq(store_open(folder, STORE_READ, NULL, world.readers, NULL, &s, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_NOT_FOUND);
	ck_assert_ptr_null(s);
	char *path = file_join(folder, "index.db");
	ck_assert(!file_exists(path));
	free(path);
}
END_TEST

Suite *store_suite(void)
{
	Suite *suite = suite_create("app: store");
	TCase *tests = tcase_create("store");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, a_message_is_stored_once);
	tcase_add_test(tests, clocks_that_no_calendar_has_do_no_harm);
	tcase_add_test(tests, twins_inside_a_batch_are_one);
	tcase_add_test(tests, a_stored_message_is_judged_in_the_same_transaction);
	tcase_add_test(tests, the_position_moves_with_its_messages);
	tcase_add_test(tests, a_batch_that_cannot_be_stored_moves_no_position);
	tcase_add_test(tests, a_gap_names_its_place_and_moves_on);
	tcase_add_test(tests, reindexing_gives_the_rows_that_were_made_live);
	tcase_add_test(tests, an_index_that_missed_a_commit_catches_up);
	tcase_add_test(tests, an_index_that_is_gone_is_made_again);
	tcase_add_test(tests, an_index_of_another_archive_is_made_again);
	tcase_add_test(tests, an_index_as_long_as_another_archive_is_made_again);
	tcase_add_test(tests, two_writers_take_turns);
	tcase_add_test(tests, terms_are_recorded_when_they_change);
	tcase_add_test(tests, a_client_added_later_gets_its_archived_messages);
	tcase_add_test(tests, indexing_ends_early_when_it_is_asked_to);
	tcase_add_test(tests, who_waits_for_readers_can_be_asked_to_end);
	tcase_add_test(tests, a_batch_whose_index_fails_is_stored_and_told);
	tcase_add_test(tests, reading_needs_an_archive);
	suite_add_tcase(suite, tests);
	return suite;
}
