/* Octets too large for memory: written to the archive and read from it piece by piece. */
#ifndef OVERSTEP_ARCHIVE_BLOB_H
#define OVERSTEP_ARCHIVE_BLOB_H

#include "base/crypto.h"
#include "base/error.h"
#include "base/str.h"

struct archive;

/* Collects octets in a nameless file in the archive's folder, so that a mail that takes minutes to
   arrive holds no lock; archive_append_blob then copies them in a moment. Works outside
   transactions, and any number at once. */
struct blob_writer;
int blob_writer_open(struct archive *a, struct blob_writer **out, struct error *err);
/* Fails: ERROR_LIMIT over LIMIT_MAX_SIZE, ERROR_TEMPORARY (disk full), ERROR_SYSTEM. */
int blob_writer_add(struct blob_writer *w, struct str octets, struct error *err);
/* All is written: its SHA-256 and size (either may be NULL). Nothing can be added afterwards. */
int blob_writer_end(
	struct blob_writer *w, struct sha256 *sum, uint64_t *size_bytes, struct error *err);
void blob_writer_close(struct blob_writer *w); /* drops what was not appended */

/* Holds a read lock on the archive while it is open: writers wait. */
struct blob_reader;
/* 1, 0 (no such octets), -1. */
int blob_reader_open(
	struct archive *a, const struct sha256 *sum, struct blob_reader **out, struct error *err);
uint64_t blob_reader_size(const struct blob_reader *r);
/* 1 and the next piece, borrowed until the next call; 0 at the end; -1. Only the 0 says that the
   octets gave their SHA-256. Fails: ERROR_INTEGRITY when they did not. */
int blob_reader_next(struct blob_reader *r, struct str *piece, struct error *err);
void blob_reader_close(struct blob_reader *r);

#endif
