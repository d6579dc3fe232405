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

/* A file that is named by a number: a key by that of its record, a checkpoint by its records. */
struct numbered_file {
	uint64_t number;
	struct found_file *file;
};

/* A line of the log: a hash and its end. */
#define LOG_LINE (2 * SHA256_SIZE + 1)

struct bundle_check {
	const struct verify_plan *plan;
	struct verify_summary summary;
	struct arena arena;
	int folder;
	struct found_file *files; /* by path */
	size_t count, cap;
	size_t entries;  /* files, folders and what is neither, so far */
	uint64_t octets; /* of all files so far */
	struct numbered_file *keys;
	size_t key_count;
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

/* The files that are named as we name them, "<folder>000004<extension>", by number; those over
   max_bytes are left out. The caller frees *out. Fails: ERROR_LIMIT, ERROR_MEMORY. */
int bundle_numbered(struct bundle_check *b, const char *folder, const char *extension,
	uint64_t max_bytes, struct numbered_file **out, size_t *count, struct error *err);

/* bundle_check_keys.c: the keys, each handed on by the one before it. 0 or -1. */
int bundle_check_keys(struct bundle_check *b, struct error *err);
/* The key that signed the log when it had so many records; NULL: it is not here. */
const struct found_file *bundle_key_at(const struct bundle_check *b, uint64_t records);

/* bundle_check_checkpoints.c: what commits to the log that is read, and who stamped it. 0 or -1. */
int bundle_check_checkpoints(struct bundle_check *b, struct error *err);

/* bundle_check_log.c: the log, its keys and checkpoints, and the records. 0 or -1. */
int bundle_check_log(struct bundle_check *b, struct error *err);

#endif
