/* When the keeper looks for sequences: after new mail and marks, and when a deadline has passed. */
#include "sequence_watch.h"

#include "app/events.h"
#include "app/sequences.h"
#include "base/clock.h"
#include "index/index.h"
#include "keeper_state.h"

/* While mail keeps coming, a first look at years of it, a history is not walked through for each
   commit. */
#define DIRTY_MOST_US (10 * SECOND_US)

/* All mail up to it is here: what came before the last good round of each account began. An account
   that cannot be read holds it back, for nobody knows what lies there. */
static int64_t read_until(const struct keeper *k)
{
	int64_t until_us = clock_now_us(k->plan->clock);
	for (size_t i = 0; i < k->crew.link_count; i++) {
		const struct account_link *link = &k->crew.links[i];
		if (link->queue.count)
			return 0;
		if (link->read_until_us < until_us)
			until_us = link->read_until_us;
	}
	return until_us;
}

static bool is_quiet(const struct keeper *k)
{
	for (size_t i = 0; i < k->crew.link_count; i++)
		if (k->crew.links[i].running || k->crew.links[i].queue.count)
			return false;
	return true;
}

/* As of mail: a first look at years of it is not told one by one. */
#define FINDINGS_TOLD 20

struct telling {
	struct keeper *keeper;
	size_t told;
};

static void tell(
	void *context, struct str client, uint64_t seq, const struct sequence_finding *found)
{
	struct telling *t = context;
	if (counts_against(found->finding.status, found->finding.consent, MARK_NONE))
		keeper_announce_sequence(t->keeper, client, seq, found, t->told++ < FINDINGS_TOLD);
}

static int look(struct keeper *k, const struct strs *clients, int64_t until_us, struct error *err)
{
	struct sequence_watch *w = &k->sequences;
	struct sequences_outcome outcome;
	struct telling telling = {.keeper = k};
	const struct sequences_plan plan = {
		.book = k->book,
		.clients = clients,
		.now_us = clock_now_us(k->plan->clock),
		.read_until_us = until_us,
		.tell = tell,
		.context = &telling,
	};
	if (store_sequences(k->store, &plan, &outcome, err) < 0)
		return -1;
	if (telling.told > FINDINGS_TOLD)
		log_event(&event_finding,
			LOG_FIELDS(log_number("more", telling.told - FINDINGS_TOLD)));
	if (!clients)
		w->has_due = false;
	if (outcome.has_due && (!w->has_due || outcome.due_us < w->due_us)) {
		w->has_due = true;
		w->due_us = outcome.due_us;
	}
	w->dirty_since_us = 0;
	w->book = k->book;
	return index_last(k->store->index, &w->seen, err);
}

/* Those of whom there is news, by us or by a command. */
static int look_at_changed(struct keeper *k, int64_t until_us, struct error *err)
{
	struct arena arena = {0};
	struct strs clients;
	int result =
		index_changed_clients(k->store->index, k->sequences.seen, &arena, &clients, err);
	if (!result)
		result = look(k, &clients, until_us, err);
	arena_finish(&arena);
	return result;
}

int sequence_watch_turn(struct keeper *k, bool end, struct error *err)
{
	struct sequence_watch *w = &k->sequences;
	int64_t until_us = read_until(k), now = clock_monotonic_us();
	uint64_t last;
	/* what a command wrote is folded by the command */
	if (index_last(k->store->index, &last, err) < 0)
		return -1;
	bool due = w->has_due && w->due_us <= until_us;
	if (w->book == k->book && !due && last == w->seen)
		return 0;
	if (!w->dirty_since_us)
		w->dirty_since_us = now;
	if (!end && !is_quiet(k) && now - w->dirty_since_us < DIRTY_MOST_US)
		return 0;
	return w->book != k->book || due ? look(k, NULL, until_us, err)
					 : look_at_changed(k, until_us, err);
}
