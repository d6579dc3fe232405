/* The one change there is: texts and octets go, their hashes stay, and a record says so. */
#include "archive/erase.h"

#include "base/array.h"
#include "database.h"
#include "record_form.h"
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* As many names as an erasure record holds well below LIMIT_RECORD. */
#define NAMES_A_RECORD 10000

struct erasing {
	struct archive *archive;
	const struct erasure *plan;
	struct sha256 *sums; /* octets that the records name */
	size_t count, cap;
	struct peer *last; /* of each client concerned: its last number in what goes */
	size_t last_count, last_cap;
	struct arena arena;
};

static int note_peer(struct erasing *e, const struct peer *peer, struct error *err)
{
	for (size_t i = 0; i < e->last_count; i++)
		if (str_eq(e->last[i].client, peer->client)) {
			if (peer->number > e->last[i].number)
				e->last[i].number = peer->number;
			return 0;
		}
	struct str client = arena_str(&e->arena, peer->client);
	if (!client.ptr || array_room(&e->last, e->last_count, &e->last_cap, sizeof(*e->last)) < 0)
		return error_memory(err);
	e->last[e->last_count++] = (struct peer){client, peer->number};
	return 0;
}

/* What a record that goes takes with it. */
static int look_at(struct erasing *e, uint64_t seq, struct error *err)
{
	struct record r;
	struct str written;
	struct peer peer;
	record_init(&r);
	int result = archive_record_at(e->archive, seq, &r, err);
	if (result == 0 || (result > 0 && r.seq != seq))
		result = error_set(err, ERROR_NOT_FOUND,
			"record %" PRIu64 " is erased, or was never there", seq);
	if (result > 0 && r.has_blob) {
		if (array_room(&e->sums, e->count, &e->cap, sizeof(*e->sums)) < 0)
			result = error_memory(err);
		else
			e->sums[e->count++] = r.blob;
	}
	for (size_t i = 0; result > 0 && (written = record_get(&r, "peer", i)).ptr; i++)
		if (peer_read(written, &r.arena, &peer))
			result = note_peer(e, &peer, err) < 0 ? -1 : 1;
	record_finish(&r);
	return result < 0 ? -1 : 0;
}

static int add_peers(struct erasing *e, struct record *r, struct error *err)
{
	int result = 0;
	for (size_t i = 0; i < e->last_count && !result; i++) {
		uint64_t last;
		struct buf line = {0};
		if (peers_last(e->archive, e->last[i].client, &last, err) < 0)
			return -1;
		if (last != e->last[i].number)
			continue; /* a later one stays */
		peer_write(&line, &e->last[i]);
		if (line.failed || record_add(r, "peer", buf_str(&line)) < 0)
			result = error_memory(err);
		buf_finish(&line);
	}
	return result;
}

/* One erasure record, for the names from `first` on. */
static int append_record(
	struct erasing *e, size_t first, size_t count, struct record *r, struct error *err)
{
	char name[EVIDENCE_NAME_SIZE];
	r->type = RECORD_ERASURE;
	if (record_add(r, "by", e->plan->by) < 0 ||
		(e->plan->why.len && record_add(r, "why", e->plan->why) < 0))
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		evidence_name(e->plan->seqs[first + i], name);
		if (record_add(r, "of", str_from(name)) < 0)
			return error_memory(err);
	}
	if (first == 0 && add_peers(e, r, err) < 0)
		return -1;
	return archive_append(e->archive, r, (struct str){0}, err);
}

static int take_texts(struct erasing *e, size_t first, size_t count, struct error *err)
{
	static const char sql[] = "UPDATE record SET body = NULL WHERE seq = ?1";
	sqlite3_stmt **s = &e->archive->statement.record_erase;
	for (size_t i = 0; i < count; i++) {
		if (archive_statement(e->archive, s, sql, err) < 0)
			return -1;
		sqlite3_bind_int64(*s, 1, (sqlite3_int64)e->plan->seqs[first + i]);
		int result = sqlite3_step(*s) == SQLITE_DONE
			? 0
			: archive_failed(e->archive, "erase a record", err);
		if (archive_statement_end(*s, result) < 0 ||
			archive_drop_whereabouts(e->archive, e->plan->seqs[first + i], err) < 0)
			return -1;
	}
	return 0;
}

static int by_octets(const void *a, const void *b)
{
	return memcmp(a, b, SHA256_SIZE);
}

/* In order, each once: the search below would see one of two that are alike. */
static void sort_sums(struct erasing *e)
{
	size_t kept = 0;
	if (e->count)
		qsort(e->sums, e->count, sizeof(*e->sums), by_octets);
	for (size_t i = 0; i < e->count; i++)
		if (!kept || !sha256_eq(&e->sums[kept - 1], &e->sums[i]))
			e->sums[kept++] = e->sums[i];
	e->count = kept;
}

/* Drops from the list what a record that stays names, too. */
static int keep_what_is_needed(struct erasing *e, struct error *err)
{
	struct record r;
	bool *needed = calloc(e->count + 1, sizeof(*needed));
	int more = needed ? 1 : error_memory(err);
	record_init(&r);
	for (uint64_t seq = 1; more > 0; seq = r.seq + 1) {
		more = archive_record_at(e->archive, seq, &r, err);
		if (more <= 0 || !r.has_blob || !e->count)
			continue;
		const struct sha256 *found =
			bsearch(&r.blob, e->sums, e->count, sizeof(*e->sums), by_octets);
		if (found)
			needed[found - e->sums] = true;
	}
	size_t kept = 0;
	for (size_t i = 0; more == 0 && i < e->count; i++)
		if (!needed[i])
			e->sums[kept++] = e->sums[i];
	if (more == 0)
		e->count = kept;
	record_finish(&r);
	free(needed);
	return more;
}

static int take_octets(struct erasing *e, size_t *octets, struct error *err)
{
	static const char sql[] = "DELETE FROM blob WHERE sha256 = ?1";
	sqlite3_stmt **s = &e->archive->statement.blob_erase;
	for (size_t i = 0; i < e->count; i++) {
		if (archive_statement(e->archive, s, sql, err) < 0)
			return -1;
		sqlite3_bind_blob(*s, 1, e->sums[i].octet, SHA256_SIZE, SQLITE_STATIC);
		int result = sqlite3_step(*s) == SQLITE_DONE
			? 0
			: archive_failed(e->archive, "erase octets", err);
		*octets += (size_t)sqlite3_changes(e->archive->db);
		if (archive_statement_end(*s, result) < 0)
			return -1;
	}
	return 0;
}

/* A part of the texts right behind the record that says so, as the triggers want it. */
static int erase(struct erasing *e, size_t *octets, struct error *err)
{
	for (size_t i = 0; i < e->plan->count; i++)
		if (look_at(e, e->plan->seqs[i], err) < 0)
			return -1;
	for (size_t first = 0; first < e->plan->count; first += NAMES_A_RECORD) {
		size_t left = e->plan->count - first;
		size_t count = left < NAMES_A_RECORD ? left : NAMES_A_RECORD;
		struct record r;
		record_init(&r);
		int result = append_record(e, first, count, &r, err);
		if (!result)
			result = take_texts(e, first, count, err);
		record_finish(&r);
		if (result < 0)
			return -1;
	}
	sort_sums(e);
	return keep_what_is_needed(e, err) < 0 ? -1 : take_octets(e, octets, err);
}

int archive_erase(struct archive *a, const struct erasure *plan, size_t *octets, struct error *err)
{
	assert(a->in_transaction);
	struct erasing e = {.archive = a, .plan = plan};
	*octets = 0;
	int result = erase(&e, octets, err);
	a->spoiled |= result < 0;
	free(e.sums);
	free(e.last);
	arena_finish(&e.arena);
	return result;
}
