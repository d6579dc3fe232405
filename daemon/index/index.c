/* index.db: opened, made anew when it is of another version, asked where it stands. */
#include "database.h"

#include "base/file.h"
#include "schema.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The service and a command may both be folding: each waits for the other. */
#define BUSY_MS 30000

int index_failed(struct index *x, const char *doing, struct error *err)
{
	int code = sqlite3_errcode(x->db) & 0xff;
	enum error_kind kind = code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_FULL
		? ERROR_TEMPORARY
		: code == SQLITE_NOMEM ? ERROR_MEMORY
				       : ERROR_SYSTEM;
	return error_set(err, kind, "cannot %s: %s", doing, sqlite3_errmsg(x->db));
}

int index_statement(struct index *x, sqlite3_stmt **slot, const char *sql, struct error *err)
{
	if (*slot) {
		sqlite3_reset(*slot);
		sqlite3_clear_bindings(*slot);
		return 0;
	}
	if (sqlite3_prepare_v3(x->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL) == SQLITE_OK)
		return 0;
	return index_failed(x, "ask the index", err);
}

int index_run(struct index *x, sqlite3_stmt *s, const char *doing, struct error *err)
{
	int result = sqlite3_step(s) == SQLITE_DONE ? 0 : index_failed(x, doing, err);
	sqlite3_reset(s);
	return result;
}

int index_execute(struct index *x, const char *sql, const char *doing, struct error *err)
{
	return sqlite3_exec(x->db, sql, NULL, NULL, NULL) == SQLITE_OK
		? 0
		: index_failed(x, doing, err);
}

void bind_str(sqlite3_stmt *s, int at, struct str value)
{
	if (value.ptr)
		sqlite3_bind_text64(s, at, value.ptr, value.len, SQLITE_STATIC, SQLITE_UTF8);
	else
		sqlite3_bind_null(s, at);
}

struct str column_borrowed(sqlite3_stmt *s, int at)
{
	const char *text = (const char *)sqlite3_column_text(s, at);
	return (struct str){text, text ? (size_t)sqlite3_column_bytes(s, at) : 0};
}

struct str column_str(sqlite3_stmt *s, int at, struct arena *arena, bool *full)
{
	const char *text = (const char *)sqlite3_column_text(s, at);
	if (!text)
		return (struct str){0};
	struct str copy = arena_str(arena, (struct str){text, (size_t)sqlite3_column_bytes(s, at)});
	*full |= !copy.ptr;
	return copy;
}

void column_clocks(sqlite3_stmt *s, int at, struct clocks *c)
{
	for (int k = 0; k < 4; k++) {
		c->has[k] = sqlite3_column_type(s, at + k) != SQLITE_NULL;
		c->at_us[k] = sqlite3_column_int64(s, at + k);
	}
	c->date_offset_min = sqlite3_column_int(s, at + 4);
	c->used = (enum clock_kind)sqlite3_column_int(s, at + 5);
	c->agreed = sqlite3_column_int(s, at + 6) != 0;
}

static int first_number(struct index *x, const char *sql, int *out, struct error *err)
{
	sqlite3_stmt *s = NULL;
	int result = -1;
	if (sqlite3_prepare_v2(x->db, sql, -1, &s, NULL) == SQLITE_OK &&
		sqlite3_step(s) == SQLITE_ROW) {
		*out = sqlite3_column_int(s, 0);
		result = 0;
	}
	sqlite3_finalize(s);
	return result ? index_failed(x, "open the index", err) : 0;
}

/* What SQLite writes for a while holds words of mail, too, and the keeper's box lets it write
   nowhere else. It is one setting for all connections of a process. */
static int keep_temporary_files_beside(const char *path, struct error *err)
{
	char *folder = file_folder(path);
	char *kept = folder ? sqlite3_mprintf("%s", folder) : NULL;
	free(folder);
	if (!kept)
		return error_memory(err);
	sqlite3_free(sqlite3_temp_directory);
	sqlite3_temp_directory = kept;
	return 0;
}

static int connect_to(const char *path, struct index *x, struct error *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW |
		SQLITE_OPEN_NOMUTEX;
	if (keep_temporary_files_beside(path, err) < 0)
		return -1;
	if (sqlite3_open_v2(path, &x->db, flags, NULL) != SQLITE_OK)
		return x->db ? index_failed(x, "open the index", err) : error_memory(err);
	sqlite3_extended_result_codes(x->db, 1);
	sqlite3_busy_timeout(x->db, BUSY_MS);
	sqlite3_db_config(x->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	/* derived data: a power cut costs a fold, never evidence. What is deleted stays in free
	   pages until index_scrub: full text moves all that it holds again and again. The cache
	   holds what one transaction of the keeper changes; a page most of what a mail says. What
	   is sorted stays in memory. To scrub makes a whole index. */
	return index_execute(x,
		"PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA trusted_schema=OFF;"
		"PRAGMA secure_delete=FAST; PRAGMA cell_size_check=ON; PRAGMA cache_size=-4096;"
		"PRAGMA temp_store=MEMORY;",
		"open the index", err);
}

/* 1 ours, of this version; 0 somebody else's, or another version's; 2 empty; -1. */
static int look_at(struct index *x, struct error *err)
{
	int version = 0, id = 0, tables = 0;
	if (first_number(x, "PRAGMA user_version", &version, err) < 0 ||
		first_number(x, "PRAGMA application_id", &id, err) < 0 ||
		first_number(x, "SELECT count(*) FROM sqlite_schema", &tables, err) < 0)
		return -1;
	if (!version && !id && !tables)
		return 2;
	return version == INDEX_VERSION && id == INDEX_APPLICATION_ID;
}

static int make_schema(struct index *x, struct error *err)
{
	char mark[128];
	sqlite3_snprintf(sizeof(mark), mark, "PRAGMA user_version=%d; PRAGMA application_id=%d;",
		INDEX_VERSION, INDEX_APPLICATION_ID);
	if (index_execute(x, index_schema, "make the index", err) < 0 ||
		index_execute(x, mark, "make the index", err) < 0)
		return -1;
	return index_commit(x, err) < 0 ? -1 : 1;
}

/* 1 made or there already, 0 it is another's, -1. What is there is opened without waiting for one
   who writes to it. */
static int ensure_schema(struct index *x, struct error *err)
{
	int found = look_at(x, err);
	if (found != 2)
		return found;
	/* another process may make it at the same time */
	if (index_begin(x, err) < 0)
		return -1;
	found = look_at(x, err);
	if (found == 2)
		return make_schema(x, err);
	index_rollback(x);
	return found;
}

static void disconnect(struct index *x)
{
	sqlite3_stmt **slots = (sqlite3_stmt **)&x->s;
	for (size_t i = 0; i < sizeof(x->s) / sizeof(*slots); i++)
		sqlite3_finalize(slots[i]);
	memset(&x->s, 0, sizeof(x->s));
	sqlite3_close(x->db);
	x->db = NULL;
}

/* The file and what SQLite keeps beside it. */
static void drop_files(const char *path)
{
	static const char *const endings[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < 3; i++) {
		char *name = sqlite3_mprintf("%s%s", path, endings[i]);
		if (name)
			unlink(name);
		sqlite3_free(name);
	}
}

/* Damage or another version: what is derived is made anew, once. */
static int open_or_make(const char *path, struct index *x, struct error *err)
{
	struct error why = {0};
	int result = connect_to(path, x, &why);
	if (!result)
		result = ensure_schema(x, &why);
	int code = x->db ? sqlite3_errcode(x->db) & 0xff : SQLITE_NOMEM;
	bool broken =
		result == 0 || (result < 0 && (code == SQLITE_NOTADB || code == SQLITE_CORRUPT));
	if (result > 0)
		return 0;
	disconnect(x);
	if (!broken) {
		*err = why;
		return -1;
	}
	drop_files(path);
	return connect_to(path, x, err) < 0 || ensure_schema(x, err) < 0 ? -1 : 0;
}

/* SQLite would make it readable for others. */
static int make_file(const char *path, struct error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return error_system(err, errno, "cannot open the index '%s'", path);
	close(fd);
	return 0;
}

int index_open(const char *folder, struct index **out, struct error *err)
{
	struct index *x = calloc(1, sizeof(*x));
	char *path = file_join(folder, "index.db");
	int result = x && path ? 0 : error_memory(err);
	if (!result)
		result = make_file(path, err);
	if (!result)
		result = open_or_make(path, x, err);
	free(path);
	if (result < 0) {
		index_close(x);
		return -1;
	}
	*out = x;
	return 0;
}

void index_close(struct index *x)
{
	if (!x)
		return;
	disconnect(x);
	free(x);
}

int index_begin(struct index *x, struct error *err)
{
	return index_execute(x, "BEGIN IMMEDIATE", "begin with the index", err);
}

int index_look(struct index *x, struct error *err)
{
	return index_execute(x, "BEGIN", "look at the index", err);
}

int index_commit(struct index *x, struct error *err)
{
	return index_execute(x, "COMMIT", "store the index", err);
}

void index_rollback(struct index *x)
{
	if (!sqlite3_get_autocommit(x->db))
		sqlite3_exec(x->db, "ROLLBACK", NULL, NULL, NULL);
}

/* The first column of the first row: 1, 0 none or NULL, -1. */
static int number_of(struct index *x, sqlite3_stmt *s, uint64_t *out, struct error *err)
{
	int step = sqlite3_step(s);
	int result = step == SQLITE_ROW ? sqlite3_column_type(s, 0) != SQLITE_NULL
		: step == SQLITE_DONE   ? 0
					: index_failed(x, "ask the index", err);
	if (result == 1)
		*out = (uint64_t)sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return result;
}

int index_last(struct index *x, uint64_t *seq, struct error *err)
{
	if (index_statement(x, &x->s.last, "SELECT max(seq) FROM record", err) < 0)
		return -1;
	*seq = 0;
	return number_of(x, x->s.last, seq, err) < 0 ? -1 : 0;
}

int index_last_seen(struct index *x, int64_t *at_us, struct error *err)
{
	uint64_t seen = 0;
	if (index_statement(x, &x->s.last_seen, "SELECT max(seen) FROM message", err) < 0 ||
		number_of(x, x->s.last_seen, &seen, err) < 0)
		return -1;
	*at_us = (int64_t)seen;
	return 0;
}

int index_holds(struct index *x, const struct record *record, struct error *err)
{
	static const char sql[] = "SELECT 1 FROM record WHERE seq = ?1 AND salt = ?2";
	uint64_t one;
	if (index_statement(x, &x->s.holds, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(x->s.holds, 1, (sqlite3_int64)record->seq);
	sqlite3_bind_blob(x->s.holds, 2, record->salt, sizeof(record->salt), SQLITE_STATIC);
	return number_of(x, x->s.holds, &one, err);
}

int index_clear(struct index *x, struct error *err)
{
	int result = 0;
	for (unsigned i = 0; i < index_table_count && !result; i++) {
		char sql[64];
		struct str order = str_from(index_tables[i]), name = {0};
		str_split(&order, ' ', &name);
		if (str_eq(name, STR("words")))
			continue;
		snprintf(sql, sizeof(sql), "DELETE FROM %.*s", STR_ARG(name));
		result = index_execute(x, sql, "empty the index", err);
	}
	/* row by row it would ask what the words were, which is gone */
	return result ? result
		      : index_execute(x, "INSERT INTO words(words) VALUES('delete-all')",
				"empty the index", err);
}

int index_newest(struct index *x, enum record_type type, uint64_t *seq, struct error *err)
{
	if (index_statement(x, &x->s.newest, "SELECT max(seq) FROM record WHERE type = ?1", err) <
		0)
		return -1;
	sqlite3_bind_int(x->s.newest, 1, (int)type);
	return number_of(x, x->s.newest, seq, err);
}

/* FTS5 keeps deleted words in its segments until they are merged, the file in its free pages. */
int index_scrub(struct index *x, struct error *err)
{
	return index_execute(x,
		"INSERT INTO words(words) VALUES('optimize'); "
		"PRAGMA temp_store=DEFAULT; VACUUM; PRAGMA temp_store=MEMORY;"
		"PRAGMA wal_checkpoint(TRUNCATE);",
		"forget what was erased", err);
}

int index_next_signed(struct index *x, uint64_t seq, uint64_t *out, struct error *err)
{
	static const char sql[] =
		"SELECT min(m.seq) FROM message m WHERE m.signed AND NOT m.outgoing AND m.seq > ?1"
		" AND NOT EXISTS (SELECT 1 FROM dkim d WHERE d.seq = m.seq)";
	if (index_statement(x, &x->s.next_signed, sql, err) < 0)
		return -1;
	sqlite3_bind_int64(x->s.next_signed, 1, (sqlite3_int64)seq);
	return number_of(x, x->s.next_signed, out, err);
}

int index_find_place(struct index *x, const struct place *place, uint64_t *seq, struct error *err)
{
	static const char sql[] = "SELECT seq FROM message WHERE account = ?1 AND folder = ?2"
				  " AND uidvalidity = ?3 AND uid = ?4 AND file IS NULL"
				  " AND renumbered IS NULL";
	if (index_statement(x, &x->s.find_place, sql, err) < 0)
		return -1;
	bind_str(x->s.find_place, 1, place->account);
	bind_str(x->s.find_place, 2, place->folder);
	sqlite3_bind_int64(x->s.find_place, 3, place->uidvalidity);
	sqlite3_bind_int64(x->s.find_place, 4, place->uid);
	return number_of(x, x->s.find_place, seq, err);
}

int index_find_message_id(struct index *x, struct str id, uint64_t *seq, struct error *err)
{
	static const char sql[] = "SELECT min(seq) FROM message WHERE message_id = ?1";
	if (index_statement(x, &x->s.find_message_id, sql, err) < 0)
		return -1;
	bind_str(x->s.find_message_id, 1, id);
	return number_of(x, x->s.find_message_id, seq, err);
}

int index_find_octets(struct index *x, struct str account, const struct sha256 *sum, uint64_t *seq,
	struct error *err)
{
	static const char sql[] =
		"SELECT seq FROM message WHERE octets = ?1 AND (account = ?2 OR ?2 IS NULL)"
		" ORDER BY seq LIMIT 1";
	if (index_statement(x, &x->s.find_octets, sql, err) < 0)
		return -1;
	sqlite3_bind_blob(x->s.find_octets, 1, sum->octet, SHA256_SIZE, SQLITE_STATIC);
	bind_str(x->s.find_octets, 2, account);
	return number_of(x, x->s.find_octets, seq, err);
}
