/* Which records say that a message fixes something. */
#include "rows.h"

static void fill(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct indexed_agreement *)item = (struct indexed_agreement){
		.record = (uint64_t)sqlite3_column_int64(s, 0),
		.kind = column_str(s, 1, arena, full),
		.note = column_str(s, 2, arena, full),
	};
}

int index_agreements(struct index *x, uint64_t seq, struct arena *arena,
	struct indexed_agreement **out, size_t *count, struct error *err)
{
	static const char sql[] =
		"SELECT record, kind, note FROM mark WHERE seq = ?1 AND mark = ?2 ORDER BY record";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	sqlite3_bind_int(s, 2, MARK_AGREEMENT);
	int result = rows_collect(x, s, sizeof(**out), fill, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}
