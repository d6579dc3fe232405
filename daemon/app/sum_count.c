/* Counts how often each of many hashes was met. */
#include "sum_count.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 1024

/* The slot of that hash, or the free one where it belongs. Hashes are spread evenly by themselves.
 */
static struct sum_count *slot_of(
	struct sum_count *slots, size_t slot_count, const struct sha256 *sum)
{
	uint64_t start;
	memcpy(&start, sum->octet, sizeof(start));
	for (size_t at = (size_t)start & (slot_count - 1);; at = (at + 1) & (slot_count - 1))
		if (!slots[at].count || sha256_eq(&slots[at].sum, sum))
			return &slots[at];
}

static int grow(struct sum_counts *c)
{
	size_t more = c->slot_count ? 2 * c->slot_count : FIRST_SLOTS;
	struct sum_count *slots = calloc(more, sizeof(*slots));
	if (!slots)
		return -1;
	for (size_t i = 0; i < c->slot_count; i++)
		if (c->slots[i].count)
			*slot_of(slots, more, &c->slots[i].sum) = c->slots[i];
	free(c->slots);
	c->slots = slots;
	c->slot_count = more;
	return 0;
}

uint64_t sum_counts_add(struct sum_counts *c, const struct sha256 *sum)
{
	if (2 * (c->used + 1) > c->slot_count && grow(c) < 0)
		return 0;
	struct sum_count *slot = slot_of(c->slots, c->slot_count, sum);
	c->used += !slot->count;
	slot->sum = *sum;
	return ++slot->count;
}

uint64_t sum_counts_of(const struct sum_counts *c, const struct sha256 *sum)
{
	return c->used ? slot_of(c->slots, c->slot_count, sum)->count : 0;
}

void sum_counts_finish(struct sum_counts *c)
{
	free(c->slots);
	*c = (struct sum_counts){0};
}
