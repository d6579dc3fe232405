/* What other rules would make of the archive: findings gained, lost and changed, and the risk
 * after.
 */
#ifndef OVERSTEP_APP_BACKTEST_H
#define OVERSTEP_APP_BACKTEST_H

#include "app/store.h"

struct query;
struct judgement;

/* One finding more or less, with what stands around its words. */
struct backtest_sample {
	bool lost; /* else gained */
	uint64_t evidence;
	struct str client;
	int64_t at_us;
	struct str before, words, behind; /* of one line; words are all there is of the clock */
};

/* changed: the same words, by another severity or status. */
struct backtest_count {
	struct str client;
	size_t gained, lost, changed;
};

/* Adds what two verdicts on a message have differently; markers aside. */
void judgements_compare(
	const struct judgement *before, const struct judgement *after, struct backtest_count *out);

struct backtest_rule {
	struct str rule;
	enum sign sign;
	struct backtest_count all;
	struct backtest_count *clients;
	size_t client_count, client_cap;
	struct backtest_sample *samples; /* newest first */
	size_t sample_count, sample_cap;
	size_t samples_gained, samples_lost;
};

/* Strings in arena. */
struct backtest {
	struct arena arena;
	struct backtest_rule *rules; /* those that make a difference, by name */
	size_t rule_count, rule_cap;
	struct backtest_count *clients; /* those of whom something changes, by id */
	size_t client_count, client_cap;
	size_t messages; /* judged */
	size_t different;
	size_t unread; /* a reader died over them twice: as if nothing had changed */
};

struct backtest_plan {
	const struct rulebook *book; /* what is judged by */
	const struct query *query;   /* which messages; the others stay as they are */
	size_t samples;              /* of what each rule gains, and of what it loses */
	int64_t now_us;
	const struct store_progress *progress; /* may be NULL */
};

void backtest_finish(struct backtest *b);
/* Judges again from what the index holds of each message, in reader processes of its own. Behind it
   the store is on trial until it is closed: all that is asked of its index is answered as if the
   rules were in force. Writes nothing. out must be zeroed. Fails as readers_ask and the index. */
int backtest_run(
	struct store *s, const struct backtest_plan *plan, struct backtest *out, struct error *err);

#endif
