/* Tests of octets: whole, in pieces, once, and noticed when they are altered. */
#include "archive/blob.h"
#include "base/limits.h"
#include "scratch.h"
#include "suites.h"
#include <dirent.h>

static const size_t sizes[] = {0, 1, 7321, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17};

static char *octets_of(size_t size)
{
	char *octets = malloc(size + 1);
	ck_assert_ptr_nonnull(octets);
	for (size_t i = 0; i < size; i++)
		octets[i] = (char)((i * 2654435761u) >> 13);
	return octets;
}

static struct blob_writer *written(struct archive *a, struct str octets, size_t step)
{
	struct blob_writer *w = NULL;
	ck_ok(blob_writer_open(a, &w, &problem));
	for (size_t at = 0; at < octets.len; at += step)
		ck_ok(blob_writer_add(w, str_slice(octets, at, at + step), &problem));
	return w;
}

static uint64_t append_written(struct archive *a, struct blob_writer *w, struct sha256 *sum)
{
	struct record r;
	record_init(&r);
	r.type = RECORD_ATTACHMENT;
	ck_ok(archive_append_blob(a, &r, w, &problem));
	*sum = r.blob;
	uint64_t seq = r.seq;
	record_finish(&r);
	return seq;
}

static size_t files_in_scratch(void)
{
	size_t count = 0;
	DIR *d = opendir(scratch);
	ck_assert_ptr_nonnull(d);
	while (readdir(d))
		count++;
	closedir(d);
	return count - 2;
}

START_TEST(octets_come_back_whole_and_in_pieces)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	size_t size = sizes[_i];
	char *octets = octets_of(size);
	struct str all = {octets, size};
	struct blob_writer *w = written(a, all, 10007);
	struct sha256 sum, want;
	struct buf back = {0}, pieces = {0};
	begin(a);
	append_written(a, w, &sum);
	commit(a);
	blob_writer_close(w);
	ck_ok(sha256_of(all, &want, &problem));
	ck_assert(sha256_eq(&sum, &want));
	ck_assert(archive_has_blob(a, &sum));
	struct error err = {0};
	ck_assert_int_eq(archive_blob(a, &sum, &back, &err), 1);
	ck_assert(str_eq(buf_str(&back), all));
	struct blob_reader *r = NULL;
	struct str piece;
	int status = blob_reader_open(a, &sum, &r, &err);
	ck_assert_int_eq(status, 1);
	ck_assert_uint_eq(blob_reader_size(r), size);
	while ((status = blob_reader_next(r, &piece, &err)) == 1) {
		ck_assert_uint_le(piece.len, PIECE);
		buf_add_str(&pieces, piece);
	}
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(blob_reader_next(r, &piece, &err), 0);
	ck_assert(str_eq(buf_str(&pieces), all));
	blob_reader_close(r);
	buf_finish(&back);
	buf_finish(&pieces);
	free(octets);
	archive_close(a);
}
END_TEST

START_TEST(octets_that_are_there_already_are_not_written_again)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct sha256 sum, known;
	begin(a);
	add_message(a, "acme", "the same octets");
	ck_ok(sha256_of(STR("the same octets"), &known, &problem));
	struct blob_writer *w = written(a, STR("the same octets"), 4);
	uint64_t size = 0;
	ck_ok(blob_writer_end(w, &sum, &size, &problem));
	ck_assert(sha256_eq(&sum, &known));
	ck_assert_uint_eq(size, 15);
	ck_assert_uint_eq(append_written(a, w, &sum), 2);
	commit(a);
	blob_writer_close(w);
	sqlite3_stmt *s = NULL;
	sqlite3_prepare_v2(a->db, "SELECT count(*) FROM blob", -1, &s, NULL);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	ck_assert_int_eq(sqlite3_column_int(s, 0), 1);
	sqlite3_finalize(s);
	archive_close(a);
}
END_TEST

START_TEST(octets_that_are_arriving_lock_nothing_and_leave_nothing)
{
	struct archive *a = opened(ARCHIVE_CREATE), *other = opened(ARCHIVE_WRITE);
	struct blob_writer *w = written(a, STR("half of a large mai"), 5);
	ck_assert_uint_eq(files_in_scratch(), 1);
	sqlite3_busy_timeout(other->db, 0);
	begin(other);
	add_message(other, "acme", "meanwhile");
	commit(other);
	blob_writer_close(w);
	ck_assert_uint_eq(files_in_scratch(), 1);
	ck_assert_uint_eq(archive_last(a), 1);
	archive_close(a);
	archive_close(other);
}
END_TEST

START_TEST(octets_of_a_rollback_can_be_appended_again)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct blob_writer *w = written(a, STR("large"), 5);
	struct sha256 sum;
	begin(a);
	append_written(a, w, &sum);
	archive_rollback(a);
	ck_assert(!archive_has_blob(a, &sum));
	begin(a);
	ck_assert_uint_eq(append_written(a, w, &sum), 1);
	commit(a);
	ck_assert(archive_has_blob(a, &sum));
	blob_writer_close(w);
	archive_close(a);
}
END_TEST

START_TEST(altered_octets_are_not_given_out_as_evidence)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct sha256 sum;
	struct buf back = {0};
	begin(a);
	add_message(a, "acme", "I will pay on Monday");
	commit(a);
	ck_ok(sha256_of(STR("I will pay on Monday"), &sum, &problem));
	ck_assert_int_eq(raw_sql("DROP TRIGGER blob_fixed;"
				 "UPDATE blob SET data = CAST('I will pay on Sunday' AS BLOB)"),
		SQLITE_OK);
	ck_assert_int_eq(archive_blob(a, &sum, &back, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INTEGRITY);
	ck_assert_uint_eq(back.len, 0);
	buf_finish(&back);
	archive_close(a);
}
END_TEST

START_TEST(octets_of_another_size_than_recorded_are_altered)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct sha256 sum;
	struct blob_reader *r = NULL;
	begin(a);
	add_message(a, "acme", "octets");
	commit(a);
	ck_ok(sha256_of(STR("octets"), &sum, &problem));
	ck_assert_int_eq(raw_sql("DROP TRIGGER blob_fixed; UPDATE blob SET size = 7"), SQLITE_OK);
	ck_assert_int_eq(blob_reader_open(a, &sum, &r, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_INTEGRITY);
	archive_close(a);
}
END_TEST

START_TEST(a_large_mail_is_never_in_memory_as_a_whole)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct sha256 sum;
	struct blob_writer *w = NULL;
	struct blob_reader *r = NULL;
	struct str piece;
	char *octets = octets_of(MIB);
	int status;
	ck_ok(blob_writer_open(a, &w, &problem));
	for (int i = 0; i < 48; i++)
		ck_ok(blob_writer_add(w, (struct str){octets, MIB}, &problem));
	sqlite3_memory_highwater(1);
	begin(a);
	append_written(a, w, &sum);
	commit(a);
	ck_assert_int_eq(blob_reader_open(a, &sum, &r, &err), 1);
	while ((status = blob_reader_next(r, &piece, &err)) == 1)
		;
	ck_assert_int_eq(status, 0);
	/* the cache of 16 MiB and what is around it */
	ck_assert_int_lt(sqlite3_memory_highwater(0), 24 * (long)MIB);
	blob_reader_close(r);
	blob_writer_close(w);
	free(octets);
	archive_close(a);
}
END_TEST

START_TEST(octets_that_are_not_there_are_said_not_to_be)
{
	struct archive *a = opened(ARCHIVE_CREATE);
	struct error err = {0};
	struct sha256 sum = {0};
	struct buf back = {0};
	struct blob_reader *r = NULL;
	ck_assert(!archive_has_blob(a, &sum));
	ck_assert_int_eq(archive_blob(a, &sum, &back, &err), 0);
	ck_assert_int_eq(blob_reader_open(a, &sum, &r, &err), 0);
	ck_assert_ptr_null(r);
	archive_close(a);
}
END_TEST

Suite *blob_suite(void)
{
	const TTest *const tests[] = {
		octets_that_are_there_already_are_not_written_again,
		octets_that_are_arriving_lock_nothing_and_leave_nothing,
		octets_of_a_rollback_can_be_appended_again,
		altered_octets_are_not_given_out_as_evidence,
		octets_of_another_size_than_recorded_are_altered,
		a_large_mail_is_never_in_memory_as_a_whole,
		octets_that_are_not_there_are_said_not_to_be,
	};
	Suite *suite = scratch_suite("blob", tests, sizeof(tests) / sizeof(*tests));
	TCase *back = tcase_create("sizes");
	tcase_add_checked_fixture(back, scratch_make, scratch_remove);
	tcase_add_loop_test(
		back, octets_come_back_whole_and_in_pieces, 0, sizeof(sizes) / sizeof(*sizes));
	suite_add_tcase(suite, back);
	return suite;
}
