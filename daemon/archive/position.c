/* How far each folder of each account is read: the one table that changes. */
#include "base/array.h"
#include "database.h"
#include <stdlib.h>

static void bind(sqlite3_stmt *s, int index, struct str text)
{
	/* an absent string is the empty one here: no NULL gets into the table */
	sqlite3_bind_text64(
		s, index, text.ptr ? text.ptr : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
}

/* The columns uidvalidity, next_uid, watched from `index` on. A number that cannot be one of ours
   gives position 0, from which the folder is read anew. */
static int read_position(
	sqlite3_stmt *s, int index, struct arena *arena, struct position *out, struct error *err)
{
	sqlite3_int64 uidvalidity = sqlite3_column_int64(s, index);
	sqlite3_int64 next_uid = sqlite3_column_int64(s, index + 1);
	struct position p = {0, 0, arena_str(arena, statement_str(s, index + 2))};
	if (p.watched.ptr == NULL)
		return error_memory(err);
	if (uidvalidity >= 0 && uidvalidity <= UINT32_MAX && next_uid >= 0 &&
		next_uid <= UINT32_MAX) {
		p.uidvalidity = (uint32_t)uidvalidity;
		p.next_uid = (uint32_t)next_uid;
	}
	*out = p;
	return 0;
}

int archive_position(struct archive *a, struct str account, struct str folder, struct arena *arena,
	struct position *out, struct error *err)
{
	static const char sql[] = "SELECT uidvalidity, next_uid, watched FROM position"
				  " WHERE account = ?1 AND folder = ?2";
	sqlite3_stmt **s = &a->statement.position_get;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	bind(*s, 1, account);
	bind(*s, 2, folder);
	int result = sqlite3_step(*s);
	if (result == SQLITE_DONE)
		return archive_statement_end(*s, 0);
	if (result != SQLITE_ROW)
		return archive_statement_end(*s, archive_failed(a, "read a position", err));
	return archive_statement_end(*s, read_position(*s, 0, arena, out, err) < 0 ? -1 : 1);
}

int archive_set_position(struct archive *a, struct str account, struct str folder,
	const struct position *p, struct error *err)
{
	static const char sql[] =
		"INSERT INTO position(account, folder, uidvalidity, next_uid, watched)"
		" VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT(account, folder) DO UPDATE SET"
		" uidvalidity = excluded.uidvalidity, next_uid = excluded.next_uid,"
		" watched = excluded.watched";
	sqlite3_stmt **s = &a->statement.position_set;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	bind(*s, 1, account);
	bind(*s, 2, folder);
	sqlite3_bind_int64(*s, 3, p->uidvalidity);
	sqlite3_bind_int64(*s, 4, p->next_uid);
	bind(*s, 5, p->watched);
	int status = 0;
	if (sqlite3_step(*s) != SQLITE_DONE)
		status = archive_failed(a, "store a position", err);
	return archive_statement_end(*s, status);
}

static int read_row(
	sqlite3_stmt *s, struct arena *arena, struct position_row *row, struct error *err)
{
	row->account = arena_str(arena, statement_str(s, 0));
	row->folder = arena_str(arena, statement_str(s, 1));
	if (row->account.ptr == NULL || row->folder.ptr == NULL)
		return error_memory(err);
	return read_position(s, 2, arena, &row->position, err);
}

/* The rows as they come, then as one array of the arena. */
int archive_positions(struct archive *a, struct arena *arena, struct position_row **out,
	size_t *count, struct error *err)
{
	static const char sql[] = "SELECT account, folder, uidvalidity, next_uid, watched"
				  " FROM position ORDER BY account, folder";
	sqlite3_stmt **s = &a->statement.position_list;
	struct position_row *rows = NULL, *kept;
	size_t have = 0, cap = 0;
	int result = SQLITE_DONE, status = -1;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	while ((result = sqlite3_step(*s)) == SQLITE_ROW) {
		if (array_room(&rows, have, &cap, sizeof(*rows)) < 0) {
			error_memory(err);
			goto out;
		}
		if (read_row(*s, arena, &rows[have], err) < 0)
			goto out;
		have++;
	}
	if (result != SQLITE_DONE) {
		archive_failed(a, "read the positions", err);
		goto out;
	}
	kept = arena_array(arena, have, sizeof(*kept));
	if (kept == NULL) {
		error_memory(err);
		goto out;
	}
	for (size_t i = 0; i < have; i++)
		kept[i] = rows[i];
	*out = kept;
	*count = have;
	status = 0;
out:
	free(rows);
	return archive_statement_end(*s, status);
}
