/* Records, their texts, and the log read back, each checked against its hash. */
#include "base/array.h"
#include "database.h"
#include <inttypes.h>
#include <stdlib.h>

int archive_read_last(struct archive *a, uint64_t *last, struct error *err)
{
	static const char sql[] = "SELECT coalesce(max(seq), 0) FROM record";
	sqlite3_stmt **s = &a->statement.record_last;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	int status = 0;
	if (sqlite3_step(*s) == SQLITE_ROW)
		*last = (uint64_t)sqlite3_column_int64(*s, 0);
	else
		status = archive_failed(a, "read the log", err);
	return archive_statement_end(*s, status);
}

/* When the database cannot answer now, the last known number is the honest one: the log only grows.
 */
uint64_t archive_last(struct archive *a)
{
	uint64_t last = a->last;
	if (!a->in_transaction && archive_read_last(a, &last, NULL) == 0)
		a->last = last;
	return a->last;
}

static int altered(uint64_t seq, struct error *err)
{
	return error_set(err, ERROR_INTEGRITY,
		"record %" PRIu64 " is altered: its text does not give its hash", seq);
}

/* The hash and text columns of a row fit each other. */
static int check(sqlite3_stmt *s, uint64_t seq, struct str *body, struct error *err)
{
	struct sha256 sum, hash = {0};
	struct str text = {
		(const char *)sqlite3_column_text(s, 2), (size_t)sqlite3_column_bytes(s, 2)};
	const unsigned char *octets = sqlite3_column_blob(s, 1);
	if (text.ptr == NULL)
		return error_memory(err);
	if (sqlite3_column_bytes(s, 1) != SHA256_SIZE || octets == NULL)
		return altered(seq, err);
	for (size_t i = 0; i < SHA256_SIZE; i++)
		hash.octet[i] = octets[i];
	if (sha256_of(text, &sum, err) < 0)
		return -1;
	if (!sha256_eq(&sum, &hash))
		return altered(seq, err);
	*body = text;
	return 0;
}

/* The row that `s` stands on, as a record. */
static int read_row(sqlite3_stmt *s, struct record *out, struct error *err)
{
	uint64_t seq = (uint64_t)sqlite3_column_int64(s, 0);
	struct str body;
	struct record r;
	if (check(s, seq, &body, err) < 0)
		return -1;
	record_init(&r);
	if (record_read(body, &r, err) < 0) {
		record_finish(&r);
		if (err && err->kind != ERROR_MEMORY)
			err->kind = ERROR_INTEGRITY;
		return error_prefix(err, "record %" PRIu64, seq);
	}
	if (r.seq != seq) {
		error_set(err, ERROR_INTEGRITY,
			"record %" PRIu64 " stands at place %" PRIu64 " of the log", r.seq, seq);
		record_finish(&r);
		return -1;
	}
	record_finish(out);
	*out = r;
	return 1;
}

int archive_record_at(struct archive *a, uint64_t seq, struct record *out, struct error *err)
{
	static const char sql[] = "SELECT seq, hash, body FROM record"
				  " WHERE seq >= ?1 AND body IS NOT NULL ORDER BY seq LIMIT 1";
	sqlite3_stmt **s = &a->statement.record_at;
	if (seq > INT64_MAX)
		return 0;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	int result = sqlite3_step(*s);
	if (result == SQLITE_DONE)
		return archive_statement_end(*s, 0);
	if (result != SQLITE_ROW)
		return archive_statement_end(*s, archive_failed(a, "read the log", err));
	return archive_statement_end(*s, read_row(*s, out, err));
}

int archive_record_body(struct archive *a, uint64_t seq, struct buf *out, struct error *err)
{
	static const char sql[] = "SELECT seq, hash, body FROM record"
				  " WHERE seq = ?1 AND body IS NOT NULL";
	sqlite3_stmt **s = &a->statement.record_body;
	struct str body;
	if (seq > INT64_MAX)
		return 0;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	int result = sqlite3_step(*s);
	if (result == SQLITE_DONE)
		return archive_statement_end(*s, 0);
	if (result != SQLITE_ROW)
		return archive_statement_end(*s, archive_failed(a, "read the log", err));
	if (check(*s, seq, &body, err) < 0)
		return archive_statement_end(*s, -1);
	buf_add_str(out, body);
	return archive_statement_end(*s, out->failed ? error_memory(err) : 1);
}

int archive_log(struct archive *a, struct buf *out, struct error *err)
{
	static const char sql[] = "SELECT seq, hash FROM record ORDER BY seq";
	sqlite3_stmt **s = &a->statement.record_log;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	int result = SQLITE_DONE;
	size_t start = out->len;
	uint64_t number = 0;
	while (!out->failed && (result = sqlite3_step(*s)) == SQLITE_ROW) {
		char hex[2 * SHA256_SIZE + 1];
		if ((uint64_t)sqlite3_column_int64(*s, 0) != ++number ||
			sqlite3_column_bytes(*s, 1) != SHA256_SIZE)
			break;
		hex_encode(sqlite3_column_blob(*s, 1), SHA256_SIZE, hex);
		buf_add(out, hex, 2 * SHA256_SIZE);
		buf_add_char(out, '\n');
	}
	int status = 0;
	if (out->failed)
		status = error_memory(err);
	else if (result == SQLITE_ROW)
		status = error_set(
			err, ERROR_INTEGRITY, "the log has no whole record %" PRIu64, number);
	else if (result != SQLITE_DONE)
		status = archive_failed(a, "read the log", err);
	if (status < 0)
		out->len = start;
	return archive_statement_end(*s, status);
}

/* A line of its own behind the number, so no value from outside can look like it. */
int archive_records_of(
	struct archive *a, enum record_type type, uint64_t **out, size_t *count, struct error *err)
{
	static const char sql[] = "SELECT seq FROM record WHERE instr(body,"
				  " char(10) || 'type: ' || ?1 || char(10)) > 0 ORDER BY seq";
	sqlite3_stmt *s = NULL;
	uint64_t *seqs = NULL;
	size_t found = 0, cap = 0;
	int step = sqlite3_prepare_v2(a->db, sql, -1, &s, NULL), result = 0;
	if (step == SQLITE_OK)
		step = sqlite3_bind_text(s, 1, record_type_name(type), -1, SQLITE_STATIC);
	while (!result && step != SQLITE_DONE && (step = sqlite3_step(s)) == SQLITE_ROW) {
		if (array_room(&seqs, found, &cap, sizeof(*seqs)) < 0)
			result = error_memory(err);
		else
			seqs[found++] = (uint64_t)sqlite3_column_int64(s, 0);
	}
	if (!result && step != SQLITE_DONE)
		result = archive_failed(a, "look for records", err);
	sqlite3_finalize(s);
	if (result < 0) {
		free(seqs);
		return -1;
	}
	*out = seqs;
	*count = found;
	return 0;
}
