/* What the files of the archive share: the open database, its statements, its errors. */
#ifndef ARCHIVE_DATABASE_H
#define ARCHIVE_DATABASE_H

#include "archive/archive.h"
#include "base/limits.h"
#include "peers.h"
#include <sqlite3.h>

/* One prepared statement a function, made when it is first needed, finalized by archive_close. */
struct archive_statements {
	sqlite3_stmt *blob_find;
	sqlite3_stmt *blob_insert;
	sqlite3_stmt *blob_insert_empty;
	sqlite3_stmt *record_insert;
	sqlite3_stmt *record_last;
	sqlite3_stmt *record_at;
	sqlite3_stmt *record_body;
	sqlite3_stmt *record_log;
	sqlite3_stmt *log_hashes;
	sqlite3_stmt *checkpoint_at;
	sqlite3_stmt *checkpoint_insert;
	sqlite3_stmt *record_erase;
	sqlite3_stmt *blob_erase;
	sqlite3_stmt *verify_records;
	sqlite3_stmt *verify_checkpoint;
	sqlite3_stmt *verify_blobs;
	sqlite3_stmt *peer_newest;
	sqlite3_stmt *position_get;
	sqlite3_stmt *position_set;
	sqlite3_stmt *position_list;
	sqlite3_stmt *whereabouts_set;
	sqlite3_stmt *whereabouts_drop;
	sqlite3_stmt *whereabouts_get;
	sqlite3_stmt *whereabouts_in;
};

struct archive {
	sqlite3 *db;
	char *folder; /* without symbolic links */
	char *path;   /* archive.db in it */
	struct clock clock;
	int cache_kib; /* pages kept; 0: SQLite's own default still */
	bool writable;
	bool in_transaction;
	bool spoiled; /* a call in this transaction failed: it can only be rolled back */
	bool broken;  /* input or output failed: this handle's idea of the file is not to be trusted
		       */
	uint64_t last; /* last record seen; inside a transaction the last record there is */
	struct peer_numbers peers;
	struct archive_statements statement;
};

/* Fills *err from the database's last error and returns -1; spoils the transaction. `doing` is what
   failed, as "store a record". */
int archive_failed(struct archive *a, const char *doing, struct error *err);
/* *kept, prepared from sql the first time, reset and without bindings. 0 or -1. */
int archive_statement(struct archive *a, sqlite3_stmt **kept, const char *sql, struct error *err);
/* A column of text, valid until the next step. */
struct str statement_str(sqlite3_stmt *s, int index);
/* Ends the use of a statement, so that it holds no lock; gives `status` back. */
int archive_statement_end(sqlite3_stmt *statement, int status);

/* schema.c: settings of the connection, then the tables in numbered steps. Fails as archive_open.
 */
int archive_schema(struct archive *a, enum archive_mode mode, struct error *err);

/* folder.c: the real path of the folder and of archive.db in it, both made private, archive.db a
   plain file; an empty one is made with ARCHIVE_CREATE. free() both. Fails as archive_open. */
int archive_folder(const char *folder, enum archive_mode mode, char **real_folder, char **path,
	struct error *err);

/* read.c: the number of the last record, 0 for none, into *last. */
int archive_read_last(struct archive *a, uint64_t *last, struct error *err);

/* blob.c: the row of stored octets: 1, 0 (none), -1; rowid and size may be NULL. */
int archive_find_blob(struct archive *a, const struct sha256 *sum, sqlite3_int64 *rowid, int *size,
	struct error *err);
/* Stores octets, once. */
int archive_store_blob(
	struct archive *a, const struct sha256 *sum, struct str octets, struct error *err);
/* blob_writer.c: ends the writer and stores its octets, once. */
struct blob_writer;
int archive_store_written(
	struct archive *a, struct blob_writer *w, struct sha256 *sum, struct error *err);

/* How much of a large octet string is in memory at once: the cost of a call does not count. */
#define PIECE (256 * KIB)

#endif
