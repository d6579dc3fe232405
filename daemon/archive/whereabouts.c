/* Where messages were seen that are stored by another place: they were moved, copied or numbered
   anew. No evidence, and it changes: without it such a message is only known not to be where it
   was. */
#include "database.h"

#include "base/array.h"
#include <stdlib.h>

static void bind(sqlite3_stmt *s, int index, struct str text)
{
	sqlite3_bind_text64(s, index, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

int archive_set_whereabouts(
	struct archive *a, uint64_t seq, const struct place *place, struct error *err)
{
	static const char sql[] =
		"INSERT OR REPLACE INTO whereabouts(seq, account, folder, uidvalidity, uid)"
		" VALUES (?1, ?2, ?3, ?4, ?5)";
	sqlite3_stmt **s = &a->statement.whereabouts_set;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	bind(*s, 2, place->account);
	bind(*s, 3, place->folder);
	sqlite3_bind_int64(*s, 4, place->uidvalidity);
	sqlite3_bind_int64(*s, 5, place->uid);
	int status = sqlite3_step(*s) == SQLITE_DONE
		? 0
		: archive_failed(a, "store where a message is", err);
	return archive_statement_end(*s, status);
}

int archive_drop_whereabouts(struct archive *a, uint64_t seq, struct error *err)
{
	static const char sql[] = "DELETE FROM whereabouts WHERE seq = ?1";
	sqlite3_stmt **s = &a->statement.whereabouts_drop;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	int status = sqlite3_step(*s) == SQLITE_DONE
		? 0
		: archive_failed(a, "forget where a message is", err);
	return archive_statement_end(*s, status);
}

int archive_whereabouts(
	struct archive *a, uint64_t seq, struct arena *arena, struct place *out, struct error *err)
{
	static const char sql[] =
		"SELECT account, folder, uidvalidity, uid FROM whereabouts WHERE seq = ?1";
	sqlite3_stmt **s = &a->statement.whereabouts_get;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)seq);
	int step = sqlite3_step(*s);
	if (step == SQLITE_DONE)
		return archive_statement_end(*s, 0);
	if (step != SQLITE_ROW)
		return archive_statement_end(*s, archive_failed(a, "read where a message is", err));
	*out = (struct place){
		.account = arena_str(arena, statement_str(*s, 0)),
		.folder = arena_str(arena, statement_str(*s, 1)),
		.uidvalidity = (uint32_t)sqlite3_column_int64(*s, 2),
		.uid = (uint32_t)sqlite3_column_int64(*s, 3),
	};
	int status = out->account.ptr && out->folder.ptr ? 1 : error_memory(err);
	return archive_statement_end(*s, status);
}

int archive_seen_in(struct archive *a, const struct place *from, uint32_t next_uid,
	struct seen_message **out, size_t *count, struct error *err)
{
	static const char sql[] = "SELECT seq, uid FROM whereabouts WHERE account = ?1"
				  " AND folder = ?2 AND uidvalidity = ?3 AND uid >= ?4 AND uid < ?5"
				  " ORDER BY uid, seq";
	sqlite3_stmt **s = &a->statement.whereabouts_in;
	struct seen_message *all = NULL;
	size_t have = 0, cap = 0;
	int step, status = 0;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	bind(*s, 1, from->account);
	bind(*s, 2, from->folder);
	sqlite3_bind_int64(*s, 3, from->uidvalidity);
	sqlite3_bind_int64(*s, 4, from->uid);
	sqlite3_bind_int64(*s, 5, next_uid);
	while ((step = sqlite3_step(*s)) == SQLITE_ROW && !status) {
		if (array_room(&all, have, &cap, sizeof(*all)) < 0)
			status = error_memory(err);
		else
			all[have++] = (struct seen_message){
				.seq = (uint64_t)sqlite3_column_int64(*s, 0),
				.uid = (uint32_t)sqlite3_column_int64(*s, 1),
			};
	}
	if (!status && step != SQLITE_DONE)
		status = archive_failed(a, "read where messages are", err);
	if (status < 0) {
		free(all);
	} else {
		*out = all;
		*count = have;
	}
	return archive_statement_end(*s, status);
}
