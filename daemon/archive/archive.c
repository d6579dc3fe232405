/* The archive opened and closed, its transactions, and what a failure of the database means. */
#include "database.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Longer than any transaction of ours, short enough for a person who waits. */
#define LOCK_WAIT_MS 10000

/* What a result of SQLite means to whoever runs the program; the first row that fits. */
static const struct meaning {
	int code; /* primary or extended */
	enum error_kind kind;
	const char *text;
} meanings[] = {
	{SQLITE_READONLY_ROLLBACK, ERROR_SYSTEM,
		"was interrupted in a write, and cannot be mended without the right to write"},
	{SQLITE_READONLY_DBMOVED, ERROR_SYSTEM, "was moved or replaced while it was open"},
	{SQLITE_CONSTRAINT_TRIGGER, ERROR_INTEGRITY, "refuses this"},
	{SQLITE_BUSY, ERROR_TEMPORARY, "is locked by another program"},
	{SQLITE_LOCKED, ERROR_TEMPORARY, "is locked by another program"},
	{SQLITE_PROTOCOL, ERROR_TEMPORARY, "is locked by another program"},
	{SQLITE_FULL, ERROR_TEMPORARY, "cannot grow, the disk is full"},
	{SQLITE_NOMEM, ERROR_MEMORY, "needs more memory than there is"},
	{SQLITE_CORRUPT, ERROR_INTEGRITY, "is damaged"},
	{SQLITE_NOTADB, ERROR_INTEGRITY, "is not a database"},
	{SQLITE_CONSTRAINT, ERROR_INTEGRITY, "does not take this"},
	{SQLITE_READONLY, ERROR_SYSTEM, "cannot be written"},
	{SQLITE_CANTOPEN, ERROR_SYSTEM, "cannot be opened"},
	{SQLITE_IOERR, ERROR_SYSTEM, "cannot be read or written"},
	{SQLITE_OK, ERROR_SYSTEM, "failed"},
};

static const struct meaning *meaning_of(int extended)
{
	const struct meaning *m = meanings;
	while (m->code != SQLITE_OK && m->code != extended && m->code != (extended & 0xff))
		m++;
	return m;
}

int archive_failed(struct archive *a, const char *doing, struct error *err)
{
	int code = sqlite3_extended_errcode(a->db);
	const struct meaning *m = meaning_of(code);
	a->spoiled = a->in_transaction;
	/* After a failed fsync nobody knows what is on the disk, and asking again is answered with
	   a lie: only a new handle may go on. */
	if ((code & 0xff) == SQLITE_IOERR)
		a->broken = true;
	int number = sqlite3_system_errno(a->db);
	bool outside = m->code == SQLITE_IOERR || m->code == SQLITE_CANTOPEN;
	return error_set(err, m->kind, "cannot %s: archive '%s' %s (%s%s%s)", doing, a->path,
		m->text, sqlite3_errmsg(a->db), outside && number ? ": " : "",
		outside && number ? strerror(number) : "");
}

int archive_statement(struct archive *a, sqlite3_stmt **kept, const char *sql, struct error *err)
{
	if (*kept == NULL &&
		sqlite3_prepare_v3(a->db, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL) !=
			SQLITE_OK)
		return archive_failed(a, "prepare a statement", err);
	return 0;
}

struct str statement_str(sqlite3_stmt *s, int index)
{
	return (struct str){(const char *)sqlite3_column_text(s, index),
		(size_t)sqlite3_column_bytes(s, index)};
}

int archive_statement_end(sqlite3_stmt *statement, int status)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return status;
}

/* A reader, too, opens for writing where it may: only so can it mend what a power cut left half
   (schema.c forbids it anything else). SQLite falls back to reading when the file says so. */
static int connect(struct archive *a, enum archive_mode mode, struct error *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX |
		SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
	if (sqlite3_open_v2(a->path, &a->db, flags, NULL) != SQLITE_OK)
		return a->db ? archive_failed(a, "open", err) : error_memory(err);
	sqlite3_busy_timeout(a->db, LOCK_WAIT_MS);
	if (a->writable && sqlite3_db_readonly(a->db, "main") == 1)
		return error_set(err, ERROR_SYSTEM, "archive '%s' cannot be written", a->path);
	if (archive_schema(a, mode, err) < 0)
		return -1;
	return archive_read_last(a, &a->last, err);
}

int archive_open(const char *folder, enum archive_mode mode, const struct clock *clock,
	struct archive **out, struct error *err)
{
	struct archive *a = calloc(1, sizeof(*a));
	if (a == NULL)
		return error_memory(err);
	a->writable = mode != ARCHIVE_READ;
	if (clock)
		a->clock = *clock;
	if (archive_folder(folder, mode, &a->folder, &a->path, err) < 0 ||
		connect(a, mode, err) < 0) {
		archive_close(a);
		return -1;
	}
	*out = a;
	return 0;
}

void archive_close(struct archive *a)
{
	if (a == NULL)
		return;
	archive_rollback(a);
	sqlite3_stmt *statement;
	while (a->db && (statement = sqlite3_next_stmt(a->db, NULL)) != NULL)
		sqlite3_finalize(statement);
	sqlite3_close(a->db);
	peers_forget(&a->peers);
	free(a->folder);
	free(a->path);
	free(a);
}

void archive_rest(struct archive *a)
{
	sqlite3_db_release_memory(a->db);
}

/* Hashes come in no order, so their two indexes should fit the cache beside what a transaction
   writes: at 100,000 mails that doubles the speed. Before, it would keep mail that nobody reads. */
static int fit_cache(struct archive *a, struct error *err)
{
	enum { FIRST_KIB = 4096, MOST_KIB = 16384, RECORDS_A_KIB = 10 };
	uint64_t wanted = FIRST_KIB + a->last / RECORDS_A_KIB;
	int kib = wanted < MOST_KIB ? (int)wanted : MOST_KIB;
	char sql[48];
	if (kib < a->cache_kib + FIRST_KIB / 4 && a->cache_kib)
		return 0;
	sqlite3_snprintf(sizeof(sql), sql, "PRAGMA cache_size = -%d", kib);
	if (sqlite3_exec(a->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return archive_failed(a, "begin to write", err);
	a->cache_kib = kib;
	return 0;
}

int archive_begin(struct archive *a, struct error *err)
{
	assert(a->writable && !a->in_transaction);
	if (a->broken)
		return error_set(err, ERROR_SYSTEM,
			"archive '%s' has to be opened anew after a failed write", a->path);
	if (sqlite3_exec(a->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
		return archive_failed(a, "begin to write", err);
	a->in_transaction = true;
	a->spoiled = false;
	if (archive_read_last(a, &a->last, err) < 0 || fit_cache(a, err) < 0) {
		archive_rollback(a);
		return -1;
	}
	if (a->peers.as_of != a->last)
		peers_forget(&a->peers);
	a->peers.as_of = a->last;
	return 0;
}

int archive_commit(struct archive *a, struct error *err)
{
	assert(a->in_transaction);
	if (a->spoiled)
		return error_set(err, ERROR_SYSTEM,
			"archive '%s' keeps nothing of a transaction in which a call failed",
			a->path);
	if (sqlite3_exec(a->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		return archive_failed(a, "keep what was written", err);
	a->in_transaction = false;
	return 0;
}

void archive_rollback(struct archive *a)
{
	if (!a->in_transaction)
		return;
	/* after some failures SQLite has rolled back already */
	if (!sqlite3_get_autocommit(a->db))
		sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
	a->in_transaction = false;
	a->spoiled = false;
	peers_forget(&a->peers);
}
