/* A client's history as sequences look at it. */
#include "base/array.h"
#include "base/limits.h"
#include "rows.h"
#include <stdlib.h>
#include <string.h>

/* One row a finding, a message without any has one of its own. Until it is judged, a message is
   taken for its first client's. Of copies the first by time and octets stays, however they came. */
static const char timeline_sql[] =
	"SELECT m.seq, m.at, m.outgoing, m.octets, f.rule, f.shadow, f.unsure, f.day,"
	" iif(f.consent IS NOT NULL, 2, " VERDICT ")"
	" FROM peer p JOIN message m ON m.seq = p.seq LEFT JOIN judgement j ON j.seq = m.seq"
	" LEFT JOIN finding f ON f.seq = m.seq"
	" WHERE p.client = ?1 AND NOT m.automatic"
	" AND (m.outgoing OR iif(j.seq IS NULL, m.client, j.author) = p.client)"
	" AND NOT EXISTS (SELECT 1 FROM message d JOIN peer q ON q.seq = d.seq"
	" WHERE q.client = p.client AND d.message_id = m.message_id AND length(d.message_id) > 0"
	" AND d.outgoing = m.outgoing AND (d.at, d.octets, d.seq) < (m.at, m.octets, m.seq))"
	" ORDER BY m.at DESC, m.seq DESC, f.number";

/* While the rows come, both arrays grow; then findings are where they stay. */
struct reading {
	struct indexed_timeline made;
	size_t cap, finding_count, finding_cap;
	bool full;
};

static struct timeline_event *last_event(const struct reading *r)
{
	return r->made.count ? &r->made.events[r->made.count - 1] : NULL;
}

static void add_event(struct reading *r, sqlite3_stmt *s)
{
	struct timeline_event e = {
		.evidence = (uint64_t)sqlite3_column_int64(s, 0),
		.at_us = sqlite3_column_int64(s, 1),
		.direction = sqlite3_column_int(s, 2) ? DIRECTION_OUT : DIRECTION_IN,
	};
	if (sqlite3_column_bytes(s, 3) == SHA256_SIZE)
		memcpy(e.sum.octet, sqlite3_column_blob(s, 3), SHA256_SIZE);
	r->full |= array_room(&r->made.events, r->made.count, &r->cap, sizeof(e)) < 0;
	if (!r->full)
		r->made.events[r->made.count++] = e;
}

static void add_finding(struct reading *r, sqlite3_stmt *s)
{
	const struct timeline_finding f = {
		.rule = column_str(s, 4, &r->made.arena, &r->full),
		.shadow = sqlite3_column_int(s, 5) != 0,
		.unsure = sqlite3_column_int(s, 6) != 0,
		.has_day = sqlite3_column_type(s, 7) != SQLITE_NULL,
		.day = sqlite3_column_int64(s, 7),
		.mark = (enum mark)sqlite3_column_int(s, 8),
	};
	if (!f.rule.ptr)
		return;
	r->full |= array_room(&r->made.findings, r->finding_count, &r->finding_cap, sizeof(f)) < 0;
	if (r->full)
		return;
	r->made.findings[r->finding_count++] = f;
	last_event(r)->finding_count++;
}

/* 1 a row was taken, 0 there are no more, or none that are looked at, -1. */
static int read_row(struct reading *r, struct index *x, sqlite3_stmt *s, struct error *err)
{
	int step = sqlite3_step(s);
	if (step != SQLITE_ROW)
		return step == SQLITE_DONE ? 0 : index_failed(x, "read the index", err);
	const struct timeline_event *last = last_event(r);
	if (!last || last->evidence != (uint64_t)sqlite3_column_int64(s, 0)) {
		r->made.left_out = r->made.count == LIMIT_TIMELINE;
		if (r->made.left_out)
			return 0;
		add_event(r, s);
	}
	if (!r->full)
		add_finding(r, s);
	return r->full ? error_memory(err) : 1;
}

static void join(struct indexed_timeline *t)
{
	const struct timeline_finding *next = t->findings;
	for (size_t i = 0; i < t->count; i++) {
		t->events[i].findings = next;
		/* of none there may be no array */
		next = next ? next + t->events[i].finding_count : NULL;
	}
}

void indexed_timeline_finish(struct indexed_timeline *t)
{
	free(t->events);
	free(t->findings);
	arena_finish(&t->arena);
	*t = (struct indexed_timeline){0};
}

int index_timeline(
	struct index *x, struct str client, struct indexed_timeline *out, struct error *err)
{
	struct reading r = {0};
	sqlite3_stmt *s;
	int more;
	if (sqlite3_prepare_v2(x->db, timeline_sql, -1, &s, NULL) != SQLITE_OK)
		return index_failed(x, "ask the index", err);
	bind_str(s, 1, client);
	while ((more = read_row(&r, x, s, err)) > 0)
		;
	sqlite3_finalize(s);
	if (more < 0) {
		indexed_timeline_finish(&r.made);
		return -1;
	}
	join(&r.made);
	*out = r.made;
	return 0;
}

int index_changed_clients(
	struct index *x, uint64_t since, struct arena *arena, struct strs *out, struct error *err)
{
	static const char sql[] =
		"SELECT client FROM peer WHERE seq > ?1"
		" UNION SELECT p.client FROM judgement j JOIN peer p ON p.seq = j.seq"
		" WHERE j.findings > ?1"
		" UNION SELECT p.client FROM mark k JOIN peer p ON p.seq = k.seq"
		" WHERE k.record > ?1"
		/* whose messages were erased nobody knows any more */
		" UNION SELECT client FROM peer WHERE EXISTS"
		" (SELECT 1 FROM record WHERE type = ?2 AND seq > ?1)";
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(x->db, sql, -1, &s, NULL) != SQLITE_OK)
		return index_failed(x, "ask the index", err);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)since);
	sqlite3_bind_int(s, 2, RECORD_ERASURE);
	int result = rows_collect(
		x, s, sizeof(*out->items), row_fill_str, arena, &out->items, &out->count, err);
	sqlite3_finalize(s);
	return result;
}
