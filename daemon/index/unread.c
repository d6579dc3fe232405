/* Messages that could not be had, and may still be. */
#include "rows.h"

/* Refused by the server, not had since, and its number still stands for it. ?1 to ?4: the kinds. */
#define WAITS                                                                                      \
	"g.kind = ?1 AND g.why LIKE '" GAP_POISON "%'"                                             \
	" AND NOT EXISTS (SELECT 1 FROM gap n WHERE n.message = g.seq AND n.kind = ?2)"            \
	" AND NOT EXISTS (SELECT 1 FROM gap r WHERE r.account = g.account"                         \
	" AND r.folder = g.folder AND r.seq > g.seq AND (r.kind = ?3"                              \
	" OR r.kind = ?4 AND r.uidvalidity = g.uidvalidity AND r.uid <= g.uid))"

static int prepare(struct index *x, const char *sql, sqlite3_stmt **s, struct error *err)
{
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int(*s, 1, GAP_UNREAD);
	sqlite3_bind_int(*s, 2, GAP_SETTLED);
	sqlite3_bind_int(*s, 3, GAP_RENUMBERED);
	sqlite3_bind_int(*s, 4, GAP_RESTORED);
	return 0;
}

static void fill_unread(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	(void)arena, (void)full;
	*(struct unread *)item = (struct unread){
		.seq = (uint64_t)sqlite3_column_int64(s, 0),
		.uid = (uint32_t)sqlite3_column_int64(s, 1),
	};
}

int index_unread(struct index *x, const struct place *folder, struct arena *arena,
	struct unread **out, size_t *count, struct error *err)
{
	static const char sql[] = "SELECT g.seq, g.uid FROM gap g WHERE " WAITS
				  " AND g.account = ?5 AND g.folder = ?6 AND g.uidvalidity = ?7"
				  " AND (?8 = 0 OR g.uid = ?8) ORDER BY g.seq";
	sqlite3_stmt *s = NULL;
	if (prepare(x, sql, &s, err) < 0)
		return -1;
	bind_str(s, 5, folder->account);
	bind_str(s, 6, folder->folder);
	sqlite3_bind_int64(s, 7, folder->uidvalidity);
	sqlite3_bind_int64(s, 8, folder->uid);
	int result = rows_collect(x, s, sizeof(**out), fill_unread, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

int index_unread_count(struct index *x, uint64_t *count, struct error *err)
{
	sqlite3_stmt *s = NULL;
	if (prepare(x, "SELECT count(*) FROM gap g WHERE " WAITS, &s, err) < 0)
		return -1;
	int result = sqlite3_step(s) == SQLITE_ROW ? 0 : index_failed(x, "ask the index", err);
	if (!result)
		*count = (uint64_t)sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return result;
}
