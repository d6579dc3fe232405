/* What other rules would make of the archive: findings gained, lost and changed, and the risk
 * after.
 */
#include "app/backtest.h"

#include "app/readers.h"
#include "app/sequences.h"
#include "backtest_count.h"
#include "base/array.h"
#include "base/limits.h"
#include "index/index.h"
#include "index/trial.h"
#include "verdicts.h"
#include <stdlib.h>

/* Messages given to the readers together: each has its share, and none waits long for the last. */
#define BATCH 512
#define BATCH_BYTES (8 * MIB)

/* A message on its way through the readers. Strings in the arena of the batch. */
struct retrial {
	struct judged judged;
	struct raw raw;
	struct known known;
};

/* A verdict that is to be put into the index's trial. */
struct differing {
	uint64_t seq;
	struct judgement judgement;
};

struct run {
	struct store *store;
	const struct backtest_plan *plan;
	struct readers *readers;
	struct backtest *out;
	struct arena arena; /* of the batch */
	struct retrial items[BATCH];
	struct question questions[BATCH];
	size_t count;
	struct differing *differing;
	size_t differing_count, differing_cap;
};

static void batch_finish(struct run *r)
{
	for (size_t i = 0; i < r->count; i++)
		reading_finish(&r->questions[i].answer);
	r->count = 0;
	arena_finish(&r->arena);
}

static struct str keep(struct run *r, struct str s, bool *full)
{
	struct str kept = s.ptr ? arena_str(&r->arena, s) : s;
	*full |= s.ptr && !kept.ptr;
	return kept;
}

static int add_message(struct run *r, const struct judged *j, struct error *err)
{
	struct retrial *item = &r->items[r->count];
	bool full = false;
	item->judged = *j;
	item->judged.client = keep(r, j->client, &full);
	item->judged.author = keep(r, j->author, &full);
	item->judged.facts = keep(r, j->facts, &full);
	item->judged.judgement = keep(r, j->judgement, &full);
	if (full)
		return error_memory(err);
	item->raw = (struct raw){
		.octets = item->judged.facts,
		.size_bytes = item->judged.facts.len,
		.state = RAW_WHOLE,
	};
	item->known = (struct known){
		.stored = true,
		.direction = j->direction,
		.clients = &item->judged.client,
		.client_count = 1,
		.author = item->judged.author,
		.clocks = &item->judged.clocks,
	};
	r->questions[r->count] =
		(struct question){.raw = &item->raw, .known = &item->known, .depth = READ_AGAIN};
	reading_init(&r->questions[r->count].answer);
	r->count++;
	return 0;
}

/* 1 more, 0 the end, -1. */
static int fill_batch(struct run *r, struct judged_cursor *c, struct error *err)
{
	struct judged judged;
	size_t bytes = 0;
	int more = 1;
	while (r->count < BATCH && bytes < BATCH_BYTES &&
		(more = judged_next(c, &judged, err)) > 0) {
		bytes += judged.facts.len;
		if (add_message(r, &judged, err) < 0)
			return -1;
	}
	return more;
}

/* Moved away from the batch: it is folded when no message is being read any more. */
static int keep_verdict(struct run *r, uint64_t seq, struct judgement *verdict, struct error *err)
{
	if (array_room(&r->differing, r->differing_count, &r->differing_cap,
		    sizeof(*r->differing)) < 0)
		return error_memory(err);
	r->differing[r->differing_count++] = (struct differing){seq, *verdict};
	judgement_init(verdict);
	return 0;
}

static int compare(struct run *r, const struct retrial *item, struct judgement *after,
	struct buf *json, struct error *err)
{
	r->out->messages++;
	if (after->examined == EXAMINED_READER_DIED) {
		r->out->unread++;
		return 0;
	}
	buf_clear(json);
	judgement_write_json(after, json);
	if (json->failed)
		return error_memory(err);
	if (str_eq(buf_str(json), item->judged.judgement))
		return 0;
	const struct backtest_message m = {
		.evidence = item->judged.seq,
		.client = item->judged.author.ptr ? item->judged.author : item->judged.client,
		.at_us = item->judged.clocks.at_us[item->judged.clocks.used],
		.facts = item->judged.facts,
	};
	struct judgement before;
	judgement_init(&before);
	int result = judgement_read_json(item->judged.judgement, &before, err);
	if (!result)
		result = backtest_compare(r->out, r->plan->samples, &m, &before, after, err);
	judgement_finish(&before);
	r->out->different++;
	return result < 0 ? -1 : keep_verdict(r, m.evidence, after, err);
}

static int judge_batch(struct run *r, struct buf *json, struct error *err)
{
	if (readers_ask(r->readers, r->questions, r->count, err) < 0)
		return -1;
	for (size_t i = 0; i < r->count; i++)
		if (compare(r, &r->items[i], &r->questions[i].answer.judgement, json, err) < 0)
			return -1;
	return 0;
}

static int judge_all(struct run *r, struct error *err)
{
	const struct store_progress *progress = r->plan->progress;
	struct judged_cursor *cursor = NULL;
	struct buf json = {0};
	size_t all = 0;
	int more = index_judged_count(r->store->index, r->plan->query, &all, err) < 0 ? -1 : 1;
	if (more > 0 && index_judged(r->store->index, r->plan->query, &cursor, err) < 0)
		more = -1;
	while (more > 0) {
		more = fill_batch(r, cursor, err);
		if (more >= 0 && judge_batch(r, &json, err) < 0)
			more = -1;
		batch_finish(r);
		if (more >= 0 && progress)
			progress->tell(
				progress->context, "judging on trial", r->out->messages, all);
	}
	judged_close(cursor);
	buf_finish(&json);
	return more;
}

/* As one findings record. */
static int fold_differing(struct run *r, struct error *err)
{
	struct buf blob = {0};
	struct record record;
	struct verdict *verdicts = calloc(r->differing_count, sizeof(*verdicts));
	if (!verdicts)
		return error_memory(err);
	for (size_t i = 0; i < r->differing_count; i++)
		verdicts[i] = (struct verdict){
			.seq = r->differing[i].seq, .judgement = &r->differing[i].judgement};
	record_init(&record);
	record.type = RECORD_FINDINGS;
	verdicts_write(r->store, verdicts, r->differing_count, &blob);
	int result =
		blob.failed ? error_memory(err) : store_put(r->store, &record, buf_str(&blob), err);
	record_finish(&record);
	buf_finish(&blob);
	free(verdicts);
	return result;
}

/* What the index answers from now on. */
static int put_on_trial(struct run *r, struct error *err)
{
	struct store *s = r->store;
	if (index_newest(s->index, RECORD_RULES, &s->rules_seq, err) < 0 ||
		index_newest(s->index, RECORD_CALENDAR, &s->terms_seq, err) < 0 ||
		index_trial_begin(s->index, err) < 0)
		return -1;
	s->on_trial = true;
	return r->differing_count ? fold_differing(r, err) : 0;
}

/* A client's standing sequences, before and after. */
struct standing {
	struct arena arena;
	struct strs clients;
	struct indexed_sequence **items; /* by client */
	size_t *counts;
};

static int standing_load(struct run *r, struct standing *s, struct error *err)
{
	if (index_clients(r->store->index, &s->arena, &s->clients, err) < 0)
		return -1;
	s->items = arena_array(&s->arena, s->clients.count, sizeof(*s->items));
	s->counts = arena_array(&s->arena, s->clients.count, sizeof(*s->counts));
	if (!s->items || !s->counts)
		return error_memory(err);
	for (size_t i = 0; i < s->clients.count; i++)
		if (index_sequences(r->store->index, s->clients.items[i], &s->arena, &s->items[i],
			    &s->counts[i], err) < 0)
			return -1;
	return 0;
}

/* Counts what stands in `these` and not in `those`. */
static int compare_standing(struct run *r, const struct standing *these,
	const struct standing *those, size_t client, bool lost, struct error *err)
{
	for (size_t i = 0; i < these->counts[client]; i++) {
		const struct indexed_sequence *s = &these->items[client][i];
		bool both = false;
		for (size_t k = 0; k < those->counts[client] && !both; k++)
			both = those->items[client][k].seq == s->seq;
		if (both)
			continue;
		const struct backtest_message m = {
			.evidence = s->found.member_count
				? s->found.members[s->found.member_count - 1]
				: s->seq,
			.client = these->clients.items[client],
			.at_us = s->found.at_us,
		};
		if (backtest_add(r->out, r->plan->samples, &m, &s->found.finding, lost, err) < 0)
			return -1;
	}
	return 0;
}

static int judge_sequences(struct run *r, struct error *err)
{
	struct standing before = {0}, after = {0};
	struct sequences_plan plan = {
		.book = r->plan->book, .now_us = r->plan->now_us, .forget = true};
	struct sequences_outcome outcome;
	int result = standing_load(r, &before, err);
	if (!result)
		result = index_last_seen(r->store->index, &plan.read_until_us, err);
	if (!result)
		result = store_sequences(r->store, &plan, &outcome, err);
	if (!result)
		result = standing_load(r, &after, err);
	for (size_t i = 0; i < before.clients.count && !result; i++) {
		result = compare_standing(r, &after, &before, i, false, err);
		if (!result)
			result = compare_standing(r, &before, &after, i, true, err);
	}
	arena_finish(&before.arena);
	arena_finish(&after.arena);
	return result;
}

static void run_free(struct run *r)
{
	batch_finish(r);
	readers_free(r->readers);
	for (size_t i = 0; i < r->differing_count; i++)
		judgement_finish(&r->differing[i].judgement);
	free(r->differing);
	free(r);
}

int backtest_run(
	struct store *s, const struct backtest_plan *plan, struct backtest *out, struct error *err)
{
	struct run *r = calloc(1, sizeof(*r));
	if (!r)
		return error_memory(err);
	r->store = s;
	r->plan = plan;
	r->out = out;
	int result = readers_new(plan->book, 0, &r->readers, err);
	if (!result)
		result = judge_all(r, err);
	if (!result)
		result = put_on_trial(r, err);
	if (!result)
		result = judge_sequences(r, err);
	run_free(r);
	if (result < 0) {
		backtest_finish(out);
		return -1;
	}
	backtest_sort(out);
	return 0;
}
