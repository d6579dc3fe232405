/* A bundle's checkpoints: each fits the log, its signature and the time stamps beside it. */
#include "bundle_check.h"

#include "archive/checkpoint.h"
#include "base/limits.h"
#include "base/signing.h"
#include "base/timestamp.h"
#include <inttypes.h>
#include <stdlib.h>

/* From the first checkpoint to the last, the log is walked through once. */
struct walk {
	struct bundle_check *b;
	struct sha256_stream *list;
	uint64_t lines; /* of the log, in the list so far */
};

/* Takes the log's lines up to the checkpoint into the list: 1 it commits to them, 0 not, -1. */
static int commits(struct walk *w, const struct checkpoint *c, struct error *err)
{
	struct sha256 sum;
	if (c->records > w->b->lines)
		return 0;
	struct str more = str_slice(
		buf_str(&w->b->log), (size_t)w->lines * LOG_LINE, (size_t)c->records * LOG_LINE);
	if (sha256_add(w->list, more, err) < 0 || sha256_so_far(w->list, &sum, err) < 0)
		return -1;
	w->lines = c->records;
	return sha256_eq(&sum, &c->list);
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

static int check_stamp(struct bundle_check *b, struct found_file *file, struct str body,
	uint64_t records, struct error *err)
{
	struct buf reply = {0};
	struct timestamp stamp;
	struct error why = {0};
	file->named = true;
	if (bundle_file_read(b, file, LIMIT_TIMESTAMP, &reply, err) < 0)
		return -1;
	int fits = timestamp_check(
		body, (struct str){0}, buf_str(&reply), b->plan->roots_pem, &stamp, &why);
	if (fits < 0)
		bundle_tell(b, VERIFY_ALTERED, "anchor", "%.*s: %s", STR_ARG(file->path), why.text);
	else if (!fits)
		bundle_tell(b, VERIFY_CANNOT_TELL, "anchor",
			"%.*s is a time stamp by '%s', for whom nobody vouches here",
			STR_ARG(file->path), stamp.name);
	else if (records >= b->summary.anchored) {
		b->summary.anchored = records;
		b->summary.anchored_at_us = stamp.at_us;
	}
	buf_finish(&reply);
	return 0;
}

/* ".tsr", ".2.tsr": what follows the checkpoint's own name. */
static bool names_stamp(struct str ending)
{
	uint64_t number;
	return str_eq(ending, STR(".tsr")) ||
		(str_starts(ending, STR(".")) && str_ends(ending, STR(".tsr")) &&
			str_to_u64(str_slice(ending, 1, ending.len - 4), INT64_MAX, &number));
}

/* Its time stamps: by path they stand right behind it. */
static int check_stamps(struct bundle_check *b, const struct found_file *checkpoint,
	struct str body, uint64_t records, struct error *err)
{
	int result = 0;
	for (size_t i = (size_t)(checkpoint - b->files) + 1; i < b->count && !result; i++) {
		struct str path = b->files[i].path;
		if (!str_starts(path, checkpoint->path))
			break;
		if (b->files[i].size_bytes <= LIMIT_TIMESTAMP &&
			names_stamp(str_slice(path, checkpoint->path.len, path.len)))
			result = check_stamp(b, &b->files[i], body, records, err);
	}
	return result;
}

static int check_checkpoint(struct walk *w, const struct numbered_file *n, struct error *err)
{
	struct bundle_check *b = w->b;
	struct checkpoint c;
	struct buf body = {0};
	const char *wrong = NULL;
	int result = bundle_file_read(b, n->file, KIB, &body, err);
	b->summary.checkpoints++;
	n->file->named = true;
	if (result) {
		buf_finish(&body);
		return -1;
	}
	if (checkpoint_read(buf_str(&body), &c, NULL) < 0)
		wrong = "is not in its form";
	else if (c.records != n->number)
		wrong = "is not the one that its number says";
	else if ((result = commits(w, &c, err)) == 0)
		wrong = "does not fit the log";
	else if (result > 0) {
		result = 0;
		wrong = signature_complaint(b, n->file, buf_str(&body), &c, &result, err);
	}
	if (wrong)
		bundle_tell(
			b, VERIFY_ALTERED, "checkpoint", "%.*s %s", STR_ARG(n->file->path), wrong);
	else if (!result) {
		b->summary.covered = c.records;
		result = check_stamps(b, n->file, buf_str(&body), c.records, err);
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

/* Whoever has the key can make everything fit again. */
static void check_witness(struct bundle_check *b)
{
	char hex[SHA256_HEX_SIZE];
	sha256_hex(&bundle_file_at(b, STR("data/log-key.pem"))->sum, hex);
	if (!b->summary.anchored)
		bundle_tell(b, VERIFY_CANNOT_TELL, "anchor",
			"whether all of this was written anew: no time stamp by anybody who is believed "
			"here; whoever had the key or a checkpoint before can compare, the key's SHA-256 "
			"is %s",
			hex);
}

int bundle_check_checkpoints(struct bundle_check *b, struct error *err)
{
	struct walk w = {.b = b};
	struct numbered_file *found = NULL;
	size_t count = 0;
	int result = bundle_numbered(b, "data/checkpoints/", ".txt", KIB, &found, &count, err);
	if (!result)
		result = sha256_start(&w.list, err);
	for (size_t i = 0; i < count && !result; i++)
		result = check_checkpoint(&w, &found[i], err);
	if (w.list)
		sha256_end(w.list, NULL, NULL);
	if (!result) {
		check_cover(b);
		check_witness(b);
	}
	free(found);
	return result;
}
