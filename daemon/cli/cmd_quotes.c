/* overstep quotes: where a client quotes me, is it what I wrote? */
#include "app/store.h"
#include "base/clock.h"
#include "find.h"
#include "judge/quotation.h"
#include "output.h"
#include <stdint.h>
#include <stdlib.h>

struct looking {
	struct invocation *in;
	size_t compared, differing;
};

static int print_json(struct invocation *in, const struct indexed_message *theirs,
	const struct indexed_message *mine, const struct quote_difference *d, struct error *err)
{
	char id[EVIDENCE_NAME_SIZE], own[EVIDENCE_NAME_SIZE];
	struct json_line line;
	struct json_writer *w = json_item(&line);
	evidence_name(theirs->seq, id);
	evidence_name(mine->seq, own);
	json_cstr(w, "note", "quote-differs");
	json_int(w, "severity", 1);
	json_cstr(w, "id", id);
	json_str(w, "client", theirs->client);
	json_cstr(w, "mine", own);
	json_int(w, "start", (int64_t)d->theirs_start);
	json_int(w, "end", (int64_t)d->theirs_end);
	json_str(w, "theirs_text", d->theirs);
	json_str(w, "mine_text", d->mine);
	return json_item_end(in, &line, err);
}

static void print_text(struct invocation *in, const struct indexed_message *theirs,
	const struct indexed_message *mine, const struct quote_difference *d)
{
	char id[EVIDENCE_NAME_SIZE], own[EVIDENCE_NAME_SIZE], at[TIME_TEXT_SIZE];
	evidence_name(theirs->seq, id);
	evidence_name(mine->seq, own);
	format_time(in, theirs->clocks.at_us[theirs->clocks.used], at);
	print_colored(in, COLOR_BOLD, "%s", id);
	print(in, "  %s  %.*s quotes %s\n  quoted   ", at, STR_ARG(theirs->client), own);
	print_visible(in, d->theirs, false);
	print(in, "\n  written  ");
	print_visible(in, d->mine, false);
	print(in, "\n");
}

static int compare(struct looking *l, const struct indexed_message *theirs,
	const struct indexed_message *mine, struct error *err)
{
	struct quote_differences d = {0};
	int result = quote_compare(&theirs->facts.text, &mine->facts.text, &d, err);
	l->compared += d.compared;
	l->differing += d.count > 0;
	for (size_t i = 0; i < d.count && !result; i++)
		if (l->in->json)
			result = print_json(l->in, theirs, mine, &d.items[i], err);
		else
			print_text(l->in, theirs, mine, &d.items[i]);
	quote_differences_finish(&d);
	return result;
}

/* The message of mine that it answers, when that is here. */
static int look_at(struct looking *l, const struct indexed_message *theirs, struct error *err)
{
	struct index *x = l->in->store->index;
	struct arena arena = {0};
	struct indexed_message mine;
	uint64_t seq;
	if (theirs->direction != DIRECTION_IN || !theirs->facts.in_reply_to.len)
		return 0;
	int found = index_find_message_id(x, theirs->facts.in_reply_to, &seq, err);
	if (found > 0)
		found = index_message(x, seq, &arena, &mine, err);
	if (found > 0) {
		if (mine.direction == DIRECTION_OUT)
			found = compare(l, theirs, &mine, err);
		indexed_message_finish(&mine);
	}
	arena_finish(&arena);
	return found < 0 ? -1 : 0;
}

static int run(struct invocation *in, struct error *err)
{
	struct looking l = {.in = in};
	struct query *q = NULL;
	uint64_t *seqs = NULL;
	size_t count = 0;
	struct progress progress;
	/* the numbers first: a cursor and another question do not go together */
	int result = find_query(in, 0, &q, err);
	if (!result)
		result = find_all(in, q, &seqs, &count, err);
	progress_init(&progress);
	for (size_t i = 0; i < count && !result; i++) {
		struct arena arena = {0};
		struct indexed_message m;
		int found = index_message(in->store->index, seqs[i], &arena, &m, err);
		if (found > 0) {
			result = look_at(&l, &m, err);
			indexed_message_finish(&m);
		}
		result = found < 0 ? -1 : result;
		arena_finish(&arena);
		progress_tell(&progress, "comparing", i + 1, count);
	}
	progress_finish(&progress);
	query_free(q);
	free(seqs);
	if (result < 0)
		return -1;
	if (!in->json)
		print(in, "%zu quotation%s of my mail compared, %zu with other words\n", l.compared,
			l.compared == 1 ? "" : "s", l.differing);
	return l.differing ? 0 : 1;
}

const struct command command_quotes = {
	.name = "quotes",
	.usage = "[QUERY]",
	.summary = "Show where a client quotes me in words that I did not write",
	.help = "Compares what is quoted in a client's answers with the mail of mine that they answer.\n"
		"White space, wrapping, case, punctuation, links, signatures and what is left out by\n"
		"lines are no differences. A note for your eyes: it is no finding, weighs nothing, and\n"
		"is part of no report or bundle. Ends with 1 when there is none.\n\n"
		"  overstep quotes\n"
		"  overstep quotes client:acme date:2026-03-01..2026-03-31",
	.needs = NEEDS_ARCHIVE,
	.most = SIZE_MAX,
	.run = run,
};
