/* Records out of the archive as a folder that anybody can check by hand. */
#include "archive/bundle.h"
#include "archive/anchor.h"
#include "archive/blob.h"
#include "archive/checkpoint.h"
#include "base/signing.h"
#include "base/timestamp.h"
#include "bundle_folder.h"
#include "bundle_text.h"
#include "database.h"
#include "log_key.h"
#include "record_form.h"
#include "verify_script.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A bundle being written. The log grows meanwhile, and its key may be replaced: a bundle shows the
   log as it was at one checkpoint, and nothing behind it. (A read transaction would show the same,
   but the service would wait for its end.) */
struct bundle {
	struct archive *archive;
	const struct bundle_request *request;
	struct bundle_folder folder;
	struct bundle_summary summary;
	struct stored_checkpoint checkpoint;
	const struct log_key *key; /* the request's, when it signed the checkpoint */
	uint64_t *seqs;            /* ascending, each once */
	size_t count;
	struct buf index; /* data/index.csv */
};

static int by_number(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return left < right ? -1 : left > right;
}

/* The newest checkpoint of at most so many records into b->checkpoint: 1, 0 none, -1. */
static int step_to(struct bundle *b, uint64_t records, struct error *err)
{
	stored_checkpoint_finish(&b->checkpoint);
	b->checkpoint = (struct stored_checkpoint){0};
	return archive_checkpoint_at(b->archive, records, &b->checkpoint, err);
}

/* The newest checkpoint that the key signed, else the newest; it must cover the last record. */
static int find_checkpoint(struct bundle *b, struct error *err)
{
	const struct log_key *key = b->request->key;
	const struct checkpoint *c = &b->checkpoint.checkpoint;
	uint64_t last = 0;
	for (size_t i = 0; i < b->request->count; i++)
		if (b->request->seqs[i] > last)
			last = b->request->seqs[i];
	int found = step_to(b, UINT64_MAX, err);
	if (found > 0 && c->records < last)
		found = 0;
	if (found == 0)
		return error_set(
			err, ERROR_NOT_FOUND, "no checkpoint covers record %" PRIu64 " yet", last);
	while (key && found > 0 && c->records >= last && !sha256_eq(&c->log, &key->name))
		found = step_to(b, c->records - 1, err);
	if (found > 0 && c->records >= last)
		b->key = key;
	else if (found >= 0)
		found = step_to(b, UINT64_MAX, err);
	return found < 0 ? -1 : 0;
}

/* The numbers asked for and the keys so far, in the order of the log, each once. */
static int sort_seqs(struct bundle *b, struct error *err)
{
	const struct bundle_request *request = b->request;
	uint64_t *keys = NULL;
	size_t key_count = 0;
	if (archive_records_of(b->archive, RECORD_KEY, &keys, &key_count, err) < 0)
		return -1;
	while (key_count && keys[key_count - 1] > b->checkpoint.checkpoint.records)
		key_count--;
	size_t all = request->count + key_count;
	b->seqs = calloc(all, sizeof(*b->seqs));
	if (b->seqs == NULL) {
		free(keys);
		return error_memory(err);
	}
	memcpy(b->seqs, request->seqs, request->count * sizeof(*b->seqs));
	if (key_count)
		memcpy(b->seqs + request->count, keys, key_count * sizeof(*keys));
	free(keys);
	qsort(b->seqs, all, sizeof(*b->seqs), by_number);
	b->count = 1;
	for (size_t i = 1; i < all; i++)
		if (b->seqs[i] != b->seqs[b->count - 1])
			b->seqs[b->count++] = b->seqs[i];
	return 0;
}

static int add_text(struct bundle *b, uint64_t seq, struct error *err)
{
	struct buf body = {0};
	char path[BLOB_PATH_SIZE];
	record_text_path(seq, path);
	int status = archive_record_body(b->archive, seq, &body, err);
	if (status == 0)
		error_set(err, ERROR_NOT_FOUND, "record %" PRIu64 " is erased, or was never there",
			seq);
	status = status == 1 ? bundle_folder_add(&b->folder, path, buf_str(&body), err) : -1;
	buf_finish(&body);
	return status;
}

static int copy_octets(struct bundle *b, const char *path, struct blob_reader *r, struct error *err)
{
	struct bundle_file file;
	struct str piece;
	int status = 1;
	if (bundle_file_open(&b->folder, path, &file, err) < 0)
		return -1;
	while (status == 1 && (status = blob_reader_next(r, &piece, err)) == 1)
		if (bundle_file_add(&file, piece, err) < 0)
			status = -1;
	return bundle_file_close(&file, status, err);
}

/* A copy with words covered, where the octets would be. */
static int add_twin(struct bundle *b, uint64_t seq, struct str twin, struct error *err)
{
	char path[BLOB_PATH_SIZE];
	record_twin_path(seq, path);
	b->summary.redacted++;
	return bundle_folder_add(&b->folder, path, twin, err);
}

static int add_octets(struct bundle *b, const struct record *r, struct error *err)
{
	struct blob_reader *reader = NULL;
	char path[BLOB_PATH_SIZE];
	record_blob_path(r->type, r->seq, path);
	int status = blob_reader_open(b->archive, &r->blob, &reader, err);
	if (status == 0)
		status = error_set(err, ERROR_INTEGRITY,
			"record %" PRIu64 ": its octets are not in the archive", r->seq);
	if (status > 0)
		status = copy_octets(b, path, reader, err);
	blob_reader_close(reader);
	b->summary.has_octets = true;
	return status;
}

static int add_message(struct bundle *b, struct record *r, struct error *err)
{
	const struct bundle_request *request = b->request;
	struct message_entry entry;
	struct bundle_words words = {0};
	int status = archive_message_entry(r, &entry, err);
	if (status == 0 && request->describe)
		status = request->describe(request->context, r->seq, &words, err);
	if (status == 0 && r->has_blob)
		status = words.twin.ptr ? add_twin(b, r->seq, words.twin, err)
					: add_octets(b, r, err);
	b->summary.messages++;
	return status < 0 ? -1 : bundle_index_row(&b->index, r, &entry, &words, err);
}

static int add_record(struct bundle *b, uint64_t seq, struct error *err)
{
	struct record r;
	record_init(&r);
	int status = add_text(b, seq, err);
	if (status == 0 && archive_record_at(b->archive, seq, &r, err) <= 0)
		status = -1;
	if (status == 0 && r.type == RECORD_MESSAGE)
		status = add_message(b, &r, err);
	else if (status == 0 && r.has_blob)
		status = add_octets(b, &r, err);
	b->summary.has[r.type] = true;
	record_finish(&r);
	b->summary.records++;
	return status;
}

static int add_records(struct bundle *b, struct error *err)
{
	int status = 0;
	bundle_index_head(&b->index);
	b->summary.example = b->seqs[0];
	for (size_t i = 0; status == 0 && i < b->count; i++) {
		status = add_record(b, b->seqs[i], err);
		if (b->request->progress)
			b->request->progress(b->request->context, i + 1, b->count);
	}
	if (status == 0 && b->index.failed)
		status = error_memory(err);
	if (status == 0)
		status = bundle_folder_add(&b->folder, "data/index.csv", buf_str(&b->index), err);
	return status;
}

/* The log up to the checkpoint: what follows nobody has signed. */
static int add_log(struct bundle *b, struct error *err)
{
	struct buf log = {0};
	uint64_t lines = b->checkpoint.checkpoint.records;
	int status = archive_log(b->archive, &log, err);
	if (status == 0)
		status = bundle_folder_add(&b->folder, "data/log.txt",
			str_slice(buf_str(&log), 0, lines * (2 * SHA256_SIZE + 1)), err);
	b->summary.log_records = lines;
	buf_finish(&log);
	return status;
}

/* A checkpoint and its signature. */
static int add_one_checkpoint(
	struct bundle *b, const struct stored_checkpoint *c, struct error *err)
{
	char path[BLOB_PATH_SIZE];
	snprintf(path, sizeof(path), "data/checkpoints/%06" PRIu64 ".txt", c->checkpoint.records);
	if (bundle_folder_add(&b->folder, path, buf_str(&c->body), err) < 0)
		return -1;
	snprintf(path, sizeof(path), "data/checkpoints/%06" PRIu64 ".txt.sig",
		c->checkpoint.records);
	return bundle_folder_add(&b->folder, path, buf_str(&c->signature), err);
}

/* The newest checkpoint, and the key that made it. */
static int add_checkpoint(struct bundle *b, struct error *err)
{
	struct buf pem = {0};
	int status = add_one_checkpoint(b, &b->checkpoint, err);
	if (status == 0) {
		status = archive_blob(b->archive, &b->checkpoint.checkpoint.log, &pem, err);
		if (status == 0)
			status = error_set(err, ERROR_INTEGRITY,
				"the key of the newest checkpoint is not in the archive");
	}
	if (status > 0)
		status = bundle_folder_add(&b->folder, "data/log-key.pem", buf_str(&pem), err);
	buf_finish(&pem);
	return status;
}

/* What has been added of the anchors so far. */
struct anchoring {
	uint64_t records; /* of the checkpoint that the last one is on */
	unsigned stamps;  /* on that one */
	uint64_t reached; /* asked-for records before this place are anchored */
	struct buf chain; /* data/tsa-chain.pem */
};

/* Does an anchor on a checkpoint of so many records bring any asked-for record an earlier date? */
static bool brings_more(const struct bundle *b, const struct anchoring *a, uint64_t records)
{
	return records <= b->checkpoint.checkpoint.records &&
		(records == a->records ||
			(a->reached < b->count && b->seqs[a->reached] <= records));
}

static int add_stamp(struct bundle *b, struct anchoring *a, const struct record *record,
	uint64_t records, struct error *err)
{
	char path[BLOB_PATH_SIZE];
	struct stored_checkpoint c = {0};
	struct buf proof = {0};
	int status = archive_checkpoint_at(b->archive, records, &c, err);
	if (status == 0 || (status > 0 && c.checkpoint.records != records))
		status = error_set(err, ERROR_INTEGRITY,
			"record %" PRIu64 " anchors a checkpoint that is gone", record->seq);
	if (status > 0 && records != a->records && records != b->checkpoint.checkpoint.records)
		status = add_one_checkpoint(b, &c, err) < 0 ? -1 : 1;
	if (status > 0)
		status = archive_blob(b->archive, &record->blob, &proof, err);
	if (status > 0) {
		a->stamps = records == a->records ? a->stamps + 1 : 1;
		a->records = records;
		while (a->reached < b->count && b->seqs[a->reached] <= records)
			a->reached++;
		if (a->stamps == 1)
			snprintf(path, sizeof(path), "data/checkpoints/%06" PRIu64 ".txt.tsr",
				records);
		else
			snprintf(path, sizeof(path), "data/checkpoints/%06" PRIu64 ".txt.%u.tsr",
				records, a->stamps);
		status = bundle_folder_add(&b->folder, path, buf_str(&proof), err);
	}
	if (status == 0)
		status = timestamp_certificates(buf_str(&proof), &a->chain, err);
	stored_checkpoint_finish(&c);
	buf_finish(&proof);
	b->summary.stamps++;
	return status;
}

/* For every record the first time stamps that cover it: they say the earliest "no later than". */
static int add_anchors(struct bundle *b, struct error *err)
{
	struct anchoring a = {0};
	struct record record;
	uint64_t *seqs = NULL;
	size_t count = 0;
	record_init(&record);
	int status = archive_records_of(b->archive, RECORD_ANCHOR, &seqs, &count, err);
	for (size_t i = 0; i < count && status == 0; i++) {
		struct anchor anchor;
		if (archive_record_at(b->archive, seqs[i], &record, err) <= 0 ||
			anchor_read(&record, &anchor, err) < 0)
			status = -1;
		else if (record.has_blob && str_eq(anchor.kind, STR(ANCHOR_RFC3161)) &&
			brings_more(b, &a, anchor.records))
			status = add_stamp(b, &a, &record, anchor.records, err);
	}
	if (status == 0 && a.chain.len)
		status =
			bundle_folder_add(&b->folder, "data/tsa-chain.pem", buf_str(&a.chain), err);
	record_finish(&record);
	free(seqs);
	buf_finish(&a.chain);
	return status;
}

static int add_extras(struct bundle *b, struct error *err)
{
	int status = 0;
	for (size_t i = 0; i < b->request->extra_count && status == 0; i++) {
		const struct bundle_extra *extra = &b->request->extras[i];
		char *path = str_dup(extra->path);
		status = path ? bundle_folder_add(&b->folder, path, extra->bytes, err)
			      : error_memory(err);
		b->summary.has_page |= str_eq(extra->path, STR("data/report.html"));
		free(path);
	}
	return status;
}

/* Adds what stands in *text as a file, and empties it. */
static int add_file(struct bundle *b, const char *path, struct buf *text, struct error *err)
{
	int status = text->failed ? error_memory(err)
				  : bundle_folder_add(&b->folder, path, buf_str(text), err);
	buf_clear(text);
	return status;
}

static int add_declarations(struct bundle *b, struct error *err)
{
	struct buf text = {0};
	const char *language;
	int status = 0;
	b->summary.list = b->checkpoint.checkpoint.list;
	b->summary.key = b->checkpoint.checkpoint.log;
	for (size_t i = 0; status == 0 && (language = bundle_declaration_language(i)); i++) {
		char path[BLOB_PATH_SIZE];
		snprintf(path, sizeof(path), "data/declaration-%s.txt", language);
		bundle_declaration_write(&text, i, &b->summary);
		status = add_file(b, path, &text, err);
	}
	buf_finish(&text);
	return status;
}

static int add_signature(struct bundle *b, struct str manifest, struct error *err)
{
	struct buf signature = {0};
	if (b->key == NULL)
		return 0;
	int status = signing_sign(b->key->key, manifest, &signature, err);
	if (status == 0)
		status = bundle_folder_add(
			&b->folder, "tagmanifest-sha256.txt.sig", buf_str(&signature), err);
	buf_finish(&signature);
	return status;
}

/* Tag files in the order in which one names another: the manifests last. */
static int add_tags(struct bundle *b, struct error *err)
{
	struct buf text = {0};
	int status = -1;
	buf_add_cstr(&text, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
	if (add_file(b, "bagit.txt", &text, err) < 0)
		goto out;
	bundle_info_write(&text, &b->folder, &b->summary);
	if (add_file(b, "bag-info.txt", &text, err) < 0)
		goto out;
	bundle_readme_write(&text, &b->summary);
	if (add_file(b, "README.txt", &text, err) < 0)
		goto out;
	buf_add(&text, verify_script, sizeof(verify_script));
	if (add_file(b, "verify.sh", &text, err) < 0)
		goto out;
	if (bundle_folder_manifest(&b->folder, true, &text, err) < 0 ||
		add_file(b, "manifest-sha256.txt", &text, err) < 0)
		goto out;
	if (bundle_folder_manifest(&b->folder, false, &text, err) < 0 ||
		add_signature(b, buf_str(&text), err) < 0 ||
		add_file(b, "tagmanifest-sha256.txt", &text, err) < 0)
		goto out;
	status = 0;
out:
	buf_finish(&text);
	return status;
}

int bundle_write(struct archive *a, const struct bundle_request *request, const char *folder,
	struct error *err)
{
	struct bundle b = {.archive = a, .request = request};
	char today[TIME_TEXT_SIZE];
	int status = -1;
	time_format(clock_now_us(request->clock), 0, true, today);
	today[strlen("2026-11-22")] = '\0';
	b.summary.day = today;
	b.summary.filter = request->filter;
	b.summary.owner = request->owner;
	b.summary.version = request->version;
	if (request->count == 0)
		return error_set(err, ERROR_NOT_FOUND, "there is nothing to export");
	if (find_checkpoint(&b, err) == 0 && sort_seqs(&b, err) == 0 &&
		bundle_folder_open(folder, &b.folder, err) == 0) {
		if (add_records(&b, err) == 0 && add_log(&b, err) == 0 &&
			add_checkpoint(&b, err) == 0 && add_anchors(&b, err) == 0 &&
			add_extras(&b, err) == 0 && add_declarations(&b, err) == 0 &&
			add_tags(&b, err) == 0)
			status = bundle_folder_keep(&b.folder, err);
		bundle_folder_close(&b.folder);
	}
	free(b.seqs);
	stored_checkpoint_finish(&b.checkpoint);
	buf_finish(&b.index);
	return status;
}
