/* What the parts of a bundle's verification share. */
#ifndef ARCHIVE_BUNDLE_CHECK_H
#define ARCHIVE_BUNDLE_CHECK_H

#include "archive/bundle_verify.h"
#include "base/arena.h"
#include "base/crypto.h"

/* A file that is there. */
struct found_file {
	struct str path; /* "data/log.txt"; NUL-terminated */
	struct sha256 sum;
	uint64_t size_bytes;
	bool listed; /* in a manifest */
	bool named;  /* by a record */
};

/* A public key of the log. */
struct found_key {
	uint64_t seq; /* of its record */
	const struct found_file *file;
};

struct bundle_check {
	const struct verify_plan *plan;
	struct verify_summary summary;
	struct arena arena;
	int folder;
	struct found_file *files; /* by path */
	size_t count, cap;
	struct found_key *keys; /* by number */
	size_t key_count, key_cap;
	struct buf log;
	uint64_t lines; /* of it */
};

void bundle_tell(struct bundle_check *b, enum verify_state state, const char *part,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
/* NULL: it is not there. */
struct found_file *bundle_file_at(const struct bundle_check *b, struct str path);
/* Appends a file's octets. Fails: ERROR_LIMIT over max, ERROR_SYSTEM. */
int bundle_file_read(struct bundle_check *b, const struct found_file *f, size_t max,
	struct buf *out, struct error *err);

/* bundle_tree.c: every file with its hash; links, devices and odd names are told. 1, 0 when the
   rest is not to be looked at, -1. */
int bundle_tree_read(struct bundle_check *b, struct error *err);

/* bundle_check_keys.c: the keys, each handed on by the one before it. 0 or -1. */
int bundle_check_keys(struct bundle_check *b, struct error *err);
/* The key that signed the log when it had so many records; NULL: it is not here. */
const struct found_file *bundle_key_at(const struct bundle_check *b, uint64_t records);

/* bundle_check_log.c: the log, its checkpoints and the records. 0 or -1. */
int bundle_check_log(struct bundle_check *b, struct error *err);

#endif
