/* The records of what sequences find, and of what they find no longer. */
#include "sequence_records.h"

#include "base/json.h"
#include "base/limits.h"
#include "index/index.h"
#include "verdicts.h"
#include <stdio.h>

/* One record names so many of those that it withdraws. */
#define WITHDRAWN_MOST 1000

static bool share_a_member(const struct sequence_finding *a, const struct sequence_finding *b)
{
	for (size_t i = 0; i < a->member_count; i++)
		for (size_t k = 0; k < b->member_count; k++)
			if (a->members[i] == b->members[k])
				return true;
	return false;
}

/* The finding that this one stands for from now on, since a message between them came late or was
   marked; NULL: it is altogether new. */
static const struct indexed_sequence *replaced_by(
	struct difference *d, const struct sequence_finding *f)
{
	for (size_t i = 0; i < d->standing_count; i++) {
		if (d->kept[i] || !str_eq(d->standing[i].found.finding.rule, f->finding.rule) ||
			!share_a_member(&d->standing[i].found, f))
			continue;
		d->kept[i] = true; /* the record says it, no withdrawal */
		return &d->standing[i];
	}
	return NULL;
}

static void add_name(struct json_writer *w, const char *key, uint64_t seq)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, name);
	json_cstr(w, key, name);
}

/* What every findings record begins with. */
static void begin_blob(
	const struct store *s, struct str client, struct json_writer *w, struct buf *blob)
{
	json_begin(w, blob);
	json_object(w, NULL);
	json_int(w, "schema", 1);
	add_name(w, "rules", s->rules_seq);
	add_name(w, "terms", s->terms_seq);
	json_array(w, "messages");
	json_array_end(w);
	json_str(w, "client", client);
}

static int add_reference(struct record *record, const char *key, uint64_t seq, struct error *err)
{
	char name[EVIDENCE_NAME_SIZE];
	evidence_name(seq, name);
	return record_add(record, key, str_from(name)) < 0 ? error_memory(err) : 0;
}

static int begin_record(
	const struct store *s, const struct difference *d, struct record *record, struct error *err)
{
	char newest[32];
	record_init(record);
	record->type = RECORD_FINDINGS;
	snprintf(newest, sizeof(newest), "the newest %d messages", LIMIT_TIMELINE);
	if (add_reference(record, "rules", s->rules_seq, err) < 0 ||
		add_reference(record, "terms", s->terms_seq, err) < 0)
		return -1;
	if (record_add(record, "client", d->client) < 0 ||
		(d->left_out && record_add(record, "looked-at", str_from(newest)) < 0))
		return error_memory(err);
	return 0;
}

static int end_record(
	struct store *s, struct record *record, struct json_writer *w, struct error *err)
{
	json_object_end(w);
	buf_add_char(w->out, '\n');
	return w->out->failed ? error_memory(err) : store_put(s, record, buf_str(w->out), err);
}

/* What I had said of a finding holds of the one that takes its place. */
static int append_mark(
	struct store *s, const struct indexed_sequence *before, uint64_t seq, struct error *err)
{
	struct record record;
	struct buf blob = {0};
	struct json_writer w;
	enum mark mark = before->mark ? before->mark : MARK_NOTE;
	record_init(&record);
	record.type = RECORD_MARK;
	if (before->note.ptr) {
		json_begin(&w, &blob);
		json_object(&w, NULL);
		json_str(&w, "note", before->note);
		json_object_end(&w);
	}
	int result = add_reference(&record, "of", seq, err);
	if (!result &&
		(blob.failed || record_add(&record, "mark", str_from(mark_name(mark))) < 0 ||
			record_add(&record, "rule", before->found.finding.rule) < 0))
		result = error_memory(err);
	if (!result)
		result = add_reference(&record, "carried-from", before->seq, err);
	if (!result)
		result = store_put(
			s, &record, before->note.ptr ? buf_str(&blob) : (struct str){0}, err);
	record_finish(&record);
	buf_finish(&blob);
	return result;
}

static int append_found(struct store *s, struct difference *d, const struct sequence_finding *f,
	uint64_t *seq, struct error *err)
{
	struct record record;
	struct buf blob = {0};
	struct json_writer w;
	const struct indexed_sequence *before = replaced_by(d, f);
	int result = begin_record(s, d, &record, err);
	begin_blob(s, d->client, &w, &blob);
	if (before)
		add_name(&w, "replaces", before->seq);
	else
		json_null(&w, "replaces");
	json_object(&w, "sequence");
	sequence_finding_write(f, &w);
	json_object_end(&w);
	if (!result && record_add(&record, "sequence", f->finding.rule) < 0)
		result = error_memory(err);
	if (!result && before)
		result = add_reference(&record, "replaces", before->seq, err);
	for (size_t i = 0; i < f->member_count && !result; i++)
		result = add_reference(&record, "of", f->members[i], err);
	if (!result)
		result = end_record(s, &record, &w, err);
	*seq = record.seq;
	if (!result && before && (before->mark || before->note.ptr))
		result = append_mark(s, before, *seq, err);
	record_finish(&record);
	buf_finish(&blob);
	return result;
}

/* Up to WITHDRAWN_MOST of those that stand no longer, from *next on. */
static int append_withdrawal(
	struct store *s, struct difference *d, size_t *next, size_t *count, struct error *err)
{
	struct record record;
	struct buf blob = {0};
	struct json_writer w;
	size_t named = 0;
	int result = begin_record(s, d, &record, err);
	begin_blob(s, d->client, &w, &blob);
	json_array(&w, "withdrawn");
	for (; *next < d->standing_count && named < WITHDRAWN_MOST && !result; ++*next) {
		if (d->kept[*next])
			continue;
		add_name(&w, NULL, d->standing[*next].seq);
		result = add_reference(&record, "withdraws", d->standing[*next].seq, err);
		named++;
	}
	json_array_end(&w);
	if (!result && named)
		result = end_record(s, &record, &w, err);
	*count += named;
	record_finish(&record);
	buf_finish(&blob);
	return result;
}

int difference_append(struct store *s, struct difference *d, uint64_t *seqs,
	struct sequences_outcome *out, struct error *err)
{
	for (size_t i = 0; i < d->found.count; i++) {
		if (d->known[i])
			continue;
		if (append_found(s, d, &d->found.items[i], &seqs[i], err) < 0)
			return -1;
		out->gained++;
	}
	for (size_t next = 0; next < d->standing_count;)
		if (append_withdrawal(s, d, &next, &out->lost, err) < 0)
			return -1;
	return 0;
}
