/* The evidence: an archive.db that only grows, its records, its log, its one mutable table of
 * positions. */
#ifndef OVERSTEP_ARCHIVE_ARCHIVE_H
#define OVERSTEP_ARCHIVE_ARCHIVE_H

#include "base/clock.h"
#include "base/error.h"
#include "model/mark.h"
#include "model/record.h"

struct archive;

enum archive_mode { ARCHIVE_READ, ARCHIVE_WRITE, ARCHIVE_CREATE };

/* folder is made 0700 with ARCHIVE_CREATE, then archive.db (0600) inside. Fails: ERROR_NOT_FOUND
   (no archive), ERROR_TEMPORARY (locked), ERROR_INTEGRITY (not ours, or a newer version's),
   ERROR_SYSTEM. */
int archive_open(const char *folder, enum archive_mode mode, const struct clock *clock,
	struct archive **out, struct error *err);
void archive_close(struct archive *a);

/* Gives back the memory in which it keeps pages of the file: after long work they are many. */
void archive_rest(struct archive *a);

/* BEGIN IMMEDIATE ... COMMIT. Every append below must be inside; what follows a failed call can
 * only be rolled back. */
int archive_begin(struct archive *a, struct error *err);
int archive_commit(struct archive *a, struct error *err);
void archive_rollback(struct archive *a);

/* Appends any record: seq, salt and stored time are given to it here, the blob (may be absent) is
   stored once and its line written last, as `data/<folder>/<seq>.<extension>`. *record gets its
   seq, so that it can go to the index. Fails: ERROR_SYSTEM, ERROR_TEMPORARY, ERROR_MEMORY. */
int archive_append(struct archive *a, struct record *record, struct str blob, struct error *err);
/* The same with octets that were written piece by piece (blob.h); the writer stays the caller's. */
struct blob_writer;
int archive_append_blob(
	struct archive *a, struct record *record, struct blob_writer *octets, struct error *err);

/* Fills *out (record_init'ed) ready for archive_append; gives each client (no client twice) its
   next number, so append it before the next is filled: a number that does not follow is refused.
   Clocks are kept in whole seconds. Inside a transaction. */
int archive_message_record(struct archive *a, const struct message_entry *entry, struct record *out,
	struct error *err);
/* The way back, from a record of type message. Strings are borrowed from *record; clients go to its
 * arena. */
int archive_message_entry(struct record *record, struct message_entry *out, struct error *err);

/* A peer record: message `of` is also this client's. As archive_message_record. */
int archive_peer_record(
	struct archive *a, uint64_t of, struct str client, struct record *out, struct error *err);

/* Records from `seq` (inclusive) upwards: 1 and *out filled (record_init'ed or from the last call),
 * 0 at the end, -1. Erased records are passed over. Fails: ERROR_INTEGRITY when the text does not
 * give its hash or is no record. */
int archive_record_at(struct archive *a, uint64_t seq, struct record *out, struct error *err);
uint64_t archive_last(struct archive *a); /* 0 when empty */
/* The numbers of all records of a type, ascending; free() *out. Reads every text there is. */
int archive_records_of(
	struct archive *a, enum record_type type, uint64_t **out, size_t *count, struct error *err);
/* The record's text as it is hashed. 1, 0 (none or erased), -1. */
int archive_record_body(struct archive *a, uint64_t seq, struct buf *out, struct error *err);
/* Appends the blob's octets to *out. 1, 0 (none), -1. Fails: ERROR_INTEGRITY when they do not give
   their SHA-256. Large ones: blob.h. */
int archive_blob(struct archive *a, const struct sha256 *sum, struct buf *out, struct error *err);
bool archive_has_blob(struct archive *a, const struct sha256 *sum);
/* The log: one record hash a line. */
int archive_log(struct archive *a, struct buf *out, struct error *err);

/* Positions: how far each folder is read, and for whom (`watched`: the addresses looked for,
 * sorted, a line each). */
struct position {
	uint32_t uidvalidity;
	uint32_t next_uid;
	struct str watched; /* in the caller's arena */
};
/* 1 found, 0 not, -1. */
int archive_position(struct archive *a, struct str account, struct str folder, struct arena *arena,
	struct position *out, struct error *err);
/* Inside a transaction. */
int archive_set_position(struct archive *a, struct str account, struct str folder,
	const struct position *p, struct error *err);
struct position_row {
	struct str account, folder;
	struct position position;
};
int archive_positions(struct archive *a, struct arena *arena, struct position_row **out,
	size_t *count, struct error *err);

/* Where a message was seen last, when that is not where its record says. */
/* Inside a transaction; the last word counts. */
int archive_set_whereabouts(
	struct archive *a, uint64_t seq, const struct place *place, struct error *err);
int archive_drop_whereabouts(struct archive *a, uint64_t seq, struct error *err);
/* 1 and *out, strings in arena; 0 nothing is known; -1. */
int archive_whereabouts(
	struct archive *a, uint64_t seq, struct arena *arena, struct place *out, struct error *err);
struct seen_message {
	uint64_t seq;
	uint32_t uid;
};
/* Those seen last in a folder, from a place (its UID included) up to below next_uid, by UID; free()
 * *out. */
int archive_seen_in(struct archive *a, const struct place *from, uint32_t next_uid,
	struct seen_message **out, size_t *count, struct error *err);

/* record -> bytes and back, pure (evidence.md, The log). Appends to *out; `stored` is written in
   whole seconds. Reading accepts exactly what writing gives. Fails: ERROR_INPUT, ERROR_LIMIT
   (LIMIT_RECORD), ERROR_MEMORY. */
int record_write(const struct record *r, struct buf *out, struct error *err);
int record_read(struct str bytes, struct record *out, struct error *err);

#endif
