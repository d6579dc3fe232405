/* Counts the messages of a chat's export by conversation and sum, in a database without a name.
 */
#include "index/export_lines.h"

#include "database.h"
#include <stdlib.h>

struct export_lines {
	struct index x; /* only what a connection needs */
	sqlite3_stmt *add, *pair, *other, *note, *take;
};

/* Nobody else reads it and nothing of it outlives us: no journal, nothing waits for the disk. */
static const char prepare[] =
	"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2048;"
	"CREATE TABLE line(conversation INTEGER NOT NULL, sum BLOB NOT NULL,"
	" times INTEGER NOT NULL DEFAULT 0, pairs INTEGER NOT NULL DEFAULT 0,"
	" others INTEGER NOT NULL DEFAULT 0, here INTEGER,"
	" PRIMARY KEY(conversation, sum)) STRICT, WITHOUT ROWID; BEGIN;";

int export_lines_open(struct export_lines **out, struct error *err)
{
	struct export_lines *l = calloc(1, sizeof(*l));
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	if (!l)
		return error_memory(err);
	int result = sqlite3_open_v2("", &l->x.db, flags, NULL) == SQLITE_OK
		? index_execute(&l->x, prepare, "count messages", err)
		: l->x.db ? index_failed(&l->x, "count messages", err)
			  : error_memory(err);
	if (result < 0) {
		export_lines_close(l);
		return -1;
	}
	*out = l;
	return 0;
}

void export_lines_close(struct export_lines *l)
{
	if (!l)
		return;
	sqlite3_finalize(l->add);
	sqlite3_finalize(l->pair);
	sqlite3_finalize(l->other);
	sqlite3_finalize(l->note);
	sqlite3_finalize(l->take);
	sqlite3_close(l->x.db);
	free(l);
}

static int prepare_for(struct export_lines *l, sqlite3_stmt **s, const char *sql,
	size_t conversation, const struct sha256 *sum, struct error *err)
{
	if (index_statement(&l->x, s, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(*s, 1, (sqlite3_int64)conversation);
	sqlite3_bind_blob(*s, 2, sum->octet, SHA256_SIZE, SQLITE_STATIC);
	return 0;
}

int export_lines_add(struct export_lines *l, size_t conversation, const struct sha256 *sum,
	struct line_count *out, struct error *err)
{
	static const char sql[] =
		"INSERT INTO line(conversation, sum, times) VALUES(?1, ?2, 1)"
		" ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times + pairs, here";
	if (prepare_for(l, &l->add, sql, conversation, sum, err) < 0)
		return -1;
	if (sqlite3_step(l->add) != SQLITE_ROW)
		return index_failed(&l->x, "count messages", err);
	*out = (struct line_count){
		.times = (uint64_t)sqlite3_column_int64(l->add, 0),
		.has_here = sqlite3_column_type(l->add, 1) != SQLITE_NULL,
		.here = (uint64_t)sqlite3_column_int64(l->add, 1),
	};
	return index_run(&l->x, l->add, "count messages", err);
}

int export_lines_pair(
	struct export_lines *l, size_t conversation, const struct sha256 *sum, struct error *err)
{
	static const char sql[] = "INSERT INTO line(conversation, sum, pairs) VALUES(?1, ?2, 1)"
				  " ON CONFLICT DO UPDATE SET pairs = pairs + 1";
	return prepare_for(l, &l->pair, sql, conversation, sum, err) < 0
		? -1
		: index_run(&l->x, l->pair, "count messages", err);
}

int export_lines_other(
	struct export_lines *l, size_t conversation, const struct sha256 *sum, struct error *err)
{
	static const char sql[] = "INSERT INTO line(conversation, sum, others) VALUES(?1, ?2, 1)"
				  " ON CONFLICT DO UPDATE SET others = others + 1";
	return prepare_for(l, &l->other, sql, conversation, sum, err) < 0
		? -1
		: index_run(&l->x, l->other, "count messages", err);
}

int export_lines_note(struct export_lines *l, size_t conversation, const struct sha256 *sum,
	uint64_t here, struct error *err)
{
	static const char sql[] = "UPDATE line SET here = ?3 WHERE conversation = ?1 AND sum = ?2";
	if (prepare_for(l, &l->note, sql, conversation, sum, err) < 0)
		return -1;
	sqlite3_bind_int64(l->note, 3, (sqlite3_int64)here);
	return index_run(&l->x, l->note, "count messages", err);
}

int export_lines_take(
	struct export_lines *l, size_t conversation, const struct sha256 *sum, struct error *err)
{
	static const char sql[] =
		"UPDATE line SET times = times - (times > 0), others = others - (times = 0)"
		" WHERE conversation = ?1 AND sum = ?2 AND times + others > 0";
	if (prepare_for(l, &l->take, sql, conversation, sum, err) < 0 ||
		index_run(&l->x, l->take, "count messages", err) < 0)
		return -1;
	return sqlite3_changes(l->x.db) > 0;
}
