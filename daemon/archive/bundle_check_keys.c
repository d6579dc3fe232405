/* A bundle's keys: each is handed on by the one before it, and signs until the next one comes. */
#include "bundle_check.h"

#include "archive/archive.h"
#include "base/array.h"
#include "base/limits.h"
#include "log_key.h"
#include "record_form.h"
#include <inttypes.h>
#include <stdlib.h>

/* "data/keys/000001.pem": the number of its record. */
static bool key_number(struct str path, uint64_t *seq)
{
	char wanted[BLOB_PATH_SIZE];
	const struct str folder = STR("data/keys/"), extension = STR(".pem");
	if (!str_starts(path, folder) || !str_ends(path, extension))
		return false;
	if (!str_to_u64(str_slice(path, folder.len, path.len - extension.len), INT64_MAX, seq))
		return false;
	record_blob_path(RECORD_KEY, *seq, wanted);
	return str_eq(path, str_from(wanted));
}

static int by_number(const void *a, const void *b)
{
	const struct found_key *left = a, *right = b;
	return left->seq < right->seq ? -1 : left->seq > right->seq;
}

static int collect(struct bundle_check *b, struct error *err)
{
	uint64_t seq;
	for (size_t i = 0; i < b->count; i++) {
		if (!key_number(b->files[i].path, &seq) || b->files[i].size_bytes > LIMIT_KEY_PEM)
			continue;
		if (array_room(&b->keys, b->key_count, &b->key_cap, sizeof(*b->keys)) < 0)
			return error_memory(err);
		b->keys[b->key_count++] = (struct found_key){seq, &b->files[i]};
	}
	if (b->key_count)
		qsort(b->keys, b->key_count, sizeof(*b->keys), by_number);
	return 0;
}

/* The record of a key; what is no record is told with the records. 1, 0, -1. */
static int read_record(struct bundle_check *b, uint64_t seq, struct record *out, struct error *err)
{
	char path[BLOB_PATH_SIZE];
	struct buf text = {0};
	record_text_path(seq, path);
	const struct found_file *file = bundle_file_at(b, str_from(path));
	if (!file || file->size_bytes > LIMIT_RECORD)
		return 0;
	int result = bundle_file_read(b, file, LIMIT_RECORD, &text, err);
	if (!result)
		result = record_read(buf_str(&text), out, NULL) == 0;
	buf_finish(&text);
	return result;
}

static int check_pair(struct bundle_check *b, const struct found_key *before,
	const struct found_key *key, struct error *err)
{
	struct record record;
	struct buf old_pem = {0}, pem = {0};
	const char *words = NULL;
	record_init(&record);
	int known = read_record(b, key->seq, &record, err);
	if (known > 0 &&
		(bundle_file_read(b, before->file, LIMIT_KEY_PEM, &old_pem, err) < 0 ||
			bundle_file_read(b, key->file, LIMIT_KEY_PEM, &pem, err) < 0))
		known = -1;
	int handed_on = known > 0
		? key_succession(&record, before->seq, buf_str(&old_pem), buf_str(&pem), &words)
		: 1;
	if (handed_on <= 0)
		bundle_tell(b, handed_on < 0 ? VERIFY_ALTERED : VERIFY_CANNOT_TELL, "key",
			"%.*s %s", STR_ARG(key->file->path), words);
	record_finish(&record);
	buf_finish(&old_pem);
	buf_finish(&pem);
	return known < 0 ? -1 : 0;
}

const struct found_file *bundle_key_at(const struct bundle_check *b, uint64_t records)
{
	const struct found_file *newest = NULL;
	for (size_t i = 0; i < b->key_count && b->keys[i].seq <= records; i++)
		newest = b->keys[i].file;
	return newest;
}

int bundle_check_keys(struct bundle_check *b, struct error *err)
{
	int result = collect(b, err);
	for (size_t i = 1; i < b->key_count && !result; i++)
		result = check_pair(b, &b->keys[i - 1], &b->keys[i], err);
	const struct found_file *newest = bundle_key_at(b, UINT64_MAX);
	const struct found_file *log_key = bundle_file_at(b, STR("data/log-key.pem"));
	if (!result && (!newest || !sha256_eq(&newest->sum, &log_key->sum)))
		bundle_tell(b, VERIFY_ALTERED, "key",
			"data/log-key.pem is not the newest key of the log");
	return result;
}
