/* The two databases held in step: evidence first, then the index that follows it. */
#include "app/store.h"

#include "app/rulebook.h"
#include "archive/archive.h"
#include "archive/checkpoint.h"
#include "catch_up.h"
#include "index/index.h"
#include "model/gap.h"
#include "rules/ruleset.h"
#include "widen.h"
#include <stdlib.h>

int store_open(const char *folder, enum store_mode mode, const struct clock *clock,
	struct readers *readers, const struct store_progress *progress, struct store **out,
	struct error *err)
{
	static const enum archive_mode modes[] = {
		[STORE_READ] = ARCHIVE_READ,
		[STORE_WRITE] = ARCHIVE_WRITE,
		[STORE_CREATE] = ARCHIVE_CREATE,
	};
	struct store *s = calloc(1, sizeof(*s));
	if (!s)
		return error_memory(err);
	s->readers = readers;
	if (archive_open(folder, modes[mode], clock, &s->archive, err) < 0 ||
		index_open(folder, &s->index, err) < 0 || catch_up_check(s, err) < 0 ||
		store_catch_up(s, progress, err) < 0) {
		store_close(s);
		return -1;
	}
	*out = s;
	return 0;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	index_close(s->index);
	archive_close(s->archive);
	free(s);
}

/* The newest record of that type holds this blob: 1 and *seq, 0, -1. */
static int newest_holds(struct store *s, enum record_type type, const struct sha256 *sum,
	uint64_t *seq, struct error *err)
{
	int result = index_newest(s->index, type, seq, err);
	if (result <= 0)
		return result;
	struct record record;
	record_init(&record);
	result = archive_record_at(s->archive, *seq, &record, err);
	if (result > 0)
		result = record.seq == *seq && record.has_blob && sha256_eq(&record.blob, sum);
	record_finish(&record);
	return result;
}

static int find_record(
	struct store *s, enum record_type type, struct str blob, uint64_t *seq, struct error *err)
{
	struct sha256 sum;
	return sha256_of(blob, &sum, err) < 0 ? -1 : newest_holds(s, type, &sum, seq, err);
}

static int ensure_record(
	struct store *s, enum record_type type, struct str blob, uint64_t *seq, struct error *err)
{
	int result = find_record(s, type, blob, seq, err);
	if (result)
		return result < 0 ? -1 : 0;
	struct record record;
	record_init(&record);
	record.type = type;
	result = store_append(s, &record, blob, err);
	*seq = record.seq;
	record_finish(&record);
	return result;
}

int store_terms(struct store *s, const struct rulebook *book, const struct store_progress *progress,
	struct error *err)
{
	struct buf rules = {0}, terms = {0};
	ruleset_write(book->rules, &rules);
	rulebook_terms(book, &terms);
	int result = rules.failed || terms.failed ? error_memory(err)
						  : store_widen(s, buf_str(&terms), progress, err);
	if (!result)
		result = ensure_record(s, RECORD_RULES, buf_str(&rules), &s->rules_seq, err);
	if (!result)
		result = ensure_record(s, RECORD_CALENDAR, buf_str(&terms), &s->terms_seq, err);
	buf_finish(&rules);
	buf_finish(&terms);
	return result;
}

int store_terms_known(struct store *s, const struct rulebook *book, struct error *err)
{
	struct buf rules = {0}, terms = {0};
	uint64_t rules_seq = 0, terms_seq = 0;
	ruleset_write(book->rules, &rules);
	rulebook_terms(book, &terms);
	int result = rules.failed || terms.failed
		? error_memory(err)
		: find_record(s, RECORD_RULES, buf_str(&rules), &rules_seq, err);
	if (result > 0)
		result = find_record(s, RECORD_CALENDAR, buf_str(&terms), &terms_seq, err);
	if (result > 0) {
		s->rules_seq = rules_seq;
		s->terms_seq = terms_seq;
	}
	buf_finish(&rules);
	buf_finish(&terms);
	return result;
}

int store_append(struct store *s, struct record *record, struct str blob, struct error *err)
{
	if (archive_begin(s->archive, err) < 0)
		return -1;
	if (archive_append(s->archive, record, blob, err) < 0 ||
		archive_commit(s->archive, err) < 0) {
		archive_rollback(s->archive);
		return -1;
	}
	return store_catch_up(s, NULL, err);
}

int store_append_all(struct store *s, struct record *records, size_t count, struct error *err)
{
	if (archive_begin(s->archive, err) < 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < count && !result; i++)
		result = archive_append(s->archive, &records[i], (struct str){0}, err);
	if (!result)
		result = archive_commit(s->archive, err);
	if (result < 0) {
		archive_rollback(s->archive);
		return -1;
	}
	return store_catch_up(s, NULL, err);
}

/* Where mail was seen by numbers that stand for other mail now. */
static int forget_whereabouts(struct store *s, const struct place *from, struct error *err)
{
	struct seen_message *seen = NULL;
	size_t count = 0;
	int result = archive_seen_in(s->archive, from, UINT32_MAX, &seen, &count, err);
	for (size_t i = 0; i < count && !result; i++)
		result = archive_drop_whereabouts(s->archive, seen[i].seq, err);
	free(seen);
	return result;
}

static int append_restored(struct store *s, const struct place *from, struct error *err)
{
	const struct gap gap = {
		.kind = GAP_RESTORED,
		.account = from->account,
		.folder = from->folder,
		.uidvalidity = from->uidvalidity,
		.uid = from->uid,
	};
	struct arena arena = {0};
	struct position position = {0};
	struct record record;
	record_init(&record);
	int result =
		archive_position(s->archive, from->account, from->folder, &arena, &position, err);
	if (result > 0 && position.uidvalidity == from->uidvalidity &&
		position.next_uid > from->uid) {
		position.next_uid = from->uid;
		result = archive_set_position(
			s->archive, from->account, from->folder, &position, err);
		if (!result)
			result = gap_write(&gap, &record, err);
		if (!result)
			result = archive_append(s->archive, &record, (struct str){0}, err);
		if (!result)
			result = forget_whereabouts(s, from, err);
	}
	record_finish(&record);
	arena_finish(&arena);
	return result < 0 ? -1 : 0;
}

int store_restored(struct store *s, const struct place *from, struct error *err)
{
	if (archive_begin(s->archive, err) < 0)
		return -1;
	if (append_restored(s, from, err) < 0 || archive_commit(s->archive, err) < 0) {
		archive_rollback(s->archive);
		return -1;
	}
	return store_catch_up(s, NULL, err);
}

int store_checkpoint(struct store *s, struct error *err)
{
	struct log_key key = {0};
	int result = log_key_open(s->archive, getenv("CREDENTIALS_DIRECTORY"), &key, err);
	if (!result)
		result = archive_checkpoint(s->archive, &key, err);
	log_key_close(&key);
	/* the key's own record */
	if (result > 0 && store_catch_up(s, NULL, err) < 0)
		result = -1;
	return result;
}
