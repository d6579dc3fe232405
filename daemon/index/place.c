/* Where archived messages stood, and which have left that place. */
#include "rows.h"

#define COLUMNS                                                                                    \
	"SELECT m.seq, m.uidvalidity, m.uid, m.at, m.client, m.internal, m.size FROM message m"    \
	" WHERE "
#define IS_THERE " NOT EXISTS (SELECT 1 FROM gap g WHERE g.message = m.seq)"

static void fill_place(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct indexed_place *)item = (struct indexed_place){
		.seq = (uint64_t)sqlite3_column_int64(s, 0),
		.uidvalidity = (uint32_t)sqlite3_column_int64(s, 1),
		.uid = (uint32_t)sqlite3_column_int64(s, 2),
		.at_us = sqlite3_column_int64(s, 3),
		.client = column_str(s, 4, arena, full),
		.has_internal = sqlite3_column_type(s, 5) != SQLITE_NULL,
		.internal_at_us = sqlite3_column_int64(s, 5),
		.size_bytes = (uint64_t)sqlite3_column_int64(s, 6),
	};
}

int index_places(struct index *x, const struct place *from, uint32_t next_uid, struct arena *arena,
	struct indexed_place **out, size_t *count, struct error *err)
{
	static const char sql[] =
		COLUMNS "m.account = ?1 AND m.folder = ?2 AND m.uidvalidity = ?3 AND m.uid >= ?4"
			" AND m.uid < ?5 AND m.renumbered IS NULL AND" IS_THERE " ORDER BY m.uid";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	bind_str(s, 1, from->account);
	bind_str(s, 2, from->folder);
	sqlite3_bind_int64(s, 3, from->uidvalidity);
	sqlite3_bind_int64(s, 4, from->uid);
	sqlite3_bind_int64(s, 5, next_uid);
	int result = rows_collect(x, s, sizeof(**out), fill_place, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

int index_newest_places(struct index *x, const struct place *below, size_t most,
	struct arena *arena, struct indexed_place **out, size_t *count, struct error *err)
{
	static const char sql[] =
		COLUMNS "m.account = ?1 AND m.folder = ?2 AND m.uidvalidity = ?3 AND m.uid < ?4"
			" AND m.file IS NULL AND m.renumbered IS NULL"
			" ORDER BY m.uid DESC LIMIT ?5";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	bind_str(s, 1, below->account);
	bind_str(s, 2, below->folder);
	sqlite3_bind_int64(s, 3, below->uidvalidity);
	sqlite3_bind_int64(s, 4, below->uid);
	sqlite3_bind_int64(s, 5, (sqlite3_int64)most);
	int result = rows_collect(x, s, sizeof(**out), fill_place, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

int index_places_before(struct index *x, const struct place *folder, struct arena *arena,
	struct indexed_place **out, size_t *count, struct error *err)
{
	static const char sql[] =
		COLUMNS "m.account = ?1 AND m.folder = ?2"
			" AND (m.uidvalidity <> ?3 OR m.renumbered IS NOT NULL) AND" IS_THERE
			" ORDER BY m.uidvalidity, m.uid";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	bind_str(s, 1, folder->account);
	bind_str(s, 2, folder->folder);
	sqlite3_bind_int64(s, 3, folder->uidvalidity);
	int result = rows_collect(x, s, sizeof(**out), fill_place, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

static void fill_full_place(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct place *)item = (struct place){
		.account = column_str(s, 0, arena, full),
		.folder = column_str(s, 1, arena, full),
		.uidvalidity = (uint32_t)sqlite3_column_int64(s, 2),
		.uid = (uint32_t)sqlite3_column_int64(s, 3),
	};
}

int index_place_of(
	struct index *x, uint64_t seq, struct arena *arena, struct place *out, struct error *err)
{
	static const char sql[] =
		"SELECT account, folder, iif(renumbered IS NULL, uidvalidity, 0), uid FROM message"
		" WHERE seq = ?1";
	sqlite3_stmt *s = NULL;
	struct place *found = NULL;
	size_t count = 0;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	int result =
		rows_collect(x, s, sizeof(*found), fill_full_place, arena, &found, &count, err);
	sqlite3_finalize(s);
	if (!result && count)
		*out = found[0];
	return result < 0 ? -1 : (int)count;
}

int index_elsewhere(struct index *x, uint64_t seq, int64_t since_us, struct arena *arena,
	struct str *folder, struct error *err)
{
	static const char sql[] =
		"SELECT o.folder FROM message m JOIN message o ON o.message_id = m.message_id"
		" AND o.account = m.account AND o.folder <> m.folder AND o.seq > m.seq"
		" AND o.seen >= ?2 WHERE m.seq = ?1 AND m.message_id <> '' AND NOT EXISTS"
		" (SELECT 1 FROM gap g WHERE g.message = o.seq) ORDER BY o.seq DESC LIMIT 1";
	sqlite3_stmt *s = NULL;
	struct str *found = NULL;
	size_t count = 0;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	sqlite3_bind_int64(s, 2, since_us);
	int result = rows_collect(x, s, sizeof(*found), row_fill_str, arena, &found, &count, err);
	sqlite3_finalize(s);
	if (!result && count)
		*folder = found[0];
	return result < 0 ? -1 : (int)count;
}
