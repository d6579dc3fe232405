/* What came together goes into the archive together: mail that is not here yet, with its findings
   and the positions behind it. */
#include "app/store.h"

#include "archive/archive.h"
#include "archive/blob.h"
#include "catch_up.h"
#include "index/index.h"
#include "model/gap.h"
#include "same_mail.h"
#include "verdicts.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Its octets twice in one batch: two folders of one account. NULL: not. */
static const struct appended *find_twin(
	const struct appended *done, size_t count, const struct entry *e, const struct sha256 *sum)
{
	for (size_t i = 0; i < count; i++)
		if (done[i].entry && sha256_eq(&done[i].record.blob, sum) &&
			str_eq(done[i].entry->raw->place.account, e->raw->place.account))
			return &done[i];
	return NULL;
}

static int sum_of(const struct entry *e, struct sha256 *sum, struct error *err)
{
	return e->large ? blob_writer_end(e->large, sum, NULL, err)
			: sha256_of(e->raw->octets, sum, err);
}

static int append_gap(
	struct store *s, const struct gap *gap, struct record *record, struct error *err)
{
	return gap_write(gap, record, err) < 0
		? -1
		: archive_append(s->archive, record, (struct str){0}, err);
}

/* A message that is stored by another place was seen here. When it is said to be gone, that is
   taken back: 1 and *record, 0, -1. */
static int note_whereabouts(struct store *s, const struct place *here, uint64_t seq,
	struct record *record, struct error *err)
{
	struct arena arena = {0};
	struct gap left;
	int result = archive_set_whereabouts(s->archive, seq, here, err);
	if (!result)
		result = index_left(s->index, seq, &arena, &left, err);
	if (result > 0 && left.kind == GAP_VANISHED && !str_eq(left.folder, here->folder)) {
		left.kind = GAP_MOVED;
		left.why = here->folder;
		result = append_gap(s, &left, record, err) < 0 ? -1 : 1;
	} else if (result > 0) {
		result = 0;
	}
	arena_finish(&arena);
	return result;
}

static int64_t time_of(const struct entry *e)
{
	return e->reading->clocks.at_us[e->reading->clocks.used];
}

static const struct sha256 *line_sum_of(const struct entry *e, enum line_sum by)
{
	const struct file_place *file = &e->raw->place.file;
	return by == LINE_OCTETS ? &file->sum : file->has_speech ? &file->speech : NULL;
}

/* Was one of that sum just appended, for that conversation? What is the same is of one time. */
static bool is_repeated(
	const struct entry *e, enum line_sum by, const struct appended *done, size_t count)
{
	const struct sha256 *sum = line_sum_of(e, by), *there;
	while (count-- > 0 && done[count].entry && time_of(done[count].entry) == time_of(e))
		if ((there = line_sum_of(done[count].entry, by)) && sha256_eq(there, sum) &&
			str_eq(done[count].entry->raw->place.folder, e->raw->place.folder))
			return true;
	return false;
}

/* The same for a message of a chat, whose conversation may have the same octets, and the same
   speech, more than once: those before it are counted. When the one before it was not here, it is
   not either. 1, 0, -1. */
static int is_stored_line(struct store *s, const struct entry *e, const struct appended *done,
	size_t count, struct error *err)
{
	const struct place *place = &e->raw->place;
	const uint64_t occurrences[LINE_SUMS] = {
		[LINE_OCTETS] = place->file.occurrence,
		[LINE_SPEECH] = place->file.speech_occurrence,
	};
	for (enum line_sum by = LINE_OCTETS; by < LINE_SUMS; by++) {
		uint64_t here = 0;
		const struct sha256 *sum = line_sum_of(e, by);
		if (!sum || is_repeated(e, by, done, count))
			continue;
		if (index_count_lines(s->index, place->folder, by, sum, &here, err) < 0)
			return -1;
		if (here >= occurrences[by])
			return 1;
	}
	return 0;
}

/* Is it here already: at its place, or its octets in this account (a rescan, a second folder)? What
   comes from a file is, when any account has its octets, or they but for what programs note. 1 yes,
   and *appended when that made a record of its own; 0, -1. */
static int is_stored(struct store *s, const struct entry *e, struct appended *all, size_t count,
	bool *appended, struct error *err)
{
	struct sha256 sum;
	uint64_t seq;
	bool in_file = place_in_file(&e->raw->place);
	*appended = false;
	if (sum_of(e, &sum, err) < 0)
		return -1;
	if (e->raw->place.file.occurrence)
		return is_stored_line(s, e, all, count, err);
	int known = index_find_place(s->index, &e->raw->place, &seq, err);
	if (known || e->gap.ptr)
		return known;
	const struct appended *twin = find_twin(all, count, e, &sum);
	if (twin)
		seq = twin->record.seq;
	else
		known = index_find_octets(s->index,
			in_file ? (struct str){0} : e->raw->place.account, &sum, &seq, err);
	if (!twin && !known && in_file)
		known = same_mail_find(s, e, &seq, err);
	if (!twin && known <= 0)
		return known;
	if (in_file)
		return 1;
	int noted = note_whereabouts(s, &e->raw->place, seq, &all[count].record, err);
	*appended = noted > 0;
	return noted < 0 ? -1 : 1;
}

static int append_unread(
	struct store *s, const struct entry *e, struct record *record, struct error *err)
{
	const struct gap gap = {
		.kind = GAP_UNREAD,
		.account = e->raw->place.account,
		.folder = e->raw->place.folder,
		.uidvalidity = e->raw->place.uidvalidity,
		.uid = e->raw->place.uid,
		.why = e->gap,
	};
	return append_gap(s, &gap, record, err);
}

static int append_message(
	struct store *s, const struct entry *e, struct record *record, struct error *err)
{
	const struct reading *r = e->reading;
	assert(r->client_count > 0); /* nobody's mail is not kept */
	const struct message_entry entry = {
		.place = e->raw->place,
		.direction = r->direction,
		.clients = r->clients,
		.client_count = r->client_count,
		.clocks = r->clocks,
		.size_bytes = e->raw->size_bytes,
		.examined = r->facts.examined,
	};
	if (archive_message_record(s->archive, &entry, record, err) < 0)
		return -1;
	return e->large ? archive_append_blob(s->archive, record, e->large, err)
			: archive_append(s->archive, record, e->raw->octets, err);
}

static int append_verdicts(struct store *s, const struct verdict *v, size_t count,
	struct appended *out, struct error *err)
{
	char name[EVIDENCE_NAME_SIZE];
	struct record *record = &out->record;
	struct buf blob = {0};
	verdicts_write(s, v, count, &blob);
	record->type = RECORD_FINDINGS;
	evidence_name(s->rules_seq, name);
	bool full = blob.failed || record_add(record, "rules", str_from(name)) < 0;
	evidence_name(s->terms_seq, name);
	full = full || record_add(record, "terms", str_from(name)) < 0;
	for (size_t i = 0; i < count && !full; i++) {
		evidence_name(v[i].seq, name);
		full = record_add(record, "of", str_from(name)) < 0;
	}
	out->verdicts = v;
	out->verdict_count = count;
	int result =
		full ? error_memory(err) : archive_append(s->archive, record, buf_str(&blob), err);
	buf_finish(&blob);
	return result;
}

static bool same_clients(const struct verdict *a, const struct verdict *b)
{
	bool same = a->client_count == b->client_count;
	for (size_t i = 0; same && i < a->client_count; i++)
		same = str_eq(a->clients[i], b->clients[i]);
	return same;
}

/* A record for each set of clients, in the order of their first messages; *v is reordered. out has
   room for as many records as verdicts. */
static int append_by_clients(struct store *s, struct verdict *v, size_t count, struct appended *out,
	size_t *appended, struct error *err)
{
	for (size_t start = 0; start < count;) {
		size_t end = start + 1;
		for (size_t i = end; i < count; i++)
			if (same_clients(&v[start], &v[i])) {
				struct verdict next = v[i];
				memmove(&v[end + 1], &v[end], (i - end) * sizeof(*v));
				v[end++] = next;
			}
		if (append_verdicts(s, v + start, end - start, &out[*appended], err) < 0)
			return -1;
		(*appended)++;
		start = end;
	}
	return 0;
}

/* One entry: 1 appended to *out, 0 known already, -1. */
static int append_entry(struct store *s, const struct entry *e, struct appended *all, size_t count,
	struct error *err)
{
	struct appended *out = &all[count];
	bool appended;
	int known = is_stored(s, e, all, count, &appended, err);
	if (known)
		return known < 0 ? -1 : appended;
	out->entry = e->gap.ptr ? NULL : e;
	out->facts = e->gap.ptr ? NULL : &e->reading->facts;
	int result = e->gap.ptr ? append_unread(s, e, &out->record, err)
				: append_message(s, e, &out->record, err);
	return result < 0 ? -1 : 1;
}

/* What could not be had can be told now. */
static int append_settled(
	struct store *s, const struct entry *e, struct record *record, struct error *err)
{
	const struct gap gap = {
		.kind = GAP_SETTLED,
		.account = e->raw->place.account,
		.folder = e->raw->place.folder,
		.uidvalidity = e->raw->place.uidvalidity,
		.uid = e->raw->place.uid,
		.of = e->settles,
		.why = e->raw->state == RAW_GONE ? STR("it is on the server no longer")
			: e->reading->concerns   ? STR("it could be had later")
						 : STR("it could be had later, and is no client's"),
	};
	return append_gap(s, &gap, record, err);
}

/* 1 appended to *out, 0 the folder is numbered as before, -1. */
static int append_renumbering(
	struct store *s, const struct entry_position *p, struct appended *out, struct error *err)
{
	struct arena arena = {0};
	struct position before = {0};
	int result = archive_position(s->archive, p->account, p->folder, &arena, &before, err);
	if (result > 0 && before.uidvalidity == p->uidvalidity)
		result = 0;
	const struct gap gap = {
		.kind = GAP_RENUMBERED,
		.account = p->account,
		.folder = p->folder,
		.uidvalidity_before = before.uidvalidity,
		.uidvalidity = p->uidvalidity,
	};
	if (result > 0 && append_gap(s, &gap, &out->record, err) < 0)
		result = -1;
	arena_finish(&arena);
	return result;
}

/* all has room for a record each. */
static int append_positions(struct store *s, const struct batch *b, struct appended *all,
	size_t *count, struct error *err)
{
	for (size_t i = 0; i < b->position_count; i++) {
		const struct entry_position *p = &b->positions[i];
		const struct position position = {
			.uidvalidity = p->uidvalidity,
			.next_uid = p->next_uid,
			.watched = p->watched,
		};
		int renumbered = append_renumbering(s, p, &all[*count], err);
		if (renumbered < 0)
			return -1;
		*count += (size_t)renumbered;
		if (archive_set_position(s->archive, p->account, p->folder, &position, err) < 0)
			return -1;
	}
	return 0;
}

/* Everything of a batch, inside the transaction. *count: records appended. */
static int append_batch(struct store *s, const struct batch *b, struct appended *all,
	struct verdict *verdicts, size_t *count, size_t *stored, struct error *err)
{
	size_t judged = 0;
	for (size_t i = 0; i < b->entry_count; i++) {
		const struct entry *e = &b->entries[i];
		if (e->settles && append_settled(s, e, &all[(*count)++].record, err) < 0)
			return -1;
		bool settles_only = e->settles && !e->reading->concerns && !e->gap.ptr;
		int result = settles_only ? 0 : append_entry(s, e, all, *count, err);
		if (result < 0)
			return -1;
		if (!result)
			continue;
		struct appended *new = &all[(*count)++];
		if (b->seqs && (new->entry || b->entries[i].gap.ptr))
			b->seqs[i] = new->record.seq;
		if (new->entry)
			verdicts[judged++] = (struct verdict){
				.seq = new->record.seq,
				.judgement = &new->entry->reading->judgement,
				.clients = new->entry->reading->clients,
				.client_count = new->entry->reading->client_count,
			};
	}
	*stored = judged;
	size_t records = 0;
	int result = append_by_clients(s, verdicts, judged, &all[*count], &records, err);
	*count += records;
	if (result < 0)
		return -1;
	return append_positions(s, b, all, count, err);
}

static struct appended *appended_new(size_t count)
{
	struct appended *all = calloc(count, sizeof(*all));
	for (size_t i = 0; all && i < count; i++)
		record_init(&all[i].record);
	return all;
}

static void appended_free(struct appended *all, size_t count)
{
	for (size_t i = 0; all && i < count; i++)
		record_finish(&all[i].record);
	free(all);
}

int store_batch(struct store *s, const struct batch *b, size_t *stored, struct error *err)
{
	size_t room = 3 * b->entry_count + b->position_count + 1, count = 0;
	struct appended *all = appended_new(room);
	struct verdict *verdicts = calloc(room, sizeof(*verdicts));
	int result = all && verdicts ? 0 : error_memory(err);
	*stored = 0;
	if (!result)
		result = archive_begin(s->archive, err);
	if (!result) {
		/* under the write lock nobody else appends: what is known is known now */
		result = store_catch_up(s, NULL, err);
		if (!result)
			result = index_look(s->index, err);
		if (!result)
			result = append_batch(s, b, all, verdicts, &count, stored, err);
		index_rollback(s->index);
		if (!result)
			result = archive_commit(s->archive, err);
		if (result < 0)
			archive_rollback(s->archive);
	}
	s->behind = (struct error){0};
	if (!result)
		catch_up_with(s, all, count, &s->behind);
	free(verdicts);
	appended_free(all, room);
	return result;
}

int store_verdicts(struct store *s, struct verdict *v, size_t count, struct error *err)
{
	struct appended *records = appended_new(count + 1);
	size_t appended = 0;
	int result = records ? archive_begin(s->archive, err) : error_memory(err);
	if (!result) {
		result = append_by_clients(s, v, count, records, &appended, err);
		if (!result)
			result = archive_commit(s->archive, err);
		if (result < 0)
			archive_rollback(s->archive);
	}
	if (!result)
		result = store_catch_up(s, NULL, err);
	appended_free(records, count + 1);
	return result;
}

int store_append_verdicts(struct store *s, const struct verdict *v, size_t count, struct error *err)
{
	struct appended *one = appended_new(1);
	int result = one ? append_verdicts(s, v, count, one, err) : error_memory(err);
	appended_free(one, 1);
	return result;
}
