/* A bundle's log: its records stand in it, and the octets are what they name. */
#include "bundle_check.h"

#include "archive/archive.h"
#include "base/limits.h"
#include "record_form.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct str line_of(const struct bundle_check *b, uint64_t number)
{
	size_t at = (size_t)(number - 1) * LOG_LINE;
	return str_slice(buf_str(&b->log), at, at + LOG_LINE - 1);
}

static int read_log(struct bundle_check *b, struct error *err)
{
	const struct found_file *file = bundle_file_at(b, STR("data/log.txt"));
	struct sha256 sum;
	if (bundle_file_read(b, file, LIMIT_BUNDLE_LIST, &b->log, err) < 0)
		return -1;
	b->lines = b->log.len / LOG_LINE;
	bool fits = b->log.len % LOG_LINE == 0;
	for (uint64_t i = 1; fits && i <= b->lines; i++)
		fits = sha256_parse(line_of(b, i), &sum) && b->log.ptr[i * LOG_LINE - 1] == '\n';
	if (!fits)
		bundle_tell(b, VERIFY_ALTERED, "log", "the log is not in its form");
	return 0;
}

/* A message that is not here may have a copy with words covered, which names its hash. 1, 0, -1. */
static int check_twin(struct bundle_check *b, const struct record *r, struct error *err)
{
	char path[BLOB_PATH_SIZE], hex[SHA256_HEX_SIZE];
	struct buf text = {0};
	size_t at;
	record_twin_path(r->seq, path);
	struct found_file *twin = bundle_file_at(b, str_from(path));
	if (r->type != RECORD_MESSAGE || !twin || twin->size_bytes > LIMIT_TWIN)
		return 0;
	int result = bundle_file_read(b, twin, LIMIT_TWIN, &text, err) < 0 ? -1 : 1;
	sha256_hex(&r->blob, hex);
	if (result == 1 && !str_find(buf_str(&text), str_from(hex), &at))
		result = 0;
	buf_finish(&text);
	if (result == 1) {
		twin->named = true;
		bundle_tell(b, VERIFY_CANNOT_TELL, "octets",
			"what %.*s holds: it is withheld, a redacted copy is here: %s",
			STR_ARG(r->blob_path), path);
	}
	return result;
}

/* The file that a record names: is it here, as it was recorded? */
static int check_named(struct bundle_check *b, const struct record *r, struct error *err)
{
	struct found_file *file = bundle_file_at(b, r->blob_path);
	if (file)
		file->named = true;
	int withheld = file ? 0 : check_twin(b, r, err);
	if (withheld)
		return withheld < 0 ? -1 : 0;
	if (!file || !sha256_eq(&file->sum, &r->blob))
		bundle_tell(b, VERIFY_ALTERED, "octets", "not what its record names: %.*s",
			STR_ARG(r->blob_path));
	else
		b->summary.octet_strings++;
	return 0;
}

static int check_record(struct bundle_check *b, struct found_file *file, struct error *err)
{
	char hex[SHA256_HEX_SIZE], path[BLOB_PATH_SIZE];
	struct error why = {0};
	struct buf text = {0};
	struct record r;
	record_init(&r);
	file->named = true;
	b->summary.records++;
	int result = bundle_file_read(b, file, LIMIT_RECORD, &text, &why);
	if (!result)
		result = record_read(buf_str(&text), &r, &why);
	if (!result) {
		sha256_hex(&file->sum, hex);
		record_text_path(r.seq, path);
		bool in_place = str_eq(file->path, str_from(path));
		if (!in_place || r.seq > b->lines || !str_eq(line_of(b, r.seq), str_from(hex)))
			bundle_tell(b, VERIFY_ALTERED, "record",
				"not the line of the log that its number says: %.*s",
				STR_ARG(file->path));
		b->summary.messages += r.type == RECORD_MESSAGE;
		/* what copies of a record name would be read for each of them */
		if (r.has_blob && in_place)
			result = check_named(b, &r, err);
	} else if (why.kind == ERROR_INPUT || why.kind == ERROR_LIMIT) {
		bundle_tell(b, VERIFY_ALTERED, "record", "%.*s: %s", STR_ARG(file->path), why.text);
		result = 0;
	} else if (err) {
		*err = why;
	}
	record_finish(&r);
	buf_finish(&text);
	return result;
}

/* Under data/, yet no evidence: the log's own parts, and what is there to read. What stands beside
   the checkpoints was looked at with them. */
static bool needs_no_record(struct str path)
{
	static const char *const whole[] = {"data/log.txt", "data/log-key.pem",
		"data/tsa-chain.pem", "data/index.csv", "data/report.html"};
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++)
		if (str_eq(path, str_from(whole[i])))
			return true;
	return !str_starts(path, STR("data/")) ||
		(str_starts(path, STR("data/declaration")) && str_ends(path, STR(".txt")));
}

static bool is_record(const struct found_file *f)
{
	return str_starts(f->path, STR("data/records/")) && str_ends(f->path, STR(".txt"));
}

int bundle_check_log(struct bundle_check *b, struct error *err)
{
	int result = read_log(b, err);
	if (!result)
		result = bundle_check_keys(b, err);
	if (!result)
		result = bundle_check_checkpoints(b, err);
	for (size_t i = 0; i < b->count && !result; i++) {
		if (is_record(&b->files[i]))
			result = check_record(b, &b->files[i], err);
		if (b->plan->listener.progress)
			b->plan->listener.progress(
				b->plan->listener.context, "files", i + 1, b->count);
	}
	if (!result && !b->summary.records)
		bundle_tell(b, VERIFY_ALTERED, "record", "there are no records");
	for (size_t i = 0; i < b->count && !result; i++)
		if (!b->files[i].named && !needs_no_record(b->files[i].path))
			bundle_tell(b, VERIFY_ALTERED, "file",
				"no record names, and no checkpoint: %.*s",
				STR_ARG(b->files[i].path));
	return result;
}
