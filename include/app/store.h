/* The two databases held in step: evidence first, then the index that follows it. */
#ifndef OVERSTEP_APP_STORE_H
#define OVERSTEP_APP_STORE_H

#include "app/pipeline.h"
#include "base/clock.h"
#include "base/error.h"
#include "model/mark.h"
#include "model/record.h"
#include "model/verdict.h"

/* In the archive's folder: what the service knows of how it watches and is no record yet; no
   evidence. {"accounts":[{"account","from","until","why"?,...}],...} */
#define WATCHING_FILE "watching.json"

struct archive;
struct index;
struct readers;
struct rulebook;

/* Open data: commands ask archive and index directly. */
struct store {
	struct archive *archive;
	struct index *index;
	struct readers *readers; /* borrowed; who parses octets when the index must catch up */
	uint64_t rules_seq;      /* records of what is judged by; 0 until store_terms */
	uint64_t terms_seq;
	bool on_trial; /* nothing is appended: what is judged is the index's alone (index/trial.h)
			*/
	struct error behind; /* why the index could not follow the last batch; kind 0: it did */
};

/* Tells how far long work is; NULL: nobody listens. */
struct store_progress {
	void (*tell)(void *context, const char *what, uint64_t done, uint64_t all);
	void *context;
};

enum store_mode { STORE_READ, STORE_WRITE, STORE_CREATE };

/* Opens both and folds the index to the archive's end (progress tells when that is long). Fails:
   ERROR_NOT_FOUND (no archive yet), ERROR_TEMPORARY (locked), ERROR_INTEGRITY, ERROR_SYSTEM. */
int store_open(const char *folder, enum store_mode mode, const struct clock *clock,
	struct readers *readers, const struct store_progress *progress, struct store **out,
	struct error *err);
void store_close(struct store *s);

/* Folds records that the index has not seen (another process may have written them). Fails:
   ERROR_INTERRUPTED too, when its readers heed that; what was folded by then stays. */
int store_catch_up(struct store *s, const struct store_progress *progress, struct error *err);
/* Drops the index's rows and folds the whole archive again. */
int store_reindex(struct store *s, const struct store_progress *progress, struct error *err);

/* Makes sure that the rule set and the terms in force are records; sets rules_seq, terms_seq. When
   the terms name an address that those before did not, archived messages that are that client's too
   are given to it (peer records; progress tells). Fails: ERROR_INTERRUPTED too; it begins again. */
int store_terms(struct store *s, const struct rulebook *book, const struct store_progress *progress,
	struct error *err);
/* Are they what the newest records say? 1 and they are set, 0, -1. Appends nothing. */
int store_terms_known(struct store *s, const struct rulebook *book, struct error *err);

struct blob_writer;

/* A message that is to be stored. */
struct entry {
	const struct raw *raw;
	struct blob_writer *large; /* its octets when they came in pieces; NULL: raw->octets */
	struct str gap;   /* why it cannot be stored: a gap record names its place. Else absent */
	uint64_t settles; /* the record by which it could not be had: one more takes that back, also
			     when it is nobody's, and not stored; 0: none */
	const struct reading *reading;
};

/* How far a folder is read, to be noted with the messages that came before it. */
struct entry_position {
	struct str account, folder;
	uint32_t uidvalidity, next_uid;
	struct str watched; /* a line each, sorted */
};

struct batch {
	const struct entry *entries;
	size_t entry_count;
	const struct entry_position *positions;
	size_t position_count;
	uint64_t *seqs; /* filled in: each entry's record, 0 when it was there already; or NULL */
};

/* One transaction: the messages not known yet, a findings record for them, the positions. *stored
   counts what was new. Fails as archive_append; nothing of the batch is stored then. Then the
   index: when it cannot follow, the batch is stored all the same, and s->behind says why; opening
   the store again folds it. */
int store_batch(struct store *s, const struct batch *b, size_t *stored, struct error *err);

/* Judges stored messages again: a findings record for those of the same clients, so that one
   client's can be shown without another's. */
int store_verdicts(struct store *s, struct verdict *v, size_t count, struct error *err);

/* One record with fields and a blob, then the index. record gets its seq. */
int store_append(struct store *s, struct record *record, struct str blob, struct error *err);

/* Several without blobs, all or none. */
int store_append_all(struct store *s, struct record *records, size_t count, struct error *err);

/* A folder is numbered anew from a UID on that was given before, under the same UIDVALIDITY: notes
   it, and that the folder is read below that UID only. Fails as store_append. */
int store_restored(struct store *s, const struct place *from, struct error *err);

/* Commits to the log as it is now (archive/checkpoint.h), by the key of the archive's folder or the
   service's credential. 1 made, 0 all is covered already, -1 as archive_checkpoint. */
int store_checkpoint(struct store *s, struct error *err);

/* A message of the archive on its way back through the readers. Zero-initialised is empty. */
struct stored_message {
	struct record record;
	struct message_entry entry; /* borrows from the record */
	struct buf octets;          /* at most LIMIT_PARSE of them */
	struct raw raw;             /* borrows from both */
	struct known known;
	struct reading reading;
};
void stored_message_finish(struct stored_message *m);
/* Loads record seq and its octets. Fails: ERROR_NOT_FOUND when it is no message, ERROR_INTEGRITY.
 */
int stored_message_load(
	struct store *s, uint64_t seq, struct stored_message *out, struct error *err);
/* Reads loaded messages again; each must stay where it is meanwhile. Fails as readers_ask. */
int stored_messages_read(struct store *s, struct stored_message *const *messages, size_t count,
	enum reading_depth depth, struct error *err);

#endif
