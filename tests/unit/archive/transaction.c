/* Tests of transactions: two programs at once, failures, and nothing half. */
#include "scratch.h"
#include "suites.h"

START_TEST(a_reader_sees_only_what_is_committed)
{
	struct archive *writer = opened(ARCHIVE_CREATE);
	begin(writer);
	add_message(writer, "acme", "first");
	commit(writer);
	begin(writer);
	add_message(writer, "acme", "second");
	struct archive *reader = opened(ARCHIVE_READ);
	struct error err = {0};
	struct record r;
	record_init(&r);
	ck_assert_uint_eq(archive_last(reader), 1);
	ck_assert_int_eq(archive_record_at(reader, 2, &r, &err), 0);
	ck_assert_uint_eq(archive_last(writer), 2);
	commit(writer);
	ck_assert_uint_eq(archive_last(reader), 2);
	ck_assert_int_eq(archive_record_at(reader, 2, &r, &err), 1);
	record_finish(&r);
	archive_close(reader);
	archive_close(writer);
}
END_TEST

START_TEST(a_reader_cannot_write)
{
	archive_close(opened(ARCHIVE_CREATE));
	struct archive *reader = opened(ARCHIVE_READ);
	ck_assert_int_eq(
		sqlite3_exec(reader->db, "INSERT INTO position VALUES ('a', 'b', 1, 1, '')", NULL,
			NULL, NULL),
		SQLITE_READONLY);
	archive_close(reader);
}
END_TEST

START_TEST(the_second_writer_is_told_that_it_is_locked)
{
	struct archive *one = opened(ARCHIVE_CREATE), *two = opened(ARCHIVE_WRITE);
	struct error err = {0};
	sqlite3_busy_timeout(two->db, 0);
	begin(one);
	add_message(one, "acme", "first");
	ck_assert_int_eq(archive_begin(two, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	ck_assert_ptr_nonnull(strstr(err.text, "locked by another program"));
	commit(one);
	begin(two);
	ck_assert_uint_eq(add_message(two, "acme", "second"), 2);
	commit(two);
	archive_close(one);
	archive_close(two);
}
END_TEST

START_TEST(a_commit_that_a_reader_holds_up_is_told_so)
{
	struct archive *writer = opened(ARCHIVE_CREATE), *reader = opened(ARCHIVE_READ);
	struct error err = {0};
	sqlite3_stmt *s = NULL;
	sqlite3_busy_timeout(writer->db, 0);
	ck_assert_int_eq(
		sqlite3_prepare_v2(reader->db, "SELECT name FROM sqlite_schema", -1, &s, NULL),
		SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	begin(writer);
	add_message(writer, "acme", "first");
	ck_assert_int_eq(archive_commit(writer, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	archive_rollback(writer);
	sqlite3_finalize(s);
	ck_assert_uint_eq(archive_last(reader), 0);
	begin(writer);
	ck_assert_uint_eq(add_message(writer, "acme", "first"), 1);
	commit(writer);
	archive_close(writer);
	archive_close(reader);
}
END_TEST

START_TEST(a_rollback_takes_everything_back)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct arena arena = {0};
	struct error err = {0};
	struct position p = {1, 2, STR("")};
	begin(a);
	add_message(a, "acme", "first");
	commit(a);
	begin(a);
	add_message(a, "acme", "second");
	ck_assert_int_eq(archive_set_position(a, STR("studio"), STR("INBOX"), &p, &err), 0);
	archive_rollback(a);
	ck_assert_uint_eq(archive_last(a), 1);
	ck_assert_int_eq(archive_position(a, STR("studio"), STR("INBOX"), &arena, &p, &err), 0);
	/* numbers go on as if nothing had been */
	begin(a);
	add_message(a, "acme", "third");
	commit(a);
	struct record r;
	record_init(&r);
	ck_assert_int_eq(archive_record_at(a, 2, &r, &err), 1);
	ck_str(record_get(&r, "peer", 0), "acme 2");
	record_finish(&r);
	arena_finish(&arena);
	archive_close(a);
}
END_TEST

START_TEST(a_transaction_in_which_a_call_failed_is_not_kept)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct record r;
	record_init(&r);
	r.type = RECORD_MESSAGE;
	ck_assert_int_eq(record_add(&r, "peer", STR("acme 7")), 0);
	begin(a);
	add_message(a, "acme", "first");
	ck_assert_int_eq(archive_append(a, &r, STR("second"), &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "does not follow"));
	ck_assert_uint_eq(r.seq, 0);
	ck_assert_int_eq(archive_commit(a, &err), -1);
	archive_rollback(a);
	ck_assert_uint_eq(archive_last(a), 0);
	record_finish(&r);
	archive_close(a);
}
END_TEST

START_TEST(a_full_disk_is_named_and_survived)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct record r;
	char octets[100000];
	memset(octets, 'x', sizeof(octets));
	begin(a);
	add_message(a, "acme", "first");
	commit(a);
	ck_assert_int_eq(
		sqlite3_exec(a->db, "PRAGMA max_page_count = 20", NULL, NULL, NULL), SQLITE_OK);
	record_init(&r);
	r.type = RECORD_GAP;
	begin(a);
	ck_assert_int_eq(archive_append(a, &r, (struct str){octets, sizeof(octets)}, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	ck_assert_ptr_nonnull(strstr(err.text, "the disk is full"));
	archive_rollback(a);
	ck_assert_int_eq(
		sqlite3_exec(a->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL), SQLITE_OK);
	begin(a);
	ck_assert_int_eq(archive_append(a, &r, (struct str){octets, sizeof(octets)}, &err), 0);
	commit(a);
	ck_assert_uint_eq(archive_last(a), 2);
	record_finish(&r);
	archive_close(a);
}
END_TEST

START_TEST(after_a_failed_write_only_a_new_handle_goes_on)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	a->broken = true;
	ck_assert_int_eq(archive_begin(a, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, "opened anew"));
	archive_close(a);
}
END_TEST

START_TEST(an_altered_record_is_not_read)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct buf body = {0};
	struct record r;
	record_init(&r);
	begin(a);
	add_message(a, "acme", "first");
	commit(a);
	ck_assert_int_eq(raw_sql("DROP TRIGGER record_fixed;"
				 "UPDATE record SET body = replace(body, 'acme', 'beta')"),
		SQLITE_OK);
	ck_assert_int_eq(archive_record_at(a, 1, &r, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INTEGRITY);
	ck_assert_int_eq(archive_record_body(a, 1, &body, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INTEGRITY);
	ck_assert_uint_eq(body.len, 0);
	record_finish(&r);
	buf_finish(&body);
	archive_close(a);
}
END_TEST

START_TEST(a_log_with_a_hole_is_not_read)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct buf log = {0};
	begin(a);
	add_message(a, "acme", "first");
	add_message(a, "acme", "second");
	commit(a);
	ck_assert_int_eq(archive_log(a, &log, &err), 0);
	ck_assert_uint_eq(log.len, 2 * 65);
	ck_assert_int_eq(
		raw_sql("DROP TRIGGER record_stays; DELETE FROM record WHERE seq = 1"), SQLITE_OK);
	ck_assert_int_eq(archive_log(a, &log, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INTEGRITY);
	ck_assert_uint_eq(log.len, 2 * 65);
	buf_finish(&log);
	archive_close(a);
}
END_TEST

Suite *transaction_suite(void)
{
	const TTest *const tests[] = {
		a_reader_sees_only_what_is_committed,
		a_reader_cannot_write,
		the_second_writer_is_told_that_it_is_locked,
		a_commit_that_a_reader_holds_up_is_told_so,
		a_rollback_takes_everything_back,
		a_transaction_in_which_a_call_failed_is_not_kept,
		a_full_disk_is_named_and_survived,
		after_a_failed_write_only_a_new_handle_goes_on,
		an_altered_record_is_not_read,
		a_log_with_a_hole_is_not_read,
	};
	return scratch_suite("transaction", tests, sizeof(tests) / sizeof(*tests));
}
