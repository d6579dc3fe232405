/* What the parts of a verification share. */
#ifndef ARCHIVE_VERIFY_RUN_H
#define ARCHIVE_VERIFY_RUN_H

#include "archive/checkpoint.h"
#include "archive/verify.h"
#include "database.h"

/* Which record names which octets: the first octets of their hash find them again. */
struct named_octets {
	uint64_t prefix;
	uint64_t seq;
};

/* A key of the log. */
struct known_key {
	struct sha256 name;
	struct buf pem;
	uint64_t seq;
};

struct counted_client {
	struct str client; /* in the run's arena */
	uint64_t number;   /* of its last message so far */
	uint64_t seq;
};

struct verify_run {
	struct archive *archive;
	const struct verify_plan *plan;
	struct verify_summary summary;
	struct arena arena;
	uint64_t last;       /* where the log ended at the start: what follows is not looked at */
	int64_t last_octets; /* the same of stored octets: their row */
	bool unreadable;     /* a record could not be read: what it named is not known */
	struct named_octets *octets;
	size_t octets_count, octets_cap;
	uint64_t *erased; /* records without their text, ascending */
	size_t erased_count, erased_cap;
	uint64_t *erasures; /* records that an erasure record names */
	size_t erasures_count, erasures_cap;
	struct counted_client *clients;
	size_t client_count, client_cap;
	struct known_key *keys;
	size_t key_count, key_cap;
	uint64_t *held; /* checkpoints that fit, ascending */
	size_t held_count, held_cap;
	struct sha256_stream *list; /* of the log's lines so far */
	bool has_next;              /* the checkpoint that comes next */
	struct stored_checkpoint next;
};

void verify_tell(struct verify_run *v, enum verify_state state, const char *part, uint64_t evidence,
	const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Appends to one of the lists above. 0 or -1. */
int verify_remember(uint64_t **items, size_t *count, size_t *cap, uint64_t item, struct error *err);

/* verify_records.c: texts, order, numbering; hands keys and checkpoints on. 0 or -1. */
int verify_records(struct verify_run *v, struct error *err);

/* verify_keys.c: a key record, its octets unread so far. */
int verify_key(struct verify_run *v, struct record *record, struct error *err);
/* The first checkpoint. */
int verify_checkpoints_begin(struct verify_run *v, struct error *err);
/* The log is read up to record `seq`: every checkpoint of so many records is compared. */
int verify_checkpoints_at(struct verify_run *v, uint64_t seq, struct error *err);
/* The log ended: checkpoints of more records than there are. */
int verify_checkpoints_end(struct verify_run *v, struct error *err);

/* verify_anchor.c: an anchor's record. 0 or -1. */
int verify_anchor(struct verify_run *v, struct record *record, struct error *err);

/* verify_octets.c: all stored octets give their hash, and a record names them. 0 or -1. */
int verify_octets(struct verify_run *v, struct error *err);

#endif
