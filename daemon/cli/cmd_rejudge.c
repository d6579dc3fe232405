/* overstep rejudge: applies the rules in force to messages that are archived already. */
#include "app/backtest.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "find.h"
#include "follow.h"
#include "output.h"
#include <stdint.h>
#include <stdlib.h>

/* Verdicts that share a findings record. */
#define BATCH 100

/* Work under way. */
struct rejudging {
	struct invocation *in;
	struct stored_message messages[BATCH];
	size_t judged, gained, lost;
};

/* The same to the letter? */
static bool is_same(const struct judgement *a, const struct judgement *b)
{
	struct buf one = {0}, other = {0};
	judgement_write_json(a, &one);
	judgement_write_json(b, &other);
	bool same = !one.failed && !other.failed && str_eq(buf_str(&one), buf_str(&other));
	buf_finish(&one);
	buf_finish(&other);
	return same;
}

/* What the new verdict has more and less than the one in force: 1, 0 when it is the same by the
   same rules and needs no record, -1. */
static int compare(struct rejudging *r, const struct stored_message *new, struct error *err)
{
	struct store *store = r->in->store;
	struct arena arena = {0};
	struct indexed_message m;
	int result = index_message(store->index, new->record.seq, &arena, &m, err);
	if (!result)
		error_set(err, ERROR_TEMPORARY,
			"E-%06llu is not in the index: is it being made anew?",
			(unsigned long long)new->record.seq);
	result = result == 1 ? 0 : -1;
	if (!result) {
		const struct judgement *verdict = &new->reading.judgement;
		struct backtest_count difference = {0};
		judgements_compare(&m.judgement, verdict, &difference);
		r->gained += difference.gained;
		r->lost += difference.lost;
		r->judged++;
		result = m.rules_seq != store->rules_seq || !is_same(verdict, &m.judgement);
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result;
}

/* At most BATCH messages: loaded, read by the readers, compared, and stored in one record. */
static int rejudge_batch(struct rejudging *r, const uint64_t *seqs, size_t count, struct error *err)
{
	struct store *store = r->in->store;
	struct stored_message *messages[BATCH] = {0};
	struct verdict verdicts[BATCH];
	size_t changed = 0;
	for (size_t i = 0; i < count; i++) {
		messages[i] = &r->messages[i];
		if (stored_message_load(store, seqs[i], messages[i], err) < 0)
			return -1;
	}
	if (stored_messages_read(store, messages, count, READ_JUDGEMENT, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		int result = compare(r, messages[i], err);
		if (result < 0)
			return -1;
		if (result)
			verdicts[changed++] = (struct verdict){seqs[i],
				&messages[i]->reading.judgement, messages[i]->known.clients,
				messages[i]->known.client_count};
	}
	return changed ? store_verdicts(store, verdicts, changed, err) : 0;
}

static int rejudge_all(struct rejudging *r, const uint64_t *seqs, size_t count, struct error *err)
{
	struct progress progress;
	int result = store_terms(r->in->store, r->in->book, NULL, err);
	progress_init(&progress);
	for (size_t i = 0; i < count && !result; i += BATCH) {
		size_t n = count - i < BATCH ? count - i : BATCH;
		result = rejudge_batch(r, seqs + i, n, err);
		progress_tell(&progress, "judging again", i + n, count);
	}
	progress_finish(&progress);
	for (size_t i = 0; i < BATCH; i++)
		stored_message_finish(&r->messages[i]);
	return result;
}

/* What they are made of has changed, or they themselves. */
static int rejudge_sequences(struct rejudging *r, struct error *err)
{
	struct sequences_outcome outcome;
	if (follow_sequences(r->in, NULL, true, &outcome, err) < 0)
		return -1;
	r->gained += outcome.gained;
	r->lost += outcome.lost;
	return 0;
}

static int say(struct invocation *in, const struct rejudging *r, struct error *err)
{
	if (in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_int(w, "judged", (int64_t)r->judged);
		json_int(w, "gained", (int64_t)r->gained);
		json_int(w, "lost", (int64_t)r->lost);
		return json_item_end(in, &line, err);
	}
	print(in, "%zu %s judged again: %zu %s gained, %zu lost\n", r->judged,
		r->judged == 1 ? "message" : "messages", r->gained,
		r->gained == 1 ? "finding" : "findings", r->lost);
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	struct query *q = NULL;
	uint64_t *seqs = NULL;
	size_t count = 0;
	struct rejudging *r = calloc(1, sizeof(*r));
	int result = r ? find_query(in, 0, &q, err) : error_memory(err);
	if (!result)
		result = find_all(in, q, &seqs, &count, err);
	if (!result) {
		r->in = in;
		result = rejudge_all(r, seqs, count, err);
	}
	if (!result && count)
		result = rejudge_sequences(r, err);
	if (!result)
		result = say(in, r, err);
	if (!result && !count)
		hint_at_arguments(in);
	free(r);
	free(seqs);
	query_free(q);
	return result < 0 ? -1 : count ? 0 : 1;
}

const struct command command_rejudge = {
	.name = "rejudge",
	.usage = "[QUERY]",
	.summary = "Judge archived messages again by the rules in force now",
	.help = "Changed rules are for new messages only, until this is run. The older verdicts stay in "
		"the log.\n\n"
		"  overstep rejudge\n"
		"  overstep rejudge client:acme date:2026-03..",
	.needs = NEEDS_WRITE,
	.with_rules = true,
	.most = SIZE_MAX,
	.run = run,
};
