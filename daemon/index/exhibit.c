/* What the owner supplied, found by client, words, query or number. */
#include "query.h"
#include "rows.h"

#include <string.h>

#define COLUMNS "SELECT e.seq, e.client, e.at, e.name, e.note, e.octets, e.size FROM exhibit e"

/* Exhibits under the names that a query's condition has for messages; what only these have is
   NULL. */
#define AS_PEERS "WITH peer(client, seq) AS (SELECT client, seq FROM exhibit) "
#define AS_MESSAGES                                                                                \
	" JOIN (SELECT seq, at, name IS NOT NULL AS attachments, NULL AS outgoing,"                \
	" NULL AS agreed, NULL AS sender, NULL AS recipients, NULL AS account, NULL AS folder"     \
	" FROM exhibit) m ON m.seq = e.seq LEFT JOIN judgement j ON j.seq = e.seq WHERE "

static void fill(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	struct indexed_exhibit *e = item;
	*e = (struct indexed_exhibit){
		.seq = (uint64_t)sqlite3_column_int64(s, 0),
		.client = column_str(s, 1, arena, full),
		.at_us = sqlite3_column_int64(s, 2),
		.name = column_str(s, 3, arena, full),
		.note = column_str(s, 4, arena, full),
		.size_bytes = (uint64_t)sqlite3_column_int64(s, 6),
	};
	if (sqlite3_column_bytes(s, 5) == SHA256_SIZE)
		memcpy(e->sum.octet, sqlite3_column_blob(s, 5), SHA256_SIZE);
}

static int collect(struct index *x, const char *sql, struct str first, struct str second,
	struct arena *arena, struct indexed_exhibit **out, size_t *count, struct error *err)
{
	sqlite3_stmt *s = NULL;
	if (index_statement(x, &s, sql, err) < 0)
		return -1;
	bind_str(s, 1, first);
	bind_str(s, 2, second);
	int result = rows_collect(x, s, sizeof(**out), fill, arena, out, count, err);
	sqlite3_finalize(s);
	return result;
}

/* Each word quoted, so that none of it is full text's own language. */
static int quote_words(struct str words, struct buf *out, struct error *err)
{
	struct str rest = words, word;
	while (str_split(&rest, ' ', &word)) {
		if (!word.len)
			continue;
		buf_add_cstr(out, out->len ? " \"" : "\"");
		for (size_t i = 0; i < word.len; i++) {
			if (word.ptr[i] == '"')
				buf_add_char(out, '"');
			buf_add_char(out, word.ptr[i]);
		}
		buf_add_char(out, '"');
	}
	return out->failed ? error_memory(err) : 0;
}

int index_exhibits(struct index *x, struct str client, struct str words, struct arena *arena,
	struct indexed_exhibit **out, size_t *count, struct error *err)
{
	struct buf match = {0};
	if (quote_words(words, &match, err) < 0)
		return -1;
	int result = match.len
		? collect(x,
			  COLUMNS " JOIN words w ON w.rowid = e.seq WHERE words MATCH ?2"
				  " AND (?1 IS NULL OR e.client = ?1) ORDER BY e.at, e.seq",
			  client, buf_str(&match), arena, out, count, err)
		: collect(x,
			  COLUMNS " WHERE (?1 IS NULL OR e.client = ?1) AND ?2 IS NULL"
				  " ORDER BY e.at, e.seq",
			  client, (struct str){0}, arena, out, count, err);
	buf_finish(&match);
	return result;
}

int index_search_exhibits(struct index *x, const struct query *q, struct arena *arena,
	struct indexed_exhibit **out, size_t *count, struct error *err)
{
	struct buf sql = {0};
	sqlite3_stmt *s = NULL;
	buf_add_cstr(&sql, AS_PEERS COLUMNS AS_MESSAGES);
	buf_add_str(&sql, buf_str(&q->condition));
	buf_add_cstr(&sql, " ORDER BY e.at, e.seq");
	int result = sql.failed ? error_memory(err) : 0;
	if (!result &&
		(sqlite3_prepare_v2(x->db, buf_cstr(&sql), -1, &s, NULL) != SQLITE_OK ||
			query_bind(q, s) != SQLITE_OK))
		result = index_failed(x, "search", err);
	if (!result)
		result = rows_collect(x, s, sizeof(**out), fill, arena, out, count, err);
	sqlite3_finalize(s);
	buf_finish(&sql);
	return result;
}

int index_exhibit(struct index *x, uint64_t seq, struct arena *arena, struct indexed_exhibit *out,
	struct error *err)
{
	sqlite3_stmt *s = NULL;
	struct indexed_exhibit *found = NULL;
	size_t count = 0;
	if (index_statement(x, &s, COLUMNS " WHERE e.seq = ?1", err) < 0)
		return -1;
	sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	int result = rows_collect(x, s, sizeof(*found), fill, arena, &found, &count, err);
	sqlite3_finalize(s);
	if (!result && count)
		*out = found[0];
	return result < 0 ? -1 : count > 0;
}

static int add_exhibit_words(struct index *x, const struct record *r, struct error *err)
{
	static const char sql[] =
		"INSERT INTO words(rowid, subject, body, people) VALUES(?1, ?2, ?3, NULL)";
	sqlite3_stmt **s = &x->s.add_exhibit_words;
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)r->seq);
	bind_str(*s, 2, record_get(r, "name", 0));
	bind_str(*s, 3, record_get(r, "note", 0));
	return index_run(x, *s, "index the words of what was supplied", err);
}

/* Fields: client, at, name?, note?, size. */
int fold_exhibit(struct index *x, const struct folding *f, struct error *err)
{
	static const char sql[] = "INSERT INTO exhibit(seq, client, at, name, note, octets, size)"
				  " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	sqlite3_stmt **s = &x->s.add_exhibit;
	const struct record *r = f->record;
	int64_t at_us;
	int offset_min;
	uint64_t size;
	if (!r->has_blob || !record_get(r, "client", 0).len ||
		!time_parse(record_get(r, "at", 0), &at_us, &offset_min) ||
		!str_to_u64(record_get(r, "size", 0), INT64_MAX, &size))
		return error_set(err, ERROR_INTEGRITY, "an attachment of nobody's, or of no time");
	if (index_statement(x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)r->seq);
	bind_str(*s, 2, record_get(r, "client", 0));
	sqlite3_bind_int64(*s, 3, at_us);
	bind_str(*s, 4, record_get(r, "name", 0));
	bind_str(*s, 5, record_get(r, "note", 0));
	sqlite3_bind_blob(*s, 6, r->blob.octet, SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_int64(*s, 7, (sqlite3_int64)size);
	return index_run(x, *s, "index what was supplied", err) < 0 ? -1
								    : add_exhibit_words(x, r, err);
}
