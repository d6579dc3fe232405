/* Stored octets: each gives its hash, and belongs to a record. */
#include "verify_run.h"

#include "archive/blob.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Names read in one go, before others may write again. */
#define SLICE 200

struct stored {
	sqlite3_int64 rowid;
	bool has_sum;
	struct sha256 sum;
};

static int by_prefix(const void *a, const void *b)
{
	const struct named_octets *left = a, *right = b;
	if (left->prefix != right->prefix)
		return left->prefix < right->prefix ? -1 : 1;
	return left->seq < right->seq ? -1 : left->seq > right->seq;
}

/* The first record that names these octets; 0: none. */
static uint64_t named_by(const struct verify_run *v, const struct sha256 *sum)
{
	uint64_t prefix;
	memcpy(&prefix, sum->octet, sizeof(prefix));
	size_t low = 0, high = v->octets_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (v->octets[middle].prefix < prefix)
			low = middle + 1;
		else
			high = middle;
	}
	return low < v->octets_count && v->octets[low].prefix == prefix ? v->octets[low].seq : 0;
}

static void tell_altered(struct verify_run *v, uint64_t seq)
{
	struct record r;
	record_init(&r);
	struct str peer = {0};
	const char *type = "record";
	if (archive_record_at(v->archive, seq, &r, NULL) == 1 && r.seq == seq) {
		type = record_type_name(r.type);
		peer = record_get(&r, "peer", 0);
	}
	verify_tell(v, VERIFY_ALTERED, "octets", seq,
		"the octets of E-%06" PRIu64 " (%s%s%.*s) are altered", seq, type,
		peer.ptr ? " " : "", STR_ARG(peer));
	record_finish(&r);
}

/* 0, or -1 for reasons other than what is stored. */
static int check_octets(struct verify_run *v, const struct stored *stored, struct error *err)
{
	struct blob_reader *reader = NULL;
	struct error why = {0};
	struct str piece;
	uint64_t seq = stored->has_sum ? named_by(v, &stored->sum) : 0;
	if (!seq && !v->unreadable)
		verify_tell(v, VERIFY_ALTERED, "octets", 0,
			"there are octets that no record names (row %lld)",
			(long long)stored->rowid);
	if (!stored->has_sum)
		return 0;
	int status = blob_reader_open(v->archive, &stored->sum, &reader, &why);
	while (status > 0 && (status = blob_reader_next(reader, &piece, &why)) > 0)
		v->summary.octet_bytes += piece.len;
	blob_reader_close(reader);
	v->summary.octet_strings++;
	if (status < 0 && why.kind != ERROR_INTEGRITY) {
		*err = why;
		return -1;
	}
	if (status < 0 && seq)
		tell_altered(v, seq);
	return 0;
}

static int read_slice(struct verify_run *v, sqlite3_int64 behind, struct stored *out, size_t *count,
	struct error *err)
{
	static const char sql[] = "SELECT rowid, sha256 FROM blob"
				  " WHERE rowid > ?1 AND rowid <= ?2 ORDER BY rowid";
	sqlite3_stmt **s = &v->archive->statement.verify_blobs;
	if (archive_statement(v->archive, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, behind);
	sqlite3_bind_int64(*s, 2, v->last_octets);
	int step = SQLITE_ROW;
	while (*count < SLICE && (step = sqlite3_step(*s)) == SQLITE_ROW) {
		struct stored *row = &out[(*count)++];
		const void *sum = sqlite3_column_blob(*s, 1);
		*row = (struct stored){.rowid = sqlite3_column_int64(*s, 0)};
		row->has_sum = sum && sqlite3_column_bytes(*s, 1) == SHA256_SIZE;
		if (row->has_sum)
			memcpy(row->sum.octet, sum, SHA256_SIZE);
	}
	int result = 0;
	if ((step & 0xff) == SQLITE_CORRUPT)
		verify_tell(v, VERIFY_ALTERED, "database", 0,
			"the database is damaged where the octets are stored");
	else if (step != SQLITE_ROW && step != SQLITE_DONE)
		result = archive_failed(v->archive, "read what octets are stored", err);
	return archive_statement_end(*s, result);
}

int verify_octets(struct verify_run *v, struct error *err)
{
	struct stored *slice = calloc(SLICE, sizeof(*slice));
	sqlite3_int64 behind = 0;
	int result = slice ? 0 : error_memory(err);
	if (v->octets_count)
		qsort(v->octets, v->octets_count, sizeof(*v->octets), by_prefix);
	for (bool more = true; more && !result;) {
		size_t count = 0;
		result = read_slice(v, behind, slice, &count, err);
		for (size_t i = 0; i < count && !result; i++) {
			result = check_octets(v, &slice[i], err);
			behind = slice[i].rowid;
		}
		more = count > 0;
		if (v->plan->listener.progress)
			v->plan->listener.progress(v->plan->listener.context, "octets",
				(uint64_t)behind, (uint64_t)v->last_octets);
	}
	free(slice);
	return result;
}
