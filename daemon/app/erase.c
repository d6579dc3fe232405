/* Messages erased with everything that is recorded of them. */
#include "app/erase.h"

#include "app/store.h"
#include "archive/archive.h"
#include "archive/erase.h"
#include "base/array.h"
#include "base/json.h"
#include "index/index.h"
#include "verdicts.h"
#include <stdlib.h>
#include <string.h>

struct going {
	struct store *store;
	const struct erase_plan *plan;
	uint64_t *seqs; /* everything that goes */
	size_t count, cap;
	struct sha256 *exports; /* of chats in which a message that goes stands, too */
	size_t export_count, export_cap;
};

static int by_number(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return left < right ? -1 : left > right;
}

static bool is_planned(const struct erase_plan *p, uint64_t seq)
{
	return p->count && bsearch(&seq, p->seqs, p->count, sizeof(*p->seqs), by_number);
}

static int add(struct going *g, uint64_t seq, struct error *err)
{
	if (array_room(&g->seqs, g->count, &g->cap, sizeof(*g->seqs)) < 0)
		return error_memory(err);
	g->seqs[g->count++] = seq;
	return 0;
}

/* Is it among those found so far? They are in order. */
static bool goes(const struct going *g, uint64_t seq)
{
	return g->count && bsearch(&seq, g->seqs, g->count, sizeof(*g->seqs), by_number);
}

/* Does the record speak of a message that goes, or of what a sequence found in it? */
static bool speaks_of_one(const struct going *g, const struct record *r)
{
	struct str name;
	uint64_t seq;
	/* what was erased before stays said */
	if (r->type == RECORD_ERASURE)
		return false;
	for (size_t i = 0; (name = record_get(r, "of", i)).ptr; i++)
		if (evidence_parse(name, &seq) && goes(g, seq))
			return true;
	return false;
}

static bool has_export(const struct going *g, const struct sha256 *sum)
{
	for (size_t i = 0; i < g->export_count; i++)
		if (sha256_eq(&g->exports[i], sum))
			return true;
	return false;
}

static int add_export(struct going *g, const struct sha256 *sum, struct error *err)
{
	if (array_room(&g->exports, g->export_count, &g->export_cap, sizeof(*g->exports)) < 0)
		return error_memory(err);
	g->exports[g->export_count++] = *sum;
	return 0;
}

static bool holds_one(const struct going *g, const struct record *r)
{
	return r->type == RECORD_IMPORT && r->has_blob && has_export(g, &r->blob);
}

/* The export goes with the first of its messages that does: it has the words, too. */
static int collect_exports(struct going *g, struct error *err)
{
	struct record r;
	int result = 0;
	record_init(&r);
	for (size_t i = 0; i < g->plan->count && !result; i++) {
		struct message_entry e;
		if (archive_record_at(g->store->archive, g->plan->seqs[i], &r, err) < 0)
			result = -1;
		else if (r.seq == g->plan->seqs[i] && r.type == RECORD_MESSAGE &&
			archive_message_entry(&r, &e, err) < 0)
			result = -1;
		else if (r.seq == g->plan->seqs[i] && r.type == RECORD_MESSAGE &&
			e.place.file.has_export && !has_export(g, &e.place.file.export))
			result = add_export(g, &e.place.file.export, err);
	}
	record_finish(&r);
	return result;
}

static int collect(struct going *g, struct error *err)
{
	struct record r;
	int more = collect_exports(g, err) < 0 ? -1 : 1;
	record_init(&r);
	for (uint64_t seq = 1; more > 0; seq = r.seq + 1) {
		more = archive_record_at(g->store->archive, seq, &r, err);
		if (more > 0 &&
			(is_planned(g->plan, r.seq) || speaks_of_one(g, &r) || holds_one(g, &r)) &&
			add(g, r.seq, err) < 0)
			more = -1;
	}
	record_finish(&r);
	return more;
}

/* A verdict that stays, copied out of a record that goes. */
struct staying {
	uint64_t seq;
	struct judgement judgement;
};

static int read_staying(struct going *g, const struct record *r, const struct json_value *list,
	struct staying **out, size_t *count, struct error *err)
{
	size_t cap = 0;
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json_value *one = json_at(list, i);
		struct arena arena = {0};
		struct indexed_message m;
		uint64_t seq;
		if (!evidence_parse(json_to_str(json_get(one, "of")), &seq) ||
			is_planned(g->plan, seq))
			continue;
		int found = index_message(g->store->index, seq, &arena, &m, err);
		bool in_force = found > 0 && m.findings_seq == r->seq;
		if (found > 0)
			indexed_message_finish(&m);
		arena_finish(&arena);
		if (found < 0)
			return -1;
		if (!in_force)
			continue;
		if (array_room(out, *count, &cap, sizeof(**out)) < 0)
			return error_memory(err);
		struct staying *s = &(*out)[*count];
		s->seq = seq;
		judgement_init(&s->judgement);
		++*count;
		if (judgement_read_value(json_get(one, "judgement"), &s->judgement, err) < 0)
			return -1;
	}
	return 0;
}

/* The same verdicts by the same rules, without the one that goes. */
static int append_staying(struct going *g, const struct record *r, const struct staying *staying,
	size_t count, struct error *err)
{
	struct verdict *v = calloc(count, sizeof(*v));
	struct store as_then = *g->store;
	if (!v)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		v[i] = (struct verdict){.seq = staying[i].seq, .judgement = &staying[i].judgement};
	int result = -1;
	if (!evidence_parse(record_get(r, "rules", 0), &as_then.rules_seq) ||
		!evidence_parse(record_get(r, "terms", 0), &as_then.terms_seq))
		error_set(err, ERROR_INTEGRITY, "record %llu does not name its rules",
			(unsigned long long)r->seq);
	else
		result = store_append_verdicts(&as_then, v, count, err);
	free(v);
	return result;
}

static int write_anew(struct going *g, const struct record *r, struct error *err)
{
	struct buf blob = {0};
	struct json_document *d = NULL;
	struct staying *staying = NULL;
	size_t count = 0;
	int result = archive_blob(g->store->archive, &r->blob, &blob, err) < 0 ? -1 : 0;
	if (!result)
		result = json_parse(buf_str(&blob), &d, err);
	if (!result)
		result = read_staying(
			g, r, json_get(json_root(d), "messages"), &staying, &count, err);
	if (!result && count)
		result = append_staying(g, r, staying, count, err);
	for (size_t i = 0; i < count; i++)
		judgement_finish(&staying[i].judgement);
	free(staying);
	json_free(d);
	buf_finish(&blob);
	return result;
}

static int keep_the_others(struct going *g, struct error *err)
{
	struct record r;
	int result = 0;
	record_init(&r);
	for (size_t i = 0; i < g->count && !result; i++) {
		if (archive_record_at(g->store->archive, g->seqs[i], &r, err) <= 0)
			result = -1;
		else if (r.type == RECORD_FINDINGS && r.has_blob)
			result = write_anew(g, &r, err);
	}
	record_finish(&r);
	return result;
}

static int erase(struct going *g, struct erase_outcome *out, struct error *err)
{
	struct archive *a = g->store->archive;
	if (archive_begin(a, err) < 0)
		return -1;
	int result = store_catch_up(g->store, NULL, err);
	if (!result)
		result = collect(g, err);
	if (!result)
		result = keep_the_others(g, err);
	const struct erasure erasure = {
		.seqs = g->seqs, .count = g->count, .by = g->plan->by, .why = g->plan->why};
	if (!result)
		result = archive_erase(a, &erasure, &out->octets, err);
	if (!result)
		result = archive_commit(a, err);
	if (result < 0)
		archive_rollback(a);
	return result;
}

int store_erase(struct store *s, const struct erase_plan *plan, struct erase_outcome *out,
	struct error *err)
{
	struct going g = {.store = s, .plan = plan};
	struct erase_outcome made = {0};
	int result = plan->dry ? collect(&g, err) : erase(&g, &made, err);
	made.records = g.count;
	if (!result && !plan->dry)
		result = store_catch_up(s, NULL, err);
	if (!result && !plan->dry)
		result = index_scrub(s->index, err);
	free(g.seqs);
	free(g.exports);
	if (!result)
		*out = made;
	return result;
}
