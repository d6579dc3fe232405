/* The index's connection, as the files of this room share it. */
#ifndef OVERSTEP_DAEMON_INDEX_DATABASE_H
#define OVERSTEP_DAEMON_INDEX_DATABASE_H

#include "index/index.h"
#include <sqlite3.h>

/* One prepared statement a function; all are dropped by database_close. */
struct index_statements {
	sqlite3_stmt *last, *holds, *newest, *find_place, *find_octets;
	sqlite3_stmt *add_record, *add_message, *add_facts, *add_words, *add_peer, *forget_findings;
	sqlite3_stmt *add_judgement, *add_finding, *add_mark, *has_message;
	sqlite3_stmt *load, *load_peers, *load_marks;
};

struct index {
	sqlite3 *db;
	struct index_statements s;
};

/* Fails with what was being done ("index a message") and SQLite's words. Returns -1. */
int index_failed(struct index *x, const char *doing, struct error *err);
/* Prepares *slot the first time, resets and unbinds it later. */
int index_statement(struct index *x, sqlite3_stmt **slot, const char *sql, struct error *err);
/* Steps a statement that gives no row, then resets it. */
int index_run(struct index *x, sqlite3_stmt *s, const char *doing, struct error *err);
int index_execute(struct index *x, const char *sql, const char *doing, struct error *err);

/* An absent string is NULL. */
void bind_str(sqlite3_stmt *s, int at, struct str value);
/* In arena; absent when NULL. *full is set when there is no memory. */
struct str column_str(sqlite3_stmt *s, int at, struct arena *arena, bool *full);

#endif
