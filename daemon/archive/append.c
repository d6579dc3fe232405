/* Records get their number, salt and time, and are written at the end of the log. */
#include "database.h"
#include "record_form.h"
#include <assert.h>
#include <inttypes.h>

static int64_t whole_second(int64_t at_us)
{
	int64_t rest = at_us % SECOND_US;
	return at_us - (rest < 0 ? rest + SECOND_US : rest);
}

/* Everything that the archive, and not the caller, says of a record. */
static int seal(struct archive *a, struct record *r, const struct sha256 *blob, struct error *err)
{
	char path[BLOB_PATH_SIZE];
	r->seq = a->last + 1;
	r->stored_at_us = whole_second(clock_now_us(&a->clock));
	r->has_blob = blob != NULL;
	if (blob) {
		record_blob_path(r->type, r->seq, path);
		r->blob = *blob;
		r->blob_path = arena_str(&r->arena, str_from(path));
		if (r->blob_path.ptr == NULL)
			return error_memory(err);
	}
	return random_octets(r->salt, sizeof(r->salt), err);
}

/* The numbers of a message's clients follow what the log has; nothing else gives numbers. */
static int count_peers(struct archive *a, struct record *r, struct error *err)
{
	if (r->type != RECORD_MESSAGE && r->type != RECORD_PEER)
		return 0;
	struct str written;
	for (size_t i = 0; (written = record_get(r, "peer", i)).ptr != NULL; i++) {
		struct peer peer;
		uint64_t last;
		if (!peer_read(written, &r->arena, &peer))
			return error_set(err, ERROR_INPUT,
				"'peer: %.*s' is not a client and a number", STR_ARG(written));
		if (peers_last(a, peer.client, &last, err) < 0)
			return -1;
		if (peer.number != last + 1)
			return error_set(err, ERROR_INPUT,
				"message %" PRIu64 " of client '%.*s' does not follow its message "
				"%" PRIu64,
				peer.number, STR_ARG(peer.client), last);
		if (peers_set(a, peer.client, peer.number, err) < 0)
			return -1;
	}
	return 0;
}

static int insert(struct archive *a, uint64_t seq, struct str body, struct error *err)
{
	static const char sql[] = "INSERT INTO record(seq, hash, body) VALUES (?1, ?2, ?3)";
	sqlite3_stmt **s = &a->statement.record_insert;
	struct sha256 hash;
	if (sha256_of(body, &hash, err) < 0 || archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	sqlite3_bind_blob64(*s, 2, hash.octet, SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_text64(*s, 3, body.ptr, body.len, SQLITE_STATIC, SQLITE_UTF8);
	int status = 0;
	if (sqlite3_step(*s) != SQLITE_DONE)
		status = archive_failed(a, "store a record", err);
	return archive_statement_end(*s, status);
}

/* The octets are stored; what is left is the record itself. *record changes on success only. */
static int append(
	struct archive *a, struct record *record, const struct sha256 *blob, struct error *err)
{
	struct record sealed = *record;
	struct buf body = {0};
	int status = -1;
	if (seal(a, &sealed, blob, err) == 0 && count_peers(a, &sealed, err) == 0 &&
		record_write(&sealed, &body, err) == 0 &&
		insert(a, sealed.seq, buf_str(&body), err) == 0)
		status = 0;
	buf_finish(&body);
	/* what the copy took from the arena belongs to the record either way */
	record->arena = sealed.arena;
	if (status < 0)
		return -1;
	*record = sealed;
	a->last = sealed.seq;
	a->peers.as_of = sealed.seq;
	return 0;
}

int archive_append(struct archive *a, struct record *record, struct str blob, struct error *err)
{
	assert(a->in_transaction && record->type < RECORD_TYPE_COUNT);
	struct sha256 sum;
	bool has_blob = blob.ptr != NULL;
	int status = 0;
	if (has_blob)
		status = sha256_of(blob, &sum, err);
	if (status == 0 && has_blob)
		status = archive_store_blob(a, &sum, blob, err);
	if (status == 0)
		status = append(a, record, has_blob ? &sum : NULL, err);
	a->spoiled |= status < 0;
	return status;
}

int archive_append_blob(
	struct archive *a, struct record *record, struct blob_writer *octets, struct error *err)
{
	assert(a->in_transaction && record->type < RECORD_TYPE_COUNT);
	struct sha256 sum;
	int status = archive_store_written(a, octets, &sum, err);
	if (status == 0)
		status = append(a, record, &sum, err);
	a->spoiled |= status < 0;
	return status;
}
