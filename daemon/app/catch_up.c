/* The index follows the archive, record by record: the same fold live and in `reindex`. */
#include "catch_up.h"

#include "archive/archive.h"
#include "base/limits.h"
#include "index/index.h"

/* Records folded in one transaction of the index: long work that is interrupted keeps its start. */
#define FOLD_TRANSACTION 500

/* Folds that many before progress is told of. */
#define TOLD_EVERY 50

static int fold_message(
	struct store *s, struct folding *f, struct record *record, struct error *err)
{
	struct message_entry entry;
	struct buf octets = {0};
	struct reading reading;
	reading_init(&reading);
	/* the entry borrows from the record, which is read anew with its octets */
	int result = store_message(s, record->seq, LIMIT_PARSE, record, &octets, err);
	if (!result)
		result = archive_message_entry(record, &entry, err);
	if (!result)
		result = store_ask(s, &entry, buf_str(&octets), READ_FACTS, &reading, err);
	if (!result) {
		f->entry = &entry;
		f->facts = &reading.facts;
		result = index_fold(s->index, f, err);
	}
	reading_finish(&reading);
	buf_finish(&octets);
	return result;
}

static int fold_other(struct store *s, struct folding *f, struct error *err)
{
	struct buf blob = {0};
	int result = 0;
	bool wanted = f->record->type == RECORD_FINDINGS || f->record->type == RECORD_MARK;
	if (wanted && f->record->has_blob)
		result = archive_blob(s->archive, &f->record->blob, &blob, err) < 0 ? -1 : 0;
	f->blob = buf_str(&blob);
	if (!result)
		result = index_fold(s->index, f, err);
	buf_finish(&blob);
	return result;
}

static int fold(struct store *s, struct record *record, struct error *err)
{
	struct folding f = {.record = record};
	int result = record->type == RECORD_MESSAGE ? fold_message(s, &f, record, err)
						    : fold_other(s, &f, err);
	return result < 0 ? error_prefix(err, "record %llu", (unsigned long long)record->seq) : 0;
}

/* Up to FOLD_TRANSACTION records from the index's end: 1 there may be more, 0 the end, -1. */
static int fold_some(
	struct store *s, const struct store_progress *progress, uint64_t start, struct error *err)
{
	uint64_t last, end = archive_last(s->archive);
	struct record record;
	record_init(&record);
	int more = index_last(s->index, &last, err) < 0 ? -1 : 1;
	for (size_t i = 0; more > 0 && i < FOLD_TRANSACTION; i++) {
		more = archive_record_at(s->archive, last + 1, &record, err);
		if (more > 0 && fold(s, &record, err) < 0)
			more = -1;
		last = record.seq;
		if (more > 0 && progress && (last - start) % TOLD_EVERY == 0)
			progress->tell(progress->context, "indexing", last - start, end - start);
	}
	record_finish(&record);
	return more;
}

int store_catch_up(struct store *s, const struct store_progress *progress, struct error *err)
{
	uint64_t start;
	if (index_last(s->index, &start, err) < 0)
		return -1;
	for (int more = start < archive_last(s->archive); more;) {
		if (index_begin(s->index, err) < 0)
			return -1;
		more = fold_some(s, progress, start, err);
		if (more < 0 || index_commit(s->index, err) < 0) {
			index_rollback(s->index);
			return -1;
		}
	}
	return 0;
}

int store_reindex(struct store *s, const struct store_progress *progress, struct error *err)
{
	if (index_begin(s->index, err) < 0)
		return -1;
	if (index_clear(s->index, err) < 0 || index_commit(s->index, err) < 0) {
		index_rollback(s->index);
		return -1;
	}
	return store_catch_up(s, progress, err);
}

static int fold_appended(struct store *s, struct appended *a, struct error *err)
{
	struct folding f = {.record = &a->record, .blob = buf_str(&a->blob), .facts = a->facts};
	struct message_entry entry;
	if (a->entry) {
		if (archive_message_entry(&a->record, &entry, err) < 0)
			return -1;
		f.entry = &entry;
	}
	return index_fold(s->index, &f, err);
}

int catch_up_with(struct store *s, struct appended *records, size_t count, struct error *err)
{
	if (!count)
		return 0;
	if (index_begin(s->index, err) < 0)
		return -1;
	uint64_t last;
	int result = index_last(s->index, &last, err);
	/* a command that looked in between has folded them already */
	for (size_t i = 0; i < count && !result; i++)
		if (records[i].record.seq > last)
			result = fold_appended(s, &records[i], err);
	if (!result)
		result = index_commit(s->index, err);
	if (result < 0)
		index_rollback(s->index);
	return result;
}
