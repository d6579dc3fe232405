/* Records: each gives its hash, stands at its place, and counts its clients' messages on. */
#include "verify_run.h"

#include "base/array.h"
#include "record_form.h"
#include <inttypes.h>
#include <string.h>

/* Rows read in one go, before others may write again. */
#define SLICE 200

struct row {
	uint64_t seq;
	bool has_hash;
	struct sha256 hash;
	struct str body; /* absent: erased */
};

struct slice {
	struct arena arena;
	struct row rows[SLICE];
	size_t count;
};

static int take_row(sqlite3_stmt *s, struct slice *slice, struct error *err)
{
	struct row *row = &slice->rows[slice->count++];
	*row = (struct row){.seq = (uint64_t)sqlite3_column_int64(s, 0)};
	const void *hash = sqlite3_column_blob(s, 1);
	row->has_hash = hash && sqlite3_column_bytes(s, 1) == SHA256_SIZE;
	if (row->has_hash)
		memcpy(row->hash.octet, hash, SHA256_SIZE);
	if (sqlite3_column_type(s, 2) == SQLITE_NULL)
		return 0;
	const char *text = (const char *)sqlite3_column_text(s, 2);
	struct str body = {text, (size_t)sqlite3_column_bytes(s, 2)};
	row->body = text ? arena_str(&slice->arena, body) : (struct str){0};
	return row->body.ptr ? 0 : error_memory(err);
}

/* Rows behind `seq`. What the database cannot read is told, and ends the log. */
static int read_slice(struct verify_run *v, uint64_t seq, struct slice *slice, struct error *err)
{
	static const char sql[] = "SELECT seq, hash, body FROM record"
				  " WHERE seq > ?1 AND seq <= ?2 ORDER BY seq";
	sqlite3_stmt **s = &v->archive->statement.verify_records;
	if (archive_statement(v->archive, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)v->last);
	int step = SQLITE_ROW, result = 0;
	while (!result && slice->count < SLICE && (step = sqlite3_step(*s)) == SQLITE_ROW)
		result = take_row(*s, slice, err);
	if (!result && (step & 0xff) == SQLITE_CORRUPT)
		verify_tell(v, VERIFY_ALTERED, "database", 0,
			"the database is damaged behind E-%06" PRIu64, seq + slice->count);
	else if (!result && step != SQLITE_ROW && step != SQLITE_DONE)
		result = archive_failed(v->archive, "read the log", err);
	return archive_statement_end(*s, result);
}

static size_t erased_between(const struct verify_run *v, uint64_t from, uint64_t to)
{
	size_t count = 0;
	for (size_t i = v->erased_count; i-- > 0 && v->erased[i] > from;)
		count += v->erased[i] < to;
	return count;
}

static struct counted_client *client_of(struct verify_run *v, struct str client, struct error *err)
{
	for (size_t i = 0; i < v->client_count; i++)
		if (str_eq(v->clients[i].client, client))
			return &v->clients[i];
	struct str copy = arena_str(&v->arena, client);
	if (!copy.ptr ||
		array_room(&v->clients, v->client_count, &v->client_cap, sizeof(*v->clients)) < 0) {
		error_memory(err);
		return NULL;
	}
	v->clients[v->client_count] = (struct counted_client){.client = copy};
	return &v->clients[v->client_count++];
}

/* A message that was erased took its number with it; any other hole is one. */
static int count_message(
	struct verify_run *v, uint64_t seq, const struct peer *peer, struct error *err)
{
	struct counted_client *c = client_of(v, peer->client, err);
	if (!c)
		return -1;
	uint64_t missing = peer->number - c->number - 1;
	if (peer->number <= c->number)
		verify_tell(v, VERIFY_ALTERED, "numbering", seq,
			"E-%06" PRIu64 " is message %" PRIu64 " of '%.*s', but %" PRIu64
			" came before",
			seq, peer->number, STR_ARG(peer->client), c->number);
	else if (missing && missing <= erased_between(v, c->seq, seq))
		verify_tell(v, VERIFY_CANNOT_TELL, "numbering", seq,
			"%" PRIu64 " of the messages of '%.*s' before E-%06" PRIu64 " %s erased",
			missing, STR_ARG(peer->client), seq, missing == 1 ? "was" : "were");
	else if (missing && !v->unreadable)
		verify_tell(v, VERIFY_ALTERED, "numbering", seq,
			"%" PRIu64 " of the messages of '%.*s' before E-%06" PRIu64 " %s missing",
			missing, STR_ARG(peer->client), seq, missing == 1 ? "is" : "are");
	c->number = peer->number;
	c->seq = seq;
	return 0;
}

static int check_numbering(struct verify_run *v, struct record *r, struct error *err)
{
	struct str written;
	struct peer peer;
	if (r->type != RECORD_MESSAGE && r->type != RECORD_PEER)
		return 0;
	for (size_t i = 0; (written = record_get(r, "peer", i)).ptr; i++) {
		if (!peer_read(written, &r->arena, &peer))
			verify_tell(v, VERIFY_ALTERED, "record", r->seq,
				"E-%06" PRIu64 ": its 'peer' line cannot be read", r->seq);
		else if (count_message(v, r->seq, &peer, err) < 0)
			return -1;
	}
	return 0;
}

/* What a record speaks of comes before it. */
static void check_references(struct verify_run *v, const struct record *r)
{
	static const char *const keys[] = {"of", "rules", "terms", "replaces"};
	for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
		struct str name;
		for (size_t i = 0; (name = record_get(r, keys[k], i)).ptr; i++) {
			uint64_t seq;
			if (evidence_parse(name, &seq) && seq >= r->seq)
				verify_tell(v, VERIFY_ALTERED, "record", r->seq,
					"E-%06" PRIu64 " speaks of E-%06" PRIu64
					", which comes later",
					r->seq, seq);
		}
	}
}

static bool still_has_text(struct archive *a, uint64_t seq)
{
	struct buf body = {0};
	bool has = archive_record_body(a, seq, &body, NULL) != 0;
	buf_finish(&body);
	return has;
}

static int note_octets(struct verify_run *v, const struct record *r, struct error *err)
{
	int found = archive_find_blob(v->archive, &r->blob, NULL, NULL, err);
	if (found < 0)
		return -1;
	/* erased since it was read? */
	if (!found && still_has_text(v->archive, r->seq))
		verify_tell(v, VERIFY_ALTERED, "octets", r->seq,
			"the octets of E-%06" PRIu64 " (%s) are gone", r->seq,
			record_type_name(r->type));
	if (array_room(&v->octets, v->octets_count, &v->octets_cap, sizeof(*v->octets)) < 0)
		return error_memory(err);
	struct named_octets *named = &v->octets[v->octets_count++];
	named->seq = r->seq;
	memcpy(&named->prefix, r->blob.octet, sizeof(named->prefix));
	return 0;
}

static int note_erasures(struct verify_run *v, const struct record *r, struct error *err)
{
	struct str name;
	uint64_t seq;
	for (size_t i = 0; (name = record_get(r, "of", i)).ptr; i++)
		if (evidence_parse(name, &seq) &&
			verify_remember(
				&v->erasures, &v->erasures_count, &v->erasures_cap, seq, err) < 0)
			return -1;
	return 0;
}

static int check_parts(struct verify_run *v, struct record *r, struct error *err)
{
	check_references(v, r);
	v->summary.messages += r->type == RECORD_MESSAGE;
	if (r->has_blob && note_octets(v, r, err) < 0)
		return -1;
	if (r->type == RECORD_ERASURE && note_erasures(v, r, err) < 0)
		return -1;
	if (r->type == RECORD_KEY && verify_key(v, r, err) < 0)
		return -1;
	if (r->type == RECORD_ANCHOR && verify_anchor(v, r, err) < 0)
		return -1;
	return check_numbering(v, r, err);
}

/* The text of a row: does it give its hash, is it a record, and of this place? */
static int check_text(struct verify_run *v, const struct row *row, struct error *err)
{
	struct sha256 sum;
	struct error why = {0};
	struct record r;
	if (sha256_of(row->body, &sum, err) < 0)
		return -1;
	if (!sha256_eq(&sum, &row->hash)) {
		v->unreadable = true;
		verify_tell(v, VERIFY_ALTERED, "record", row->seq,
			"the text of E-%06" PRIu64 " does not give its hash", row->seq);
		return 0;
	}
	record_init(&r);
	int result = record_read(row->body, &r, &why);
	if (result < 0 && why.kind == ERROR_MEMORY) {
		*err = why;
	} else if (result < 0 || r.seq != row->seq) {
		v->unreadable = true;
		verify_tell(v, VERIFY_ALTERED, "record", row->seq,
			"what stands at E-%06" PRIu64 " is %s", row->seq,
			result < 0 ? why.text : "another record");
		result = 0;
	} else {
		result = check_parts(v, &r, err);
	}
	record_finish(&r);
	return result;
}

static int add_line(struct verify_run *v, const struct row *row, struct error *err)
{
	char line[SHA256_HEX_SIZE];
	sha256_hex(&row->hash, line);
	line[2 * SHA256_SIZE] = '\n';
	return sha256_add(v->list, (struct str){line, sizeof(line)}, err);
}

static int check_row(struct verify_run *v, const struct row *row, struct error *err)
{
	uint64_t expected = v->summary.records + 1;
	if (row->seq != expected) {
		v->unreadable = true;
		verify_tell(v, VERIFY_ALTERED, "record", expected,
			row->seq - expected == 1 ? "E-%06" PRIu64 " is missing"
						 : "E-%06" PRIu64
						   " is missing, and more up to E-%06" PRIu64,
			expected, row->seq - 1);
	}
	v->summary.records = row->seq;
	if (!row->has_hash)
		verify_tell(v, VERIFY_ALTERED, "record", row->seq,
			"the hash of E-%06" PRIu64 " is none", row->seq);
	if (add_line(v, row, err) < 0)
		return -1;
	int result = 0;
	if (row->body.ptr && row->has_hash) {
		result = check_text(v, row, err);
	} else if (!row->body.ptr) {
		v->summary.erased++;
		result = verify_remember(
			&v->erased, &v->erased_count, &v->erased_cap, row->seq, err);
	}
	return result < 0 ? -1 : verify_checkpoints_at(v, row->seq, err);
}

int verify_records(struct verify_run *v, struct error *err)
{
	uint64_t behind = 0;
	int result = verify_checkpoints_begin(v, err);
	for (bool more = true; more && !result;) {
		struct slice slice = {0};
		result = read_slice(v, behind, &slice, err);
		for (size_t i = 0; i < slice.count && !result; i++)
			result = check_row(v, &slice.rows[i], err);
		more = slice.count > 0;
		behind = more ? v->summary.records : v->last;
		arena_finish(&slice.arena);
		if (v->plan->listener.progress)
			v->plan->listener.progress(
				v->plan->listener.context, "records", behind, v->last);
	}
	return result < 0 ? -1 : verify_checkpoints_end(v, err);
}
