/* Stored octets read back piece by piece, or whole, and checked against their SHA-256. */
#include "archive/blob.h"
#include "database.h"
#include <stdlib.h>

struct blob_reader {
	struct archive *archive;
	sqlite3_blob *handle;
	struct sha256_stream *hash;
	struct sha256 sum;
	int size, at;
	char *piece;
};

static int altered(const struct sha256 *sum, struct error *err)
{
	char hex[SHA256_HEX_SIZE];
	sha256_hex(sum, hex);
	return error_set(
		err, ERROR_INTEGRITY, "octets %s are altered: they do not give this SHA-256", hex);
}

int blob_reader_open(
	struct archive *a, const struct sha256 *sum, struct blob_reader **out, struct error *err)
{
	sqlite3_int64 rowid;
	int size;
	int found = archive_find_blob(a, sum, &rowid, &size, err);
	if (found <= 0)
		return found;
	struct blob_reader *r = calloc(1, sizeof(*r));
	if (r == NULL)
		return error_memory(err);
	r->archive = a;
	r->sum = *sum;
	r->piece = malloc(PIECE);
	if (r->piece == NULL) {
		error_memory(err);
		goto fail;
	}
	if (sha256_start(&r->hash, err) < 0)
		goto fail;
	if (sqlite3_blob_open(a->db, "main", "blob", "data", rowid, 0, &r->handle) != SQLITE_OK) {
		archive_failed(a, "read stored octets", err);
		goto fail;
	}
	r->size = sqlite3_blob_bytes(r->handle);
	if (r->size != size) {
		altered(sum, err);
		goto fail;
	}
	*out = r;
	return 1;
fail:
	blob_reader_close(r);
	return -1;
}

uint64_t blob_reader_size(const struct blob_reader *r)
{
	return (uint64_t)r->size;
}

/* integrity_check is content when a bit flips inside a stored mail; this is what is not. */
static int verify(struct blob_reader *r, struct error *err)
{
	struct sha256 sum;
	struct sha256_stream *hash = r->hash;
	if (hash == NULL)
		return 0;
	r->hash = NULL;
	if (sha256_end(hash, &sum, err) < 0)
		return -1;
	return sha256_eq(&sum, &r->sum) ? 0 : altered(&r->sum, err);
}

int blob_reader_next(struct blob_reader *r, struct str *piece, struct error *err)
{
	if (r->at == r->size)
		return verify(r, err);
	int left = r->size - r->at;
	int size = left < (int)PIECE ? left : (int)PIECE;
	if (sqlite3_blob_read(r->handle, r->piece, size, r->at) != SQLITE_OK)
		return archive_failed(r->archive, "read stored octets", err);
	struct str octets = {r->piece, (size_t)size};
	if (sha256_add(r->hash, octets, err) < 0)
		return -1;
	r->at += size;
	*piece = octets;
	return 1;
}

void blob_reader_close(struct blob_reader *r)
{
	if (r == NULL)
		return;
	sqlite3_blob_close(r->handle);
	if (r->hash)
		sha256_end(r->hash, NULL, NULL);
	free(r->piece);
	free(r);
}

int archive_blob(struct archive *a, const struct sha256 *sum, struct buf *out, struct error *err)
{
	struct blob_reader *r = NULL;
	struct str piece;
	size_t start = out->len;
	int status = blob_reader_open(a, sum, &r, err);
	if (status <= 0)
		return status;
	if (buf_reserve(out, blob_reader_size(r)) == NULL && blob_reader_size(r) > 0)
		status = error_memory(err);
	while (status > 0 && (status = blob_reader_next(r, &piece, err)) > 0)
		buf_add_str(out, piece);
	blob_reader_close(r);
	if (status == 0 && out->failed)
		status = error_memory(err);
	if (status < 0) {
		out->len = start;
		return -1;
	}
	return 1;
}
