/* What a later export of a chat has otherwise than an earlier one. */
#include "rows.h"

#include <string.h>

/* Fields: what, account, name, size; the file is the blob. */
static int add_export(struct index *x, const struct record *r, struct error *err)
{
	static const char sql[] = "INSERT INTO export(seq, octets, name) VALUES(?1, ?2, ?3)";
	sqlite3_stmt **s = &x->s.add_export;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)r->seq);
	sqlite3_bind_blob(*s, 2, r->blob.octet, SHA256_SIZE, SQLITE_STATIC);
	bind_str(*s, 3, record_get(r, "name", 0));
	return index_run(x, *s, "index an export", err);
}

/* Fields: what, of, now ("-": nothing), export. */
static int add_difference(struct index *x, const struct record *r, struct error *err)
{
	static const char sql[] = "INSERT INTO difference(seq, message, instead, export)"
				  " VALUES(?1, ?2, ?3, ?4)";
	sqlite3_stmt **s = &x->s.add_difference;
	bool changed = str_eq(record_get(r, "what", 0), STR("changed"));
	struct sha256 sum;
	uint64_t of, now = 0;
	if (!evidence_parse(record_get(r, "of", 0), &of) ||
		!sha256_parse(record_get(r, "export", 0), &sum) ||
		(changed && !evidence_parse(record_get(r, "now", 0), &now)))
		return error_set(err, ERROR_INTEGRITY,
			"a difference that does not say of which message, or in which export");
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)r->seq);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)of);
	if (changed)
		sqlite3_bind_int64(*s, 3, (sqlite3_int64)now);
	sqlite3_bind_blob(*s, 4, sum.octet, SHA256_SIZE, SQLITE_STATIC);
	return index_run(x, *s, "index a difference", err);
}

int fold_import(struct index *x, const struct folding *f, struct error *err)
{
	return f->record->has_blob ? add_export(x, f->record, err)
				   : add_difference(x, f->record, err);
}

static void fill(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	struct indexed_difference *d = item;
	*d = (struct indexed_difference){
		.seq = (uint64_t)sqlite3_column_int64(s, 0),
		.of = (uint64_t)sqlite3_column_int64(s, 1),
		.now = (uint64_t)sqlite3_column_int64(s, 2),
		.export_seq = (uint64_t)sqlite3_column_int64(s, 4),
		.export_name = column_str(s, 5, arena, full),
	};
	if (sqlite3_column_bytes(s, 3) == SHA256_SIZE)
		memcpy(d->export.octet, sqlite3_column_blob(s, 3), SHA256_SIZE);
}

int index_differences(struct index *x, uint64_t seq, struct arena *arena,
	struct indexed_difference **out, size_t *count, struct error *err)
{
	static const char sql[] =
		"SELECT d.seq, d.message, d.instead, d.export, e.seq, e.name FROM difference d"
		" LEFT JOIN export e ON e.octets = d.export"
		" WHERE d.message = ?1 OR d.instead = ?1 ORDER BY d.seq";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	int result = rows_collect(x, s, sizeof(**out), fill, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

int index_differs(struct index *x, uint64_t seq, uint64_t *record, struct error *err)
{
	sqlite3_stmt **s = &x->s.differs;
	if (index_statement(x, s, "SELECT max(seq) FROM difference WHERE message = ?1", err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	int result = sqlite3_step(*s) != SQLITE_ROW ? index_failed(x, "ask the index", err)
						    : sqlite3_column_type(*s, 0) != SQLITE_NULL;
	if (result > 0)
		*record = (uint64_t)sqlite3_column_int64(*s, 0);
	sqlite3_reset(*s);
	return result;
}
