/* The folder of a bundle while it is written: files, their hashes, and the step that makes it real.
 */
#ifndef ARCHIVE_BUNDLE_FOLDER_H
#define ARCHIVE_BUNDLE_FOLDER_H

#include "base/crypto.h"
#include "base/error.h"
#include "base/str.h"

struct bundle_entry {
	char *path; /* in the bundle */
	struct sha256 sum;
	uint64_t size_bytes;
};

struct bundle_folder {
	char *path;
	char *temporary; /* path with .tmp, there until it is kept */
	int fd;
	struct bundle_entry *entries;
	size_t count, cap;
};

/* Makes `<path>.tmp`. Fails: ERROR_USAGE when it or path is there. */
int bundle_folder_open(const char *path, struct bundle_folder *out, struct error *err);
/* Brings all to the disk and renames. */
int bundle_folder_keep(struct bundle_folder *f, struct error *err);
/* Removes what was not kept. */
void bundle_folder_close(struct bundle_folder *f);

/* A file of the bundle, written once from its beginning. */
struct bundle_file {
	struct bundle_folder *folder;
	int fd;
	struct bundle_entry entry;
	struct sha256_stream *hash;
};

/* Makes the file and the folders on its way. */
int bundle_file_open(
	struct bundle_folder *f, const char *path, struct bundle_file *out, struct error *err);
int bundle_file_add(struct bundle_file *file, struct str bytes, struct error *err);
/* Ends the file and takes down its hash; `status` other than 0 drops it and is given back. */
int bundle_file_close(struct bundle_file *file, int status, struct error *err);
/* A whole file. */
int bundle_folder_add(
	struct bundle_folder *f, const char *path, struct str bytes, struct error *err);

/* `<hash>  <path>` for each file so far that is under data/ (payload) or is not, sorted by path. */
int bundle_folder_manifest(
	struct bundle_folder *f, bool payload, struct buf *out, struct error *err);

#endif
