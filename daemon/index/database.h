/* The index's connection, as the files of this room share it. */
#ifndef OVERSTEP_DAEMON_INDEX_DATABASE_H
#define OVERSTEP_DAEMON_INDEX_DATABASE_H

#include "index/index.h"
#include <sqlite3.h>

/* One prepared statement a function; all are dropped by database_close. */
struct index_statements {
	sqlite3_stmt *last, *last_seen, *holds, *newest, *find_place, *find_octets,
		*find_message_id;
	sqlite3_stmt *add_record, *add_message, *add_facts, *add_words, *add_peer, *forget_findings,
		*forget_judgement;
	sqlite3_stmt *add_judgement, *add_finding, *add_mark, *has_message, *time_of, *has_target;
	sqlite3_stmt *add_dkim, *add_exhibit, *add_exhibit_words, *add_gap, *next_signed,
		*add_sequence, *add_member, *withdraw, *add_export, *add_difference, *differs;
	sqlite3_stmt *count_lines[LINE_SUMS], *conversations_with, *count_between, *lines,
		*line_instead;
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

/* The newest wrong, agreed or right for a finding (f), else NULL. 4 of these is a note, 5 an
   agreement: they say nothing of the finding. */
#define VERDICT                                                                                      \
	"(SELECT k.mark FROM mark k WHERE k.seq = f.seq AND k.rule = f.rule AND k.mark IN (1, 2, 3)" \
	" ORDER BY k.record DESC LIMIT 1)"
_Static_assert(MARK_WRONG == 1 && MARK_AGREED == 2 && MARK_RIGHT == 3, "VERDICT names them");

/* sequence.c: what a findings record holds of sequences. */
struct json_value;
int fold_sequences(struct index *x, const struct record *r, uint64_t rules,
	const struct json_value *root, struct error *err);

/* fold_message.c: a record of type message; number: of its peer. */
int fold_message_rows(struct index *x, const struct folding *f, uint64_t number, struct error *err);

/* exhibit.c: a record of type attachment. */
int fold_exhibit(struct index *x, const struct folding *f, struct error *err);

/* gap.c: a record of type gap. */
int fold_gap(struct index *x, const struct folding *f, struct error *err);

/* difference.c: a record of type import. */
int fold_import(struct index *x, const struct folding *f, struct error *err);

/* An absent string is NULL. */
void bind_str(sqlite3_stmt *s, int at, struct str value);
/* In arena; absent when NULL. *full is set when there is no memory. */
struct str column_str(sqlite3_stmt *s, int at, struct arena *arena, bool *full);
/* The same, borrowed until the next step. */
struct str column_borrowed(sqlite3_stmt *s, int at);
/* The columns that fold_message.c writes of them. */
void column_clocks(sqlite3_stmt *s, int at, struct clocks *c);

#endif
