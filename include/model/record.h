/* One line of the evidence log: the records of evidence.md as plain structs. */
#ifndef OVERSTEP_MODEL_RECORD_H
#define OVERSTEP_MODEL_RECORD_H

#include "base/arena.h"
#include "base/crypto.h"
#include "model/client.h"
#include "model/message.h"
#include "model/raw.h"

enum record_type {
	RECORD_MESSAGE,
	RECORD_RULES,
	RECORD_FINDINGS,
	RECORD_DKIM,
	RECORD_CALENDAR,
	RECORD_MARK,
	RECORD_PEER, /* an archived message is also another client's, who was added later */
	RECORD_ATTACHMENT,
	RECORD_IMPORT, /* a chat's export, or what one has otherwise than an earlier one */
	RECORD_GAP,
	RECORD_KEY,
	RECORD_ANCHOR,
	RECORD_EXPORT,
	RECORD_ERASURE,
	RECORD_TYPE_COUNT,
};
const char *record_type_name(enum record_type t);

/* "acme 2": the client and the message's number among that client's, gapless from 1. */
struct peer {
	struct str client;
	uint64_t number;
};

/* A `key: value` line; value is made one line of printable ASCII when it is written. */
struct record_field {
	struct str key;
	struct str value;
};

/* The general form: every record can be written and read as this. Fields keep their order. */
struct record {
	struct arena arena;
	uint64_t seq;
	enum record_type type;
	unsigned char salt[32];
	int64_t stored_at_us;
	struct record_field *fields;
	size_t field_count, field_cap;
	bool has_blob;
	struct sha256 blob;
	struct str blob_path; /* "data/messages/000004.eml" */
};

void record_init(struct record *r);
void record_finish(struct record *r);
/* Appends a field (copied, key must be [a-z-]+). 0 or -1. */
int record_add(struct record *r, const char *key, struct str value);
/* The n-th field of that key, absent string when there is none. */
struct str record_get(const struct record *r, const char *key, size_t n);

/* What a message record holds beyond its blob. */
struct message_entry {
	struct place place;
	enum direction direction;
	const struct str *clients; /* ids, the primary first */
	size_t client_count;
	struct clocks clocks;
	uint64_t size_bytes;
	enum examined examined; /* of the octets: too large, poison */
};

#define EVIDENCE_NAME_SIZE 24
/* "E-000042" */
void evidence_name(uint64_t seq, char out[EVIDENCE_NAME_SIZE]);
bool evidence_parse(struct str name, uint64_t *seq); /* "E-42" and "42" too */

#endif
