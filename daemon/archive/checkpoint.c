/* Checkpoints: the log so far in four lines, signed. */
#include "archive/checkpoint.h"

#include "base/signing.h"
#include "database.h"
#include "log_key.h"
#include <inttypes.h>

#define VERSION_LINE "overstep-checkpoint v1"

void checkpoint_write(const struct checkpoint *c, struct buf *out)
{
	char log[SHA256_HEX_SIZE], list[SHA256_HEX_SIZE];
	sha256_hex(&c->log, log);
	sha256_hex(&c->list, list);
	buf_add_format(out, VERSION_LINE "\nlog: %s\nrecords: %" PRIu64 "\nlist-sha256: %s\n", log,
		c->records, list);
}

/* Takes the line "key: value" off *rest. */
static bool take(struct str *rest, struct str key, struct str *value)
{
	struct str line;
	if (!str_line(rest, &line) || !str_starts(line, key))
		return false;
	*value = str_slice(line, key.len, line.len);
	return true;
}

int checkpoint_read(struct str bytes, struct checkpoint *out, struct error *err)
{
	struct checkpoint c = {0};
	struct str rest = bytes, value;
	struct buf again = {0};
	bool fits = str_line(&rest, &value) && str_eq(value, STR(VERSION_LINE)) &&
		take(&rest, STR("log: "), &value) && sha256_parse(value, &c.log) &&
		take(&rest, STR("records: "), &value) && str_to_u64(value, INT64_MAX, &c.records) &&
		c.records > 0 && take(&rest, STR("list-sha256: "), &value) &&
		sha256_parse(value, &c.list);
	if (fits) {
		checkpoint_write(&c, &again);
		fits = str_eq(buf_str(&again), bytes);
	}
	buf_finish(&again);
	if (!fits)
		return error_set(err, ERROR_INPUT, "not in the form '" VERSION_LINE "'");
	*out = c;
	return 0;
}

void stored_checkpoint_finish(struct stored_checkpoint *c)
{
	buf_finish(&c->body);
	buf_finish(&c->signature);
}

int archive_checkpoint_at(
	struct archive *a, uint64_t records, struct stored_checkpoint *out, struct error *err)
{
	static const char sql[] = "SELECT body, sig FROM checkpoint WHERE records <= ?1"
				  " ORDER BY records DESC LIMIT 1";
	sqlite3_stmt **s = &a->statement.checkpoint_at;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, records > INT64_MAX ? INT64_MAX : (sqlite3_int64)records);
	int step = sqlite3_step(*s);
	if (step == SQLITE_DONE)
		return archive_statement_end(*s, 0);
	if (step != SQLITE_ROW)
		return archive_statement_end(*s, archive_failed(a, "read a checkpoint", err));
	struct stored_checkpoint c = {0};
	buf_add(&c.body, sqlite3_column_text(*s, 0), (size_t)sqlite3_column_bytes(*s, 0));
	buf_add(&c.signature, sqlite3_column_blob(*s, 1), (size_t)sqlite3_column_bytes(*s, 1));
	int result = c.body.failed || c.signature.failed ? error_memory(err) : 1;
	if (result > 0 && checkpoint_read(buf_str(&c.body), &c.checkpoint, err) < 0) {
		result = -1;
		error_prefix(err, "a checkpoint in '%s'", a->path);
		if (err)
			err->kind = ERROR_INTEGRITY;
	}
	archive_statement_end(*s, 0);
	stored_checkpoint_finish(result > 0 ? out : &c);
	if (result > 0)
		*out = c;
	return result;
}

/* The hash of the first `records` lines of the log, line by line. */
static int list_sum(struct archive *a, struct sha256 *out, struct error *err)
{
	static const char sql[] = "SELECT hash FROM record ORDER BY seq";
	sqlite3_stmt **s = &a->statement.log_hashes;
	struct sha256_stream *stream = NULL;
	if (archive_statement(a, s, sql, err) < 0 || sha256_start(&stream, err) < 0)
		return -1;
	int step, result = 0;
	uint64_t lines = 0;
	while (!result && (step = sqlite3_step(*s)) == SQLITE_ROW) {
		char line[SHA256_HEX_SIZE];
		if (sqlite3_column_bytes(*s, 0) != SHA256_SIZE) {
			result = error_set(err, ERROR_INTEGRITY,
				"line %" PRIu64 " of the log is no hash", lines + 1);
			break;
		}
		hex_encode(sqlite3_column_blob(*s, 0), SHA256_SIZE, line);
		line[2 * SHA256_SIZE] = '\n';
		result = sha256_add(stream, (struct str){line, sizeof(line)}, err);
		lines++;
	}
	if (!result && step != SQLITE_DONE)
		result = archive_failed(a, "read the log", err);
	if (!result && lines != a->last)
		result = error_set(err, ERROR_INTEGRITY,
			"the log has %" PRIu64 " lines, expected %" PRIu64, lines, a->last);
	archive_statement_end(*s, 0);
	int ended = sha256_end(stream, result ? NULL : out, err);
	return result ? result : ended;
}

static int store(struct archive *a, uint64_t records, struct str body, struct str signature,
	struct error *err)
{
	static const char sql[] = "INSERT INTO checkpoint(records, body, sig) VALUES (?1, ?2, ?3)";
	sqlite3_stmt **s = &a->statement.checkpoint_insert;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)records);
	sqlite3_bind_text64(*s, 2, body.ptr, body.len, SQLITE_STATIC, SQLITE_UTF8);
	sqlite3_bind_blob64(*s, 3, signature.ptr, signature.len, SQLITE_STATIC);
	int result =
		sqlite3_step(*s) == SQLITE_DONE ? 0 : archive_failed(a, "store a checkpoint", err);
	return archive_statement_end(*s, result);
}

int archive_commit_to_log(struct archive *a, const struct log_key *key, struct error *err)
{
	struct checkpoint c = {.log = key->name, .records = a->last};
	struct buf body = {0}, signature = {0};
	int result = list_sum(a, &c.list, err);
	if (!result) {
		checkpoint_write(&c, &body);
		result = body.failed ? error_memory(err)
				     : signing_sign(key->key, buf_str(&body), &signature, err);
	}
	if (!result)
		result = store(a, c.records, buf_str(&body), buf_str(&signature), err);
	buf_finish(&body);
	buf_finish(&signature);
	a->spoiled |= result < 0;
	return result;
}

/* Inside the transaction: 1 made, 0 nothing to commit to, -1. */
static int commit_to_what_is_new(struct archive *a, const struct log_key *key, struct error *err)
{
	struct stored_checkpoint newest = {0};
	int known = archive_checkpoint_at(a, UINT64_MAX, &newest, err);
	bool signs = known > 0 && sha256_eq(&newest.checkpoint.log, &key->name);
	bool covered = signs && newest.checkpoint.records == a->last;
	stored_checkpoint_finish(&newest);
	if (known < 0 || covered)
		return known < 0 ? -1 : 0;
	if (!signs && log_key_record(a, key, err) < 0)
		return -1;
	return archive_commit_to_log(a, key, err) < 0 ? -1 : 1;
}

int archive_checkpoint(struct archive *a, const struct log_key *key, struct error *err)
{
	if (archive_begin(a, err) < 0)
		return -1;
	int made = commit_to_what_is_new(a, key, err);
	if (made > 0 && archive_commit(a, err) < 0)
		made = -1;
	if (made <= 0)
		archive_rollback(a);
	return made;
}
