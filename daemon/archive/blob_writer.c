/* Octets that arrive piece by piece: set aside in a nameless file, then copied into their row. */
#include "archive/blob.h"
#include "base/file.h"
#include "base/limits.h"
#include "database.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct blob_writer {
	int fd; /* a file without a name: gone with us, however we end */
	struct sha256_stream *hash;
	uint64_t size_bytes;
	bool ended;
	struct sha256 sum;
};

/* A row of zeros of that size, to be filled. */
static int insert_empty(struct archive *a, const struct sha256 *sum, uint64_t size,
	sqlite3_int64 *rowid, struct error *err)
{
	static const char sql[] = "INSERT INTO blob(sha256, size, data)"
				  " VALUES (?1, ?2, zeroblob(?2))";
	sqlite3_stmt **s = &a->statement.blob_insert_empty;
	if (archive_statement(a, s, sql, err) < 0)
		return -1;
	sqlite3_bind_blob64(*s, 1, sum->octet, SHA256_SIZE, SQLITE_STATIC);
	sqlite3_bind_int64(*s, 2, (sqlite3_int64)size);
	int status = 0;
	if (sqlite3_step(*s) != SQLITE_DONE)
		status = archive_failed(a, "store octets", err);
	*rowid = sqlite3_last_insert_rowid(a->db);
	return archive_statement_end(*s, status);
}

/* Reads up to `size` bytes at `offset`, less only at the end of the file. */
static ssize_t read_at(int fd, char *piece, size_t size, uint64_t offset)
{
	size_t have = 0;
	while (have < size) {
		ssize_t got = pread(fd, piece + have, size - have, (off_t)(offset + have));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

static int fill(struct archive *a, sqlite3_blob *handle, const struct blob_writer *w, char *piece,
	struct error *err)
{
	for (uint64_t at = 0; at < w->size_bytes; at += PIECE) {
		size_t want = w->size_bytes - at < PIECE ? (size_t)(w->size_bytes - at) : PIECE;
		ssize_t got = read_at(w->fd, piece, want, at);
		if (got < 0)
			return error_system(err, errno, "cannot read what was set aside");
		if ((size_t)got < want)
			return error_set(err, ERROR_SYSTEM, "what was set aside has been cut");
		if (sqlite3_blob_write(handle, piece, (int)want, (int)at) != SQLITE_OK)
			return archive_failed(a, "store octets", err);
	}
	return 0;
}

int archive_store_written(
	struct archive *a, struct blob_writer *w, struct sha256 *sum, struct error *err)
{
	sqlite3_int64 rowid = 0;
	sqlite3_blob *handle = NULL;
	char *piece = NULL;
	int status = -1;
	if (blob_writer_end(w, sum, NULL, err) < 0)
		return -1;
	int stored = archive_find_blob(a, sum, NULL, NULL, err);
	if (stored != 0)
		return stored < 0 ? -1 : 0;
	if (insert_empty(a, sum, w->size_bytes, &rowid, err) < 0)
		return -1;
	piece = malloc(PIECE);
	if (piece == NULL) {
		error_memory(err);
		goto out;
	}
	if (sqlite3_blob_open(a->db, "main", "blob", "data", rowid, 1, &handle) != SQLITE_OK) {
		archive_failed(a, "store octets", err);
		goto out;
	}
	status = fill(a, handle, w, piece, err);
out:
	free(piece);
	if (sqlite3_blob_close(handle) != SQLITE_OK && status == 0)
		status = archive_failed(a, "store octets", err);
	return status;
}

/* Not every file system can make a file without a name: then it loses it at once. */
static int nameless_file(const char *folder, struct error *err)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	char *name = file_join(folder, "arriving-XXXXXX");
	if (name == NULL)
		return error_memory(err);
	fd = mkostemp(name, O_CLOEXEC);
	if (fd < 0)
		error_system(err, errno, "cannot make a file in '%s'", folder);
	else
		unlink(name);
	free(name);
	return fd;
}

int blob_writer_open(struct archive *a, struct blob_writer **out, struct error *err)
{
	assert(a->writable);
	struct blob_writer *w = calloc(1, sizeof(*w));
	if (w == NULL)
		return error_memory(err);
	w->fd = nameless_file(a->folder, err);
	if (w->fd < 0 || sha256_start(&w->hash, err) < 0) {
		blob_writer_close(w);
		return -1;
	}
	*out = w;
	return 0;
}

int blob_writer_add(struct blob_writer *w, struct str octets, struct error *err)
{
	assert(!w->ended);
	if (octets.len > LIMIT_MAX_SIZE - w->size_bytes)
		return error_set(err, ERROR_LIMIT,
			"a message is over %zu bytes, the most that is kept", LIMIT_MAX_SIZE);
	if (file_write_all(w->fd, octets.ptr, octets.len, err) < 0)
		return error_prefix(err, "cannot set octets aside");
	w->size_bytes += octets.len;
	return sha256_add(w->hash, octets, err);
}

int blob_writer_end(
	struct blob_writer *w, struct sha256 *sum, uint64_t *size_bytes, struct error *err)
{
	if (!w->ended) {
		struct sha256_stream *hash = w->hash;
		w->hash = NULL; /* sha256_end frees it, also when it fails */
		if (hash == NULL)
			return error_set(err, ERROR_SYSTEM, "the SHA-256 of the octets is lost");
		if (sha256_end(hash, &w->sum, err) < 0)
			return -1;
		w->ended = true;
	}
	if (sum)
		*sum = w->sum;
	if (size_bytes)
		*size_bytes = w->size_bytes;
	return 0;
}

void blob_writer_close(struct blob_writer *w)
{
	if (w == NULL)
		return;
	if (w->fd >= 0)
		close(w->fd);
	if (w->hash)
		sha256_end(w->hash, NULL, NULL);
	free(w);
}
