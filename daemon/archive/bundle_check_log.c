/* A bundle's log: its checkpoints fit it, its records stand in it, its octets are what they name.
 */
#include "bundle_check.h"

#include "archive/archive.h"
#include "archive/checkpoint.h"
#include "base/limits.h"
#include "base/signing.h"
#include "base/timestamp.h"
#include "record_form.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LINE (2 * SHA256_SIZE + 1)

static struct str line_of(const struct bundle_check *b, uint64_t number)
{
	size_t at = (size_t)(number - 1) * LINE;
	return str_slice(buf_str(&b->log), at, at + LINE - 1);
}

static int read_log(struct bundle_check *b, struct error *err)
{
	const struct found_file *file = bundle_file_at(b, STR("data/log.txt"));
	struct sha256 sum;
	if (bundle_file_read(b, file, LIMIT_BUNDLE_LIST, &b->log, err) < 0)
		return -1;
	b->lines = b->log.len / LINE;
	bool fits = b->log.len % LINE == 0;
	for (uint64_t i = 1; fits && i <= b->lines; i++)
		fits = sha256_parse(line_of(b, i), &sum) && b->log.ptr[i * LINE - 1] == '\n';
	if (!fits)
		bundle_tell(b, VERIFY_ALTERED, "log", "the log is not in its form");
	return 0;
}

/* The file of a checkpoint is named by what it commits to. */
static bool named_by_number(const struct found_file *file, const struct checkpoint *c)
{
	char path[BLOB_PATH_SIZE];
	snprintf(path, sizeof(path), "data/checkpoints/%06" PRIu64 ".txt", c->records);
	return str_eq(file->path, str_from(path));
}

static bool commits(const struct bundle_check *b, const struct checkpoint *c)
{
	struct sha256 sum;
	return c->records <= b->lines &&
		sha256_of(str_slice(buf_str(&b->log), 0, (size_t)c->records * LINE), &sum, NULL) ==
		0 &&
		sha256_eq(&sum, &c->list);
}

/* What is wrong with its signature, or NULL; -1 into *result for other reasons. */
static const char *signature_complaint(struct bundle_check *b, const struct found_file *file,
	struct str body, const struct checkpoint *c, int *result, struct error *err)
{
	const char *wrong = NULL;
	struct buf key = {0}, signature = {0};
	struct str path = arena_format(&b->arena, "%.*s.sig", STR_ARG(file->path));
	struct found_file *sig = path.ptr ? bundle_file_at(b, path) : NULL;
	if (sig)
		sig->named = true;
	const struct found_file *signer = bundle_key_at(b, c->records);
	if (!signer || !sha256_eq(&signer->sum, &c->log))
		wrong = "is not signed by the key that the log had then";
	else if (!sig || sig->size_bytes > LIMIT_SIGNATURE)
		wrong = "has no signature";
	else if (bundle_file_read(b, signer, LIMIT_KEY_PEM, &key, err) < 0 ||
		bundle_file_read(b, sig, LIMIT_SIGNATURE, &signature, err) < 0)
		*result = -1;
	else if (signing_verify(buf_str(&key), body, buf_str(&signature), NULL) != 1)
		wrong = "does not fit its signature";
	buf_finish(&key);
	buf_finish(&signature);
	return wrong;
}

/* Its time stamps: "000009.txt.tsr", "000009.txt.2.tsr". */
static int check_stamps(struct bundle_check *b, const struct found_file *checkpoint,
	struct str body, uint64_t records, struct error *err)
{
	int result = 0;
	for (size_t i = 0; i < b->count && !result; i++) {
		struct found_file *f = &b->files[i];
		struct buf reply = {0};
		struct timestamp stamp;
		struct error why = {0};
		if (!str_starts(f->path, checkpoint->path) || !str_ends(f->path, STR(".tsr")))
			continue;
		f->named = true;
		result = bundle_file_read(b, f, LIMIT_TIMESTAMP, &reply, err);
		int fits = result ? 0
				  : timestamp_check(body, (struct str){0}, buf_str(&reply),
					    b->plan->roots_pem, &stamp, &why);
		if (fits < 0)
			bundle_tell(b, VERIFY_ALTERED, "anchor", "%.*s: %s", STR_ARG(f->path),
				why.text);
		else if (!result && !fits)
			bundle_tell(b, VERIFY_CANNOT_TELL, "anchor",
				"%.*s is a time stamp by '%s', for whom nobody vouches here",
				STR_ARG(f->path), stamp.name);
		else if (fits && records >= b->summary.anchored) {
			b->summary.anchored = records;
			b->summary.anchored_at_us = stamp.at_us;
		}
		buf_finish(&reply);
	}
	return result;
}

static int check_checkpoint(struct bundle_check *b, struct found_file *file, struct error *err)
{
	struct checkpoint c;
	struct buf body = {0};
	int result = 0;
	const char *wrong = NULL;
	b->summary.checkpoints++;
	file->named = true;
	if (file->size_bytes > KIB)
		wrong = "is not in its form";
	else if (bundle_file_read(b, file, KIB, &body, err) < 0)
		result = -1;
	else if (checkpoint_read(buf_str(&body), &c, NULL) < 0)
		wrong = "is not in its form";
	else if (!named_by_number(file, &c))
		wrong = "is not the one that its number says";
	else if (!commits(b, &c))
		wrong = "does not fit the log";
	else
		wrong = signature_complaint(b, file, buf_str(&body), &c, &result, err);
	if (wrong)
		bundle_tell(b, VERIFY_ALTERED, "checkpoint", "%.*s %s", STR_ARG(file->path), wrong);
	else if (!result) {
		if (c.records > b->summary.covered)
			b->summary.covered = c.records;
		result = check_stamps(b, file, buf_str(&body), c.records, err);
	}
	buf_finish(&body);
	return result;
}

static void check_cover(struct bundle_check *b)
{
	if (!b->summary.covered)
		bundle_tell(b, VERIFY_ALTERED, "checkpoint", "no checkpoint commits to the log");
	else if (b->summary.covered < b->lines)
		bundle_tell(b, VERIFY_ALTERED, "log",
			"the log has %" PRIu64 " lines, the last checkpoint commits to %" PRIu64,
			b->lines, b->summary.covered);
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
		if (r.seq > b->lines || !str_eq(file->path, str_from(path)) ||
			!str_eq(line_of(b, r.seq), str_from(hex)))
			bundle_tell(b, VERIFY_ALTERED, "record",
				"not the line of the log that its number says: %.*s",
				STR_ARG(file->path));
		b->summary.messages += r.type == RECORD_MESSAGE;
		if (r.has_blob)
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

static bool in_folder(const struct found_file *f, const char *folder)
{
	return str_starts(f->path, str_from(folder)) && str_ends(f->path, STR(".txt"));
}

int bundle_check_log(struct bundle_check *b, struct error *err)
{
	int result = read_log(b, err);
	if (!result)
		result = bundle_check_keys(b, err);
	for (size_t i = 0; i < b->count && !result; i++)
		if (in_folder(&b->files[i], "data/checkpoints/"))
			result = check_checkpoint(b, &b->files[i], err);
	if (!result)
		check_cover(b);
	for (size_t i = 0; i < b->count && !result; i++) {
		if (in_folder(&b->files[i], "data/records/"))
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
