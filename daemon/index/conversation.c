/* What is here of the conversations that exports of chats have told. */
#include "rows.h"
#include <string.h>

/* The number that a statement gives, which is reset. */
static int count_of(struct index *x, sqlite3_stmt *s, uint64_t *count, struct error *err)
{
	int step = sqlite3_step(s);
	if (step == SQLITE_ROW)
		*count = (uint64_t)sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return step == SQLITE_ROW ? 0 : index_failed(x, "count messages", err);
}

int index_count_lines(struct index *x, struct str conversation, enum line_sum by,
	const struct sha256 *sum, uint64_t *count, struct error *err)
{
	static const char *const sql[LINE_SUMS] = {
		[LINE_OCTETS] = "SELECT count(*) FROM message WHERE octets = ?1 AND folder = ?2"
				" AND file IS NOT NULL",
		[LINE_SPEECH] = "SELECT count(*) FROM message WHERE speech = ?1 AND folder = ?2",
	};
	sqlite3_stmt **s = &x->s.count_lines[by];
	if (index_statement(x, s, sql[by], err) < 0)
		return -1;
	sqlite3_bind_blob(*s, 1, sum->octet, SHA256_SIZE, SQLITE_STATIC);
	bind_str(*s, 2, conversation);
	return count_of(x, *s, count, err);
}

static void fill_conversation(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct indexed_conversation *)item = (struct indexed_conversation){
		.name = column_str(s, 0, arena, full),
		.first_at_us = sqlite3_column_int64(s, 1),
		.last_at_us = sqlite3_column_int64(s, 2),
	};
}

int index_conversations(struct index *x, struct arena *arena, struct indexed_conversation **out,
	size_t *count, struct error *err)
{
	static const char sql[] = "SELECT folder, min(at), max(at) FROM message"
				  " WHERE file IS NOT NULL GROUP BY folder ORDER BY folder";
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	int result = rows_collect(x, s, sizeof(**out), fill_conversation, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

int index_conversations_with(struct index *x, const struct sha256 *octets,
	const struct sha256 *speech, struct arena *arena, struct strs *out, struct error *err)
{
	/* one conversation may have it ten thousand times */
	static const char sql[] =
		"SELECT folder FROM (SELECT folder FROM message WHERE octets = ?1"
		" AND file IS NOT NULL LIMIT 100) UNION"
		" SELECT folder FROM (SELECT folder FROM message WHERE speech = ?2 LIMIT 100)";
	sqlite3_stmt **s = &x->s.conversations_with;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_blob(*s, 1, octets->octet, SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_blob(*s, 2, speech->octet, SHA256_SIZE, SQLITE_STATIC);
	return rows_collect(
		x, *s, sizeof(*out->items), row_fill_str, arena, &out->items, &out->count, err);
}

int index_count_between(struct index *x, struct str conversation, int64_t first_at_us,
	int64_t last_at_us, uint64_t *count, struct error *err)
{
	static const char sql[] = "SELECT count(*) FROM message WHERE at BETWEEN ?2 AND ?3"
				  " AND folder = ?1 AND NOT outgoing AND file IS NOT NULL";
	sqlite3_stmt **s = &x->s.count_between;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	bind_str(*s, 1, conversation);
	sqlite3_bind_int64(*s, 2, first_at_us);
	sqlite3_bind_int64(*s, 3, last_at_us);
	return count_of(x, *s, count, err);
}

static bool fill_sum(sqlite3_stmt *s, int at, struct sha256 *out)
{
	bool has = sqlite3_column_bytes(s, at) == SHA256_SIZE;
	if (has)
		memcpy(out->octet, sqlite3_column_blob(s, at), SHA256_SIZE);
	return has;
}

static void fill_line(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	struct indexed_line *line = item;
	line->seq = (uint64_t)sqlite3_column_int64(s, 0);
	line->conversation = column_str(s, 1, arena, full);
	fill_sum(s, 2, &line->sum);
	line->at_us = sqlite3_column_int64(s, 3);
	line->outgoing = sqlite3_column_int(s, 4) != 0;
	line->has_speech = fill_sum(s, 5, &line->speech);
}

int index_lines(struct index *x, const struct line_range *range, struct arena *arena,
	struct indexed_line **out, size_t *count, struct error *err)
{
	static const char sql[] =
		"SELECT seq, folder, octets, date, outgoing, speech FROM message WHERE seq > ?2 AND seq <= ?3"
		" AND account = ?1 AND file IS NOT NULL AND date IS NOT NULL ORDER BY seq LIMIT ?4";
	sqlite3_stmt **s = &x->s.lines;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	bind_str(*s, 1, range->account);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)range->after);
	sqlite3_bind_int64(*s, 3, (sqlite3_int64)range->last);
	sqlite3_bind_int64(*s, 4, (sqlite3_int64)range->most);
	return rows_collect(x, *s, sizeof(**out), fill_line, arena, out, count, err);
}

int index_line_instead(struct index *x, const struct line_range *range,
	const struct indexed_line *line, size_t skip, uint64_t *seq, struct error *err)
{
	static const char sql[] =
		"SELECT coalesce((SELECT seq FROM message WHERE at = ?1 AND seq > ?2 AND account = ?3"
		" AND folder = ?4 AND outgoing = ?5 AND file IS NOT NULL"
		" ORDER BY seq LIMIT 1 OFFSET ?6), 0)";
	sqlite3_stmt **s = &x->s.line_instead;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, line->at_us);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)range->last);
	bind_str(*s, 3, range->account);
	bind_str(*s, 4, line->conversation);
	sqlite3_bind_int(*s, 5, line->outgoing);
	sqlite3_bind_int64(*s, 6, (sqlite3_int64)skip);
	return count_of(x, *s, seq, err);
}
