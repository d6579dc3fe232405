/* When messages that could not be had are asked for again. */
#include "retry.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/limits.h"
#include <stdlib.h>

/* Doubling: what a server cannot give now it can seldom give soon. */
#define RETRY_US HOUR_US
#define RETRY_MOST_US DAY_US

void retries_finish(struct retries *r)
{
	free(r->items);
	*r = (struct retries){0};
}

static struct retry *find(const struct retries *r, uint64_t seq)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->items[i].seq == seq)
			return &r->items[i];
	return NULL;
}

static int meet(struct retries *r, uint64_t seq, int64_t now_us, struct error *err)
{
	if (find(r, seq))
		return 0;
	if (array_room(&r->items, r->count, &r->cap, sizeof(*r->items)) < 0)
		return error_memory(err);
	r->items[r->count++] = (struct retry){
		.seq = seq,
		.due_us = seq <= r->before ? 0 : now_us + RETRY_US,
	};
	return 0;
}

static void note_try(struct retry *one, int64_t now_us)
{
	int64_t wait = RETRY_US;
	for (unsigned i = 0; i < one->tries && wait < RETRY_MOST_US; i++)
		wait *= 2;
	one->tries++;
	one->due_us = now_us + (wait < RETRY_MOST_US ? wait : RETRY_MOST_US);
}

static bool is_among(const uint32_t *uids, size_t count, uint32_t uid)
{
	for (size_t i = 0; i < count; i++)
		if (uids[i] == uid)
			return true;
	return false;
}

int retries_choose(struct retries *r, const struct unread *waiting, size_t count, uint64_t last,
	bool hurry, int64_t now_us, uint32_t *uids, size_t *chosen, struct error *err)
{
	if (!r->begun) {
		r->begun = true;
		r->before = last;
	}
	for (size_t i = 0; i < count; i++)
		if (meet(r, waiting[i].seq, now_us, err) < 0)
			return -1;
	for (*chosen = 0; *chosen < LIMIT_IMAP_RETRIES; (*chosen)++) {
		struct retry *next = NULL;
		for (size_t i = 0; i < count; i++) {
			struct retry *one = find(r, waiting[i].seq);
			bool due = (hurry || one->due_us <= now_us) &&
				!is_among(uids, *chosen, waiting[i].uid);
			if (!due || (next && next->due_us <= one->due_us))
				continue;
			next = one;
			uids[*chosen] = waiting[i].uid;
		}
		if (!next)
			break;
		note_try(next, now_us);
	}
	return 0;
}
