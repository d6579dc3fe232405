/* overstep rejudge: applies the rules in force to messages that are archived already. */
#include "app/readers.h"
#include "app/rulebook.h"
#include "app/store.h"
#include "archive/archive.h"
#include "base/limits.h"
#include "find.h"
#include "output.h"
#include <stdint.h>
#include <stdlib.h>

/* Verdicts that share a findings record. */
#define BATCH 100

/* Work under way. */
struct rejudging {
	struct invocation *in;
	struct reading readings[BATCH];
	struct verdict verdicts[BATCH];
	size_t count;
	size_t judged, gained, lost;
};

static size_t count_rule(const struct judgement *j, struct str rule)
{
	size_t count = 0;
	for (size_t i = 0; i < j->finding_count; i++)
		count += str_eq(j->findings[i].rule, rule);
	return count;
}

/* Findings of `a` that `b` has not, counted by rule. */
static size_t more_in(const struct judgement *a, const struct judgement *b)
{
	size_t more = 0;
	for (size_t i = 0; i < a->finding_count; i++) {
		struct str rule = a->findings[i].rule;
		bool seen = false;
		for (size_t k = 0; k < i; k++)
			seen |= str_eq(a->findings[k].rule, rule);
		size_t here = count_rule(a, rule), there = count_rule(b, rule);
		more += !seen && here > there ? here - there : 0;
	}
	return more;
}

static int flush(struct rejudging *r, struct error *err)
{
	int result = r->count ? store_verdicts(r->in->store, r->verdicts, r->count, err) : 0;
	for (size_t i = 0; i < r->count; i++)
		reading_finish(&r->readings[i]);
	r->count = 0;
	return result;
}

/* The octets go to a reader, with what their record knows of them. */
static int read_again(struct rejudging *r, uint64_t seq, struct reading *out, struct error *err)
{
	struct store *store = r->in->store;
	struct record record;
	struct buf octets = {0};
	record_init(&record);
	struct message_entry entry;
	int result = store_message(store, seq, LIMIT_PARSE, &record, &octets, err);
	if (!result)
		result = archive_message_entry(&record, &entry, err);
	if (!result)
		result = store_ask(store, &entry, buf_str(&octets), READ_JUDGEMENT, out, err);
	record_finish(&record);
	buf_finish(&octets);
	return result;
}

static int rejudge_one(struct rejudging *r, uint64_t seq, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	struct reading *reading = &r->readings[r->count];
	if (index_message(r->in->store->index, seq, &arena, &m, err) != 1) {
		arena_finish(&arena);
		return -1;
	}
	reading_init(reading);
	int result = read_again(r, seq, reading, err);
	if (!result) {
		r->gained += more_in(&reading->judgement, &m.judgement);
		r->lost += more_in(&m.judgement, &reading->judgement);
		r->verdicts[r->count++] = (struct verdict){seq, &reading->judgement};
		r->judged++;
	}
	indexed_message_finish(&m);
	arena_finish(&arena);
	return !result && r->count == BATCH ? flush(r, err) : result;
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
	struct progress progress;
	progress_init(&progress);
	struct rejudging *r = calloc(1, sizeof(*r));
	int result = r ? find_query(in, 0, &q, err) : error_memory(err);
	if (!result)
		result = find_all(in, q, &seqs, &count, err);
	if (!result)
		result = store_terms(in->store, in->book, err);
	if (r)
		r->in = in;
	for (size_t i = 0; i < count && !result; i++) {
		result = rejudge_one(r, seqs[i], err);
		progress_tell(&progress, "judging again", i + 1, count);
	}
	if (!result)
		result = flush(r, err);
	progress_finish(&progress);
	if (!result)
		result = say(in, r, err);
	for (size_t i = 0; r && i < r->count; i++)
		reading_finish(&r->readings[i]);
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
	.most = SIZE_MAX,
	.run = run,
};
