/* A bundle's keys: each is handed on by the one before it, and signs until the next one comes. */
#include "bundle_check.h"

#include "archive/archive.h"
#include "base/limits.h"
#include "log_key.h"
#include "record_form.h"
#include <inttypes.h>

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

static int check_pair(struct bundle_check *b, const struct numbered_file *before,
	const struct numbered_file *key, struct error *err)
{
	struct record record;
	struct buf old_pem = {0}, pem = {0};
	const char *words = NULL;
	record_init(&record);
	int known = read_record(b, key->number, &record, err);
	if (known > 0 &&
		(bundle_file_read(b, before->file, LIMIT_KEY_PEM, &old_pem, err) < 0 ||
			bundle_file_read(b, key->file, LIMIT_KEY_PEM, &pem, err) < 0))
		known = -1;
	int handed_on = known > 0
		? key_succession(&record, before->number, buf_str(&old_pem), buf_str(&pem), &words)
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
	size_t first = 0, behind = b->key_count;
	while (first < behind) {
		size_t middle = first + (behind - first) / 2;
		if (b->keys[middle].number <= records)
			first = middle + 1;
		else
			behind = middle;
	}
	return first ? b->keys[first - 1].file : NULL;
}

int bundle_check_keys(struct bundle_check *b, struct error *err)
{
	int result = bundle_numbered(
		b, "data/keys/", ".pem", LIMIT_KEY_PEM, &b->keys, &b->key_count, err);
	for (size_t i = 1; i < b->key_count && !result; i++)
		result = check_pair(b, &b->keys[i - 1], &b->keys[i], err);
	const struct found_file *newest = bundle_key_at(b, UINT64_MAX);
	const struct found_file *log_key = bundle_file_at(b, STR("data/log-key.pem"));
	if (!result && (!newest || !sha256_eq(&newest->sum, &log_key->sum)))
		bundle_tell(b, VERIFY_ALTERED, "key",
			"data/log-key.pem is not the newest key of the log");
	return result;
}
