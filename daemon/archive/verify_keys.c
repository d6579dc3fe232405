/* Keys and checkpoints: each key is handed on by the one before it, each checkpoint fits the log
   and its signature. */
#include "verify_run.h"

#include "base/array.h"
#include "base/signing.h"
#include "log_key.h"
#include <inttypes.h>

/* The key that signs the log as far as it is read. */
static const struct known_key *newest_key(const struct verify_run *v)
{
	return v->key_count ? &v->keys[v->key_count - 1] : NULL;
}

static void check_succession(struct verify_run *v, const struct record *record, struct str pem)
{
	const struct known_key *before = newest_key(v);
	const char *words = NULL;
	if (!before)
		return;
	int handed_on = key_succession(record, before->seq, buf_str(&before->pem), pem, &words);
	if (handed_on <= 0)
		verify_tell(v, handed_on < 0 ? VERIFY_ALTERED : VERIFY_CANNOT_TELL, "key",
			record->seq, "E-%06" PRIu64 " %s", record->seq, words);
}

int verify_key(struct verify_run *v, struct record *record, struct error *err)
{
	struct buf pem = {0};
	struct error why = {0};
	int found = record->has_blob ? archive_blob(v->archive, &record->blob, &pem, &why) : 0;
	if (found < 0 && why.kind != ERROR_INTEGRITY) {
		*err = why;
		buf_finish(&pem);
		return -1;
	}
	if (found <= 0) { /* told with the octets */
		buf_finish(&pem);
		return 0;
	}
	check_succession(v, record, buf_str(&pem));
	if (array_room(&v->keys, v->key_count, &v->key_cap, sizeof(*v->keys)) < 0) {
		buf_finish(&pem);
		return error_memory(err);
	}
	v->keys[v->key_count++] =
		(struct known_key){.name = record->blob, .pem = pem, .seq = record->seq};
	v->summary.keys++;
	return 0;
}

/* The checkpoint of more than so many records into v->next. */
static int load_next(struct verify_run *v, uint64_t records, struct error *err)
{
	static const char sql[] = "SELECT records, body, sig FROM checkpoint WHERE records > ?1"
				  " ORDER BY records LIMIT 1";
	sqlite3_stmt **s = &v->archive->statement.verify_checkpoint;
	if (archive_statement(v->archive, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)records);
	int step = sqlite3_step(*s);
	v->has_next = step == SQLITE_ROW;
	if (!v->has_next)
		return archive_statement_end(*s,
			step == SQLITE_DONE ? 0
					    : archive_failed(v->archive, "read a checkpoint", err));
	struct stored_checkpoint *c = &v->next;
	buf_clear(&c->body);
	buf_clear(&c->signature);
	buf_add(&c->body, sqlite3_column_text(*s, 1), (size_t)sqlite3_column_bytes(*s, 1));
	buf_add(&c->signature, sqlite3_column_blob(*s, 2), (size_t)sqlite3_column_bytes(*s, 2));
	c->checkpoint = (struct checkpoint){.records = (uint64_t)sqlite3_column_int64(*s, 0)};
	return archive_statement_end(
		*s, c->body.failed || c->signature.failed ? error_memory(err) : 0);
}

int verify_checkpoints_begin(struct verify_run *v, struct error *err)
{
	return load_next(v, 0, err);
}

/* What is wrong with the checkpoint in v->next, or NULL. */
static const char *complaint(struct verify_run *v, const struct sha256 *list)
{
	struct checkpoint c;
	if (checkpoint_read(buf_str(&v->next.body), &c, NULL) < 0)
		return "is not in its form";
	if (c.records != v->next.checkpoint.records)
		return "speaks of another number of records";
	const struct known_key *key = newest_key(v);
	/* one that was replaced signs nothing any more, whoever has it now */
	if (!key || !sha256_eq(&key->name, &c.log))
		return "is not signed by the key that the log had then";
	if (signing_verify(buf_str(&key->pem), buf_str(&v->next.body), buf_str(&v->next.signature),
		    NULL) != 1)
		return "does not fit its signature";
	if (!sha256_eq(&c.list, list))
		return "does not fit the log: records before it were changed, taken away or added";
	return NULL;
}

/* Of a checkpoint that does not fit nobody can tell which record before it is meant: all of them
   behind the last one that fitted. */
static void doubt(struct verify_run *v, uint64_t records)
{
	struct verify_summary *s = &v->summary;
	if (!s->doubted_to)
		s->doubted_from = s->covered + 1;
	s->doubted_to = records;
}

int verify_checkpoints_at(struct verify_run *v, uint64_t seq, struct error *err)
{
	while (v->has_next && v->next.checkpoint.records <= seq) {
		struct sha256 list;
		uint64_t records = v->next.checkpoint.records;
		if (sha256_so_far(v->list, &list, err) < 0)
			return -1;
		const char *wrong = complaint(v, &list);
		if (wrong)
			verify_tell(v, VERIFY_ALTERED, "checkpoint", 0,
				"the checkpoint of %" PRIu64 " records %s", records, wrong);
		else if (verify_remember(&v->held, &v->held_count, &v->held_cap, records, err) < 0)
			return -1;
		else
			v->summary.covered = records;
		if (wrong)
			doubt(v, records);
		v->summary.checkpoints++;
		if (load_next(v, records, err) < 0)
			return -1;
	}
	return 0;
}

int verify_checkpoints_end(struct verify_run *v, struct error *err)
{
	/* one may have been made for what was appended meanwhile */
	uint64_t last = archive_last(v->archive);
	while (v->has_next && v->next.checkpoint.records > last) {
		uint64_t records = v->next.checkpoint.records;
		verify_tell(v, VERIFY_ALTERED, "checkpoint", 0,
			"there is a checkpoint of %" PRIu64 " records, but the log ends at %" PRIu64
			": the last ones are missing",
			records, v->summary.records);
		doubt(v, records);
		v->summary.checkpoints++;
		if (load_next(v, records, err) < 0)
			return -1;
	}
	return 0;
}
