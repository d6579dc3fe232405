/* What is ready at the fronts of the queues goes into the archive, many messages a transaction. */
#include "app/readers.h"
#include "base/clock.h"
#include "base/limits.h"
#include "config/config.h"
#include "keeper_state.h"
#include <stdlib.h>

#define COMMIT_MESSAGES 200
#define COMMIT_BYTES (2 * MIB)
/* How long what is ready waits for company while the readers are still busy. */
#define COMMIT_AFTER_US (SECOND_US / 4)

/* Everything that is ready, counted from the queues' fronts. */
struct ready {
	size_t items;
	size_t messages;
	uint64_t bytes;
};

static struct ready count_ready(const struct keeper *k)
{
	struct ready ready = {0};
	for (size_t i = 0; i < k->crew.link_count; i++)
		for (const struct item *item = k->crew.links[i].queue.first; item && item->ready;
			item = item->next) {
			ready.items++;
			ready.messages += item->kind == ITEM_MESSAGE;
			ready.bytes += item->owed_bytes;
		}
	return ready;
}

bool keeper_has_batch(struct keeper *k)
{
	struct ready ready = count_ready(k);
	if (!ready.items) {
		k->ready_since_us = 0;
		return false;
	}
	int64_t now = clock_monotonic_us();
	if (!k->ready_since_us)
		k->ready_since_us = now;
	return ready.messages >= COMMIT_MESSAGES || ready.bytes >= COMMIT_BYTES ||
		!readers_pending(k->crew.readers) || now - k->ready_since_us >= COMMIT_AFTER_US;
}

/* The ready front of one queue; its number of items. Mail with nobody we know is passed over. */
static size_t gather(const struct account_link *link, struct entry *entries,
	struct entry_position *positions, struct batch *batch)
{
	size_t taken = 0;
	for (struct item *item = link->queue.first; item && item->ready; item = item->next) {
		taken++;
		if (item->kind == ITEM_POSITION)
			positions[batch->position_count++] = item->position;
		else if (item->reading.concerns || item->gap.ptr || item->settles)
			entries[batch->entry_count++] = (struct entry){
				.raw = &item->raw,
				.large = item->large,
				.gap = item->gap,
				.settles = item->settles,
				.reading = &item->reading,
			};
	}
	return taken;
}

static void release(struct keeper *k, struct account_link *link, size_t items)
{
	uint64_t bytes = 0;
	const struct item *item = link->queue.first;
	for (size_t i = 0; i < items; i++, item = item->next)
		bytes += item->owed_bytes;
	queue_drop(&link->queue, items);
	k->passed += items;
	/* a fetcher that is gone is noticed at its own turn */
	if (bytes)
		keeper_acknowledge(link, bytes, NULL);
}

static int store(
	struct keeper *k, const struct batch *batch, const size_t *taken, struct error *err)
{
	size_t stored = 0;
	if (store_batch(k->store, batch, &stored, err) < 0)
		return -1;
	k->stored += stored;
	keeper_announce(k, batch, stored);
	for (size_t i = 0; i < k->crew.link_count; i++)
		release(k, &k->crew.links[i], taken[i]);
	if (!k->store->behind.kind)
		return 0;
	/* it is evidence already, and told; the index is made to follow when the archive is opened
	   again */
	*err = k->store->behind;
	return -1;
}

int keeper_commit(struct keeper *k, struct error *err)
{
	size_t room = count_ready(k).items + 1;
	struct entry *entries = calloc(room, sizeof(*entries));
	struct entry_position *positions = calloc(room, sizeof(*positions));
	size_t *taken = calloc(k->crew.link_count + 1, sizeof(*taken));
	uint64_t *seqs = calloc(room, sizeof(*seqs));
	int result = entries && positions && taken && seqs ? 0 : error_memory(err);
	if (!result) {
		struct batch batch = {.entries = entries, .positions = positions, .seqs = seqs};
		for (size_t i = 0; i < k->crew.link_count; i++)
			taken[i] = gather(&k->crew.links[i], entries, positions, &batch);
		result = store(k, &batch, taken, err);
	}
	free(entries);
	free(positions);
	free(taken);
	free(seqs);
	k->ready_since_us = 0;
	return result;
}
