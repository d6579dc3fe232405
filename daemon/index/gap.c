/* What may be missing and when it was looked for; and what is archived of a folder. */
#include "rows.h"

/* What had one of these UIDs has none now. */
static int renumber(struct index *x, const struct gap *g, struct error *err)
{
	static const char sql[] =
		"UPDATE message SET renumbered = ?1 WHERE account = ?2 AND folder = ?3"
		" AND uidvalidity = ?4 AND uid >= ?5 AND file IS NULL AND renumbered IS NULL";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)g->seq);
	bind_str(s, 2, g->account);
	bind_str(s, 3, g->folder);
	sqlite3_bind_int64(s, 4, g->uidvalidity);
	sqlite3_bind_int64(s, 5, g->uid);
	int result = index_run(x, s, "forget UIDs", err);
	sqlite3_finalize(s);
	return result;
}

int fold_gap(struct index *x, const struct folding *f, struct error *err)
{
	static const char sql[] = "INSERT INTO gap(seq, kind, account, folder, before, uidvalidity,"
				  " uid, message, begin, until, pause, why)"
				  " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
	sqlite3_stmt **s = &x->s.add_gap;
	struct gap g;
	if (gap_read(f->record, &g, err) < 0 || index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)g.seq);
	sqlite3_bind_int(*s, 2, (int)g.kind);
	bind_str(*s, 3, g.account);
	bind_str(*s, 4, g.folder);
	sqlite3_bind_int64(*s, 5, g.uidvalidity_before);
	sqlite3_bind_int64(*s, 6, g.uidvalidity);
	sqlite3_bind_int64(*s, 7, g.uid);
	if (g.of)
		sqlite3_bind_int64(*s, 8, (sqlite3_int64)g.of);
	sqlite3_bind_int64(*s, 9, g.from_us);
	sqlite3_bind_int64(*s, 10, g.until_us);
	sqlite3_bind_int64(*s, 11, g.pause_s);
	bind_str(*s, 12, g.why);
	if (index_run(x, *s, "index a gap", err) < 0)
		return -1;
	return g.kind == GAP_RESTORED ? renumber(x, &g, err) : 0;
}

static void fill_gap(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct gap *)item = (struct gap){
		.seq = (uint64_t)sqlite3_column_int64(s, 0),
		.kind = (enum gap_kind)sqlite3_column_int(s, 1),
		.account = column_str(s, 2, arena, full),
		.folder = column_str(s, 3, arena, full),
		.uidvalidity_before = (uint32_t)sqlite3_column_int64(s, 4),
		.uidvalidity = (uint32_t)sqlite3_column_int64(s, 5),
		.uid = (uint32_t)sqlite3_column_int64(s, 6),
		.of = (uint64_t)sqlite3_column_int64(s, 7),
		.from_us = sqlite3_column_int64(s, 8),
		.until_us = sqlite3_column_int64(s, 9),
		.pause_s = sqlite3_column_int64(s, 10),
		.why = column_str(s, 11, arena, full),
	};
}

#define OF_CLIENT " JOIN peer p ON p.seq = m.seq WHERE p.client = ?3 "

#define COLUMNS                                                                                    \
	"SELECT seq, kind, account, folder, before, uidvalidity, uid, message, begin, until,"      \
	" pause, why FROM gap g WHERE "

int index_gaps(struct index *x, struct str client, int64_t from_us, int64_t until_us,
	struct arena *arena, struct gap **out, size_t *count, struct error *err)
{
	static const char sql[] = COLUMNS
		"until >= ?1 AND begin <= ?2"
		/* the last word on a message */
		" AND NOT EXISTS (SELECT 1 FROM gap n WHERE n.message = g.message AND n.seq > g.seq)"
		" AND kind <> ?4 AND NOT EXISTS (SELECT 1 FROM gap n WHERE n.message = g.seq)"
		" AND (?3 IS NULL OR folder IS NULL AND account IN"
		" (SELECT m.account FROM message m" OF_CLIENT ")"
		" OR message IN (SELECT m.seq FROM message m" OF_CLIENT ")"
		" OR message IS NULL AND EXISTS (SELECT 1 FROM message m" OF_CLIENT
		" AND m.account = g.account AND m.folder = g.folder))"
		" ORDER BY begin, seq";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 1, from_us);
	sqlite3_bind_int64(s, 2, until_us);
	bind_str(s, 3, client);
	sqlite3_bind_int(s, 4, GAP_SETTLED);
	int result = rows_collect(x, s, sizeof(**out), fill_gap, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

static void fill_seq(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	(void)arena, (void)full;
	*(uint64_t *)item = (uint64_t)sqlite3_column_int64(s, 0);
}

int index_watch_records(struct index *x, struct str client, struct arena *arena, uint64_t **out,
	size_t *count, struct error *err)
{
	static const char sql[] =
		"SELECT g.seq FROM gap g JOIN"
		" (SELECT m.account, min(m.at) AS first, max(m.at) AS last FROM message m" OF_CLIENT
		" GROUP BY m.account) c ON c.account = g.account"
		" WHERE g.kind IN (?1, ?2) AND g.until >= c.first AND g.begin <= c.last"
		" UNION SELECT g.seq FROM gap g JOIN"
		" (SELECT DISTINCT m.account, m.folder FROM message m" OF_CLIENT
		") c ON c.account = g.account AND c.folder = g.folder"
		" WHERE g.message IS NULL OR g.kind = ?4"
		" ORDER BY 1";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	sqlite3_bind_int(s, 1, GAP_WATCHED);
	sqlite3_bind_int(s, 2, GAP_AWAY);
	bind_str(s, 3, client);
	sqlite3_bind_int(s, 4, GAP_SETTLED);
	int result = rows_collect(x, s, sizeof(**out), fill_seq, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

int index_left(
	struct index *x, uint64_t seq, struct arena *arena, struct gap *out, struct error *err)
{
	static const char sql[] = COLUMNS "message = ?1 ORDER BY seq DESC LIMIT 1";
	sqlite3_stmt *s = NULL;
	struct gap *found = NULL;
	size_t count = 0;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	int result = rows_collect(x, s, sizeof(*found), fill_gap, arena, &found, &count, err);
	sqlite3_finalize(s);
	if (!result && count)
		*out = found[0];
	return result < 0 ? -1 : (int)count;
}

int index_watched_until(struct index *x, struct str account, int64_t *until_us, struct error *err)
{
	static const char sql[] =
		"SELECT max(until) FROM gap WHERE account = ?1 AND kind IN (?2, ?3)";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	bind_str(s, 1, account);
	sqlite3_bind_int(s, 2, GAP_WATCHED);
	sqlite3_bind_int(s, 3, GAP_AWAY);
	int result = sqlite3_step(s) != SQLITE_ROW ? index_failed(x, "ask the index", err)
						   : sqlite3_column_type(s, 0) != SQLITE_NULL;
	if (result > 0)
		*until_us = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return result;
}
