/* What the index would say if other verdicts were in force. */
#include "index/trial.h"

#include "query.h"
#include "rows.h"
#include <stdlib.h>
#include <string.h>

/* Every table that folding a findings record writes to. SQLite looks for a name among a
   connection's own tables first: with these it reads and writes the copies. */
#define SHADOWED "('record', 'judgement', 'finding', 'sequence', 'member', 'mark')"
#define CREATE "CREATE TABLE "

static int shadow(struct index *x, struct str name, struct str sql, struct error *err)
{
	struct buf text = {0};
	if (!str_starts(sql, STR(CREATE)))
		return error_set(err, ERROR_SYSTEM, "an index table that is not as it was made");
	sql = str_slice(sql, sizeof(CREATE) - 1, sql.len);
	buf_add_format(&text,
		"CREATE TEMP TABLE %.*s; INSERT INTO temp.%.*s SELECT * FROM main.%.*s",
		STR_ARG(sql), STR_ARG(name), STR_ARG(name));
	int result = text.failed ? error_memory(err)
				 : index_execute(x, buf_cstr(&text), "copy the index", err);
	buf_finish(&text);
	return result;
}

struct table_row {
	struct str name, sql;
};

static void fill_table(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct table_row *)item = (struct table_row){
		.name = column_str(s, 0, arena, full),
		.sql = column_str(s, 1, arena, full),
	};
}

/* For SQLite, when it prepares a statement: what would reach the file is refused. */
static int refuse_writing(void *context, int action, const char *subject, const char *detail,
	const char *database, const char *cause)
{
	(void)context, (void)subject, (void)detail, (void)cause;
	bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
	return writes && database && !strcmp(database, "main") ? SQLITE_DENY : SQLITE_OK;
}

int index_trial_begin(struct index *x, struct error *err)
{
	struct arena arena = {0};
	struct table_row *tables = NULL;
	size_t count = 0;
	sqlite3_stmt *s = NULL;
	/* what is copied holds words of mail: not into a file */
	int result = index_execute(x, "PRAGMA temp_store = MEMORY", "prepare a trial", err);
	if (!result)
		result = index_statement(x, &s,
			"SELECT name, sql FROM main.sqlite_schema"
			" WHERE type = 'table' AND name IN " SHADOWED,
			err);
	if (!result)
		result = rows_collect(
			x, s, sizeof(*tables), fill_table, &arena, &tables, &count, err);
	sqlite3_finalize(s);
	for (size_t i = 0; i < count && !result; i++)
		result = shadow(x, tables[i].name, tables[i].sql, err);
	/* the only index that is asked of them for every message */
	if (!result)
		result =
			index_execute(x, "CREATE INDEX temp.trial_sequence ON sequence(client, at)",
				"prepare a trial", err);
	if (!result)
		sqlite3_set_authorizer(x->db, refuse_writing, NULL);
	arena_finish(&arena);
	return result;
}

struct judged_cursor {
	struct index *index;
	sqlite3_stmt *rows;
};

#define TABLES                                                                                     \
	" FROM message m JOIN facts c ON c.seq = m.seq JOIN judgement j ON j.seq = m.seq WHERE "

static int prepare(struct index *x, const char *columns, const struct query *q, const char *order,
	sqlite3_stmt **out, struct error *err)
{
	struct buf sql = {0};
	*out = NULL;
	buf_add_format(&sql, "SELECT %s" TABLES, columns);
	buf_add_str(&sql, buf_str(&q->condition));
	buf_add_cstr(&sql, order);
	int result = sql.failed ? error_memory(err) : 0;
	if (!result &&
		(sqlite3_prepare_v2(x->db, buf_cstr(&sql), -1, out, NULL) != SQLITE_OK ||
			query_bind(q, *out) != SQLITE_OK))
		result = index_failed(x, "search", err);
	buf_finish(&sql);
	return result;
}

int index_judged_count(struct index *x, const struct query *q, size_t *count, struct error *err)
{
	sqlite3_stmt *s;
	int result = prepare(x, "count(*)", q, "", &s, err);
	if (!result && sqlite3_step(s) != SQLITE_ROW)
		result = index_failed(x, "search", err);
	if (!result)
		*count = (size_t)sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return result;
}

int index_judged(
	struct index *x, const struct query *q, struct judged_cursor **out, struct error *err)
{
	static const char columns[] =
		"m.seq, m.client, m.outgoing, j.author, m.received, m.internal, m.date, m.seen,"
		" m.date_offset, m.clock, m.agreed, c.written, j.json";
	struct judged_cursor *c = calloc(1, sizeof(*c));
	if (!c)
		return error_memory(err);
	c->index = x;
	if (prepare(x, columns, q, " ORDER BY m.at DESC, m.seq DESC", &c->rows, err) < 0) {
		judged_close(c);
		return -1;
	}
	*out = c;
	return 0;
}

int judged_next(struct judged_cursor *c, struct judged *out, struct error *err)
{
	int step = sqlite3_step(c->rows);
	if (step == SQLITE_DONE)
		return 0;
	if (step != SQLITE_ROW)
		return index_failed(c->index, "search", err);
	*out = (struct judged){
		.seq = (uint64_t)sqlite3_column_int64(c->rows, 0),
		.client = column_borrowed(c->rows, 1),
		.direction = sqlite3_column_int(c->rows, 2) ? DIRECTION_OUT : DIRECTION_IN,
		.author = column_borrowed(c->rows, 3),
		.facts = column_borrowed(c->rows, 11),
		.judgement = column_borrowed(c->rows, 12),
	};
	column_clocks(c->rows, 4, &out->clocks);
	return 1;
}

void judged_close(struct judged_cursor *c)
{
	if (!c)
		return;
	sqlite3_finalize(c->rows);
	free(c);
}
