/* Records out of the archive as a folder that anybody can check by hand. */
#include "archive/bundle.h"
#include "archive/blob.h"
#include "bundle_folder.h"
#include "bundle_text.h"
#include "record_form.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A bundle being written. */
struct bundle {
	struct archive *archive;
	const struct bundle_request *request;
	struct bundle_folder folder;
	struct bundle_summary summary;
	struct buf index; /* data/index.csv */
};

static int by_number(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return left < right ? -1 : left > right;
}

/* The numbers asked for in the order of the log, each once. */
static int sort_seqs(
	const struct bundle_request *request, uint64_t **out, size_t *count, struct error *err)
{
	if (request->count == 0)
		return error_set(err, ERROR_NOT_FOUND, "there is nothing to export");
	uint64_t *seqs = calloc(request->count, sizeof(*seqs));
	if (seqs == NULL)
		return error_memory(err);
	memcpy(seqs, request->seqs, request->count * sizeof(*seqs));
	qsort(seqs, request->count, sizeof(*seqs), by_number);
	size_t kept = 1;
	for (size_t i = 1; i < request->count; i++)
		if (seqs[i] != seqs[kept - 1])
			seqs[kept++] = seqs[i];
	*out = seqs;
	*count = kept;
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

static int add_row(struct bundle *b, struct record *r, struct error *err)
{
	const struct bundle_request *request = b->request;
	struct message_entry entry;
	struct bundle_words words = {0};
	if (archive_message_entry(r, &entry, err) < 0)
		return -1;
	if (request->describe && request->describe(request->context, r->seq, &words, err) < 0)
		return -1;
	b->summary.messages++;
	return bundle_index_row(&b->index, r, &entry, &words, err);
}

static int add_record(struct bundle *b, uint64_t seq, struct error *err)
{
	struct record r;
	record_init(&r);
	int status = add_text(b, seq, err);
	if (status == 0 && archive_record_at(b->archive, seq, &r, err) <= 0)
		status = -1;
	if (status == 0 && r.has_blob)
		status = add_octets(b, &r, err);
	if (status == 0 && r.type == RECORD_MESSAGE)
		status = add_row(b, &r, err);
	record_finish(&r);
	b->summary.records++;
	return status;
}

static int add_records(struct bundle *b, struct error *err)
{
	uint64_t *seqs = NULL;
	size_t count = 0;
	if (sort_seqs(b->request, &seqs, &count, err) < 0)
		return -1;
	int status = 0;
	bundle_index_head(&b->index);
	b->summary.example = seqs[0];
	for (size_t i = 0; status == 0 && i < count; i++) {
		status = add_record(b, seqs[i], err);
		if (b->request->progress)
			b->request->progress(b->request->context, i + 1, count);
	}
	free(seqs);
	if (status == 0 && b->index.failed)
		status = error_memory(err);
	if (status == 0)
		status = bundle_folder_add(&b->folder, "data/index.csv", buf_str(&b->index), err);
	return status;
}

/* The log as it is now; a record that is appended meanwhile is not in this bundle. */
static int add_log(struct bundle *b, struct error *err)
{
	struct buf log = {0};
	int status = archive_log(b->archive, &log, err);
	b->summary.log_records = log.len / (2 * SHA256_SIZE + 1);
	if (status == 0)
		status = bundle_folder_add(&b->folder, "data/log.txt", buf_str(&log), err);
	buf_finish(&log);
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
	if (bundle_folder_manifest(&b->folder, true, &text, err) < 0 ||
		add_file(b, "manifest-sha256.txt", &text, err) < 0)
		goto out;
	if (bundle_folder_manifest(&b->folder, false, &text, err) < 0 ||
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
	if (bundle_folder_open(folder, &b.folder, err) < 0)
		return -1;
	if (add_records(&b, err) == 0 && add_log(&b, err) == 0 && add_tags(&b, err) == 0)
		status = bundle_folder_keep(&b.folder, err);
	buf_finish(&b.index);
	bundle_folder_close(&b.folder);
	return status;
}
