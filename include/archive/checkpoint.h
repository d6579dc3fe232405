/* Signed commitments to the log so far, and the key that signs them (evidence.md, The log). */
#ifndef OVERSTEP_ARCHIVE_CHECKPOINT_H
#define OVERSTEP_ARCHIVE_CHECKPOINT_H

#include "base/crypto.h"
#include "base/error.h"
#include "base/str.h"

struct archive;
struct signing_key;

struct checkpoint {
	struct sha256 log;  /* of the public key in PEM: which log this is */
	uint64_t records;   /* how many it commits to, from the first */
	struct sha256 list; /* of as many lines of the log */
};

/* Four lines: "overstep-checkpoint v1", "log: ...", "records: N", "list-sha256: ...". Reading
   accepts exactly what writing gives. Fails: ERROR_INPUT. */
void checkpoint_write(const struct checkpoint *c, struct buf *out);
int checkpoint_read(struct str bytes, struct checkpoint *out, struct error *err);

#define LOG_KEY_FILE "signing-key.pem"

/* The key that signs the log. Zero-initialised is closed. */
struct log_key {
	struct signing_key *key;
	struct buf public_pem;
	struct sha256 name; /* of public_pem */
	bool by_systemd;    /* it is the credential, no file */
	bool replaced;      /* there is a credential, but the log has handed on to this key */
};
/* `signing-key.pem` (0600) of the archive's folder, made when the log has no key yet; or the
   systemd credential `log-key` when there is one (credentials: $CREDENTIALS_DIRECTORY, may be NULL)
   and the log has not handed on to the file's key. Fails: ERROR_CONFIG (missing though the log has
   a key, others can read it, no P-256 key), ERROR_SYSTEM. */
int log_key_open(
	struct archive *a, const char *credentials, struct log_key *out, struct error *err);
void log_key_close(struct log_key *k);
/* A new key takes the old one's place: a key record that the old key has signed, then a checkpoint
   by the new one, whose file takes the place of the old one's: nothing more can be signed by that.
   A credential nobody here can overwrite: it is passed over from then on. lost: the old key is
   gone, and the record says so. Fails as log_key_open, archive_append. */
int log_key_rotate(struct archive *a, const char *credentials, bool lost, struct error *err);

/* Commits to all records there are, the key's own record before them where it is missing. 1 made, 0
   the newest checkpoint covers everything already, -1. A transaction of its own. */
int archive_checkpoint(struct archive *a, const struct log_key *key, struct error *err);

struct stored_checkpoint {
	struct buf body;
	struct buf signature; /* DER */
	struct checkpoint checkpoint;
};
void stored_checkpoint_finish(struct stored_checkpoint *c);
/* The newest that covers at most `records`: 1, 0 none, -1. UINT64_MAX: the newest of all. */
int archive_checkpoint_at(
	struct archive *a, uint64_t records, struct stored_checkpoint *out, struct error *err);

#endif
