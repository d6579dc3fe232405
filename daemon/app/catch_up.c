/* The index follows the archive, record by record: the same fold live and in `reindex`. */
#include "catch_up.h"

#include "app/readers.h"
#include "archive/archive.h"
#include "base/limits.h"
#include "index/index.h"
#include <stdlib.h>

/* Records folded in one transaction of the index: long work that is interrupted keeps its start. */
#define FOLD_TRANSACTION 500
/* Records that are looked at together, so that every reader has work. */
#define WINDOW_RECORDS 64
#define WINDOW_BYTES (8 * MIB)

/* Consecutive records, each message with its octets and then its facts. */
struct window {
	struct stored_message items[WINDOW_RECORDS];
	size_t count;
};

static int prefix_record(const struct record *r, struct error *err)
{
	return error_prefix(err, "record %llu", (unsigned long long)r->seq);
}

/* From record `seq` on. *end: nothing is left behind it. */
static int window_load(
	struct store *s, struct window *w, uint64_t seq, bool *end, struct error *err)
{
	size_t bytes = 0;
	for (w->count = 0; w->count < WINDOW_RECORDS && bytes < WINDOW_BYTES; w->count++) {
		struct stored_message *item = &w->items[w->count];
		record_init(&item->record);
		int more = archive_record_at(s->archive, seq, &item->record, err);
		if (more <= 0) {
			*end = true;
			return more;
		}
		seq = item->record.seq + 1;
		if (item->record.type != RECORD_MESSAGE)
			continue;
		if (stored_message_load(s, item->record.seq, item, err) < 0)
			return -1;
		bytes += item->octets.len;
	}
	return 0;
}

static int window_read(struct store *s, struct window *w, struct error *err)
{
	struct stored_message *messages[WINDOW_RECORDS];
	size_t count = 0;
	for (size_t i = 0; i < w->count; i++)
		if (w->items[i].record.type == RECORD_MESSAGE)
			messages[count++] = &w->items[i];
	return stored_messages_read(s, messages, count, READ_FACTS, err);
}

static int fold(struct store *s, struct stored_message *item, struct error *err)
{
	struct buf blob = {0};
	struct folding f = {.record = &item->record};
	int result = 0;
	if (f.record->type == RECORD_MESSAGE) {
		f.entry = &item->entry;
		f.facts = &item->reading.facts;
	} else if ((f.record->type == RECORD_FINDINGS || f.record->type == RECORD_MARK) &&
		f.record->has_blob) {
		result = archive_blob(s->archive, &f.record->blob, &blob, err) < 0 ? -1 : 0;
		f.blob = buf_str(&blob);
	}
	if (!result)
		result = index_fold(s->index, &f, err);
	buf_finish(&blob);
	return result < 0 ? prefix_record(f.record, err) : 0;
}

static void window_finish(struct window *w)
{
	for (size_t i = 0; i < WINDOW_RECORDS; i++)
		stored_message_finish(&w->items[i]);
	free(w);
}

/* Some records from the index's end: 1 there may be more, 0 the end, -1. */
static int fold_window(struct store *s, struct error *err)
{
	uint64_t last;
	bool end = false;
	struct window *w = calloc(1, sizeof(*w));
	if (!w)
		return error_memory(err);
	int result = index_last(s->index, &last, err);
	if (!result)
		result = window_load(s, w, last + 1, &end, err);
	if (!result)
		result = window_read(s, w, err);
	for (size_t i = 0; i < w->count && !result; i++)
		result = fold(s, &w->items[i], err);
	window_finish(w);
	return result < 0 ? -1 : !end;
}

static int fold_transaction(
	struct store *s, const struct store_progress *progress, uint64_t start, struct error *err)
{
	uint64_t first, last, all = archive_last(s->archive) - start;
	int more = index_last(s->index, &first, err) < 0 ? -1 : 1;
	last = first;
	while (more > 0 && last - first < FOLD_TRANSACTION && !readers_asked_to_end(s->readers)) {
		more = fold_window(s, err);
		if (more >= 0 && index_last(s->index, &last, err) < 0)
			more = -1;
		if (more >= 0 && progress)
			progress->tell(progress->context, "indexing", last - start, all);
	}
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
		more = fold_transaction(s, progress, start, err);
		if (more < 0 || index_commit(s->index, err) < 0) {
			index_rollback(s->index);
			return -1;
		}
		if (more && readers_asked_to_end(s->readers))
			return error_set(err, ERROR_INTERRUPTED, "asked to end while indexing");
	}
	return 0;
}

static int clear(struct store *s, struct error *err)
{
	if (index_begin(s->index, err) < 0)
		return -1;
	if (index_clear(s->index, err) < 0 || index_commit(s->index, err) < 0) {
		index_rollback(s->index);
		return -1;
	}
	return 0;
}

int store_reindex(struct store *s, const struct store_progress *progress, struct error *err)
{
	return clear(s, err) < 0 ? -1 : store_catch_up(s, progress, err);
}

int catch_up_check(struct store *s, struct error *err)
{
	uint64_t last;
	struct record record;
	if (index_last(s->index, &last, err) < 0)
		return -1;
	if (!last)
		return 0;
	record_init(&record);
	int result = archive_record_at(s->archive, last, &record, err);
	if (result > 0)
		result = index_holds(s->index, &record, err);
	record_finish(&record);
	return result == 0 ? clear(s, err) : result < 0 ? -1 : 0;
}

static int fold_appended(struct store *s, struct appended *a, struct error *err)
{
	struct folding f = {
		.record = &a->record,
		.verdicts = a->verdicts,
		.verdict_count = a->verdict_count,
		.facts = a->facts,
	};
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
