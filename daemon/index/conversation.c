/* What is here of a conversation that exports of a chat have told. */
#include "rows.h"
#include <string.h>

int index_count_octets(struct index *x, struct str conversation, const struct sha256 *sum,
	uint64_t *count, struct error *err)
{
	static const char sql[] = "SELECT count(*) FROM message WHERE octets = ?1 AND folder = ?2"
				  " AND file IS NOT NULL";
	sqlite3_stmt **s = &x->s.count_octets;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_blob(*s, 1, sum->octet, SHA256_SIZE, SQLITE_STATIC);
	bind_str(*s, 2, conversation);
	int step = sqlite3_step(*s);
	if (step == SQLITE_ROW)
		*count = (uint64_t)sqlite3_column_int64(*s, 0);
	sqlite3_reset(*s);
	return step == SQLITE_ROW ? 0 : index_failed(x, "count messages", err);
}

static void fill_line(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	(void)arena, (void)full;
	struct indexed_line *line = item;
	line->seq = (uint64_t)sqlite3_column_int64(s, 0);
	if (sqlite3_column_bytes(s, 1) == SHA256_SIZE)
		memcpy(line->sum.octet, sqlite3_column_blob(s, 1), SHA256_SIZE);
	line->at_us = sqlite3_column_int64(s, 2);
	line->outgoing = sqlite3_column_int(s, 3);
}

int index_conversation(struct index *x, struct str account, struct str conversation,
	struct arena *arena, struct indexed_line **out, size_t *count, struct error *err)
{
	static const char sql[] =
		"SELECT seq, octets, date, outgoing FROM message WHERE account = ?1 AND folder = ?2"
		" AND file IS NOT NULL AND date IS NOT NULL ORDER BY date, seq";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	bind_str(s, 1, account);
	bind_str(s, 2, conversation);
	int result = rows_collect(x, s, sizeof(**out), fill_line, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}
