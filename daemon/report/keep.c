/* What a report keeps of what passes by: words, and of many incidents those that a page shows. */
#include "keep.h"

#include "base/array.h"

struct str keep(struct arena *arena, struct str s, bool *full)
{
	struct str copy = s.ptr ? arena_str(arena, s) : s;
	*full |= s.ptr && !copy.ptr;
	return copy;
}

struct str keep_named(struct arena *arena, const struct captured *captured, bool *full)
{
	struct buf named = {0};
	captured_add_words(captured, &named);
	*full |= named.failed;
	struct str words = keep(arena, buf_str(&named), full);
	buf_finish(&named);
	return words;
}

struct lane lane_of(struct report_client *c, bool harmful)
{
	return harmful ? (struct lane){&c->harmful, &c->harmful_count, &c->harmful_cap,
				 &c->harmful_dropped, c->most_incidents}
		       : (struct lane){&c->incidents, &c->incident_count, &c->incident_cap,
				 &c->incidents_dropped, c->most_incidents};
}

/* A full lane is a heap with the least at its root. */
static bool is_full(const struct lane *lane)
{
	return lane->most && *lane->count == lane->most;
}

static bool is_less(const struct incident *a, const struct incident *b)
{
	return rank_order(rank_of(a), rank_of(b)) > 0;
}

static void sift_down(struct incident *heap, size_t count, size_t at)
{
	for (size_t child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && is_less(&heap[child + 1], &heap[child]))
			child++;
		if (!is_less(&heap[child], &heap[at]))
			return;
		struct incident least = heap[child];
		heap[child] = heap[at];
		heap[at] = least;
	}
}

bool lane_wants(const struct lane *lane, struct rank rank)
{
	bool wanted = !is_full(lane) || rank_order(rank, rank_of(&(*lane->all)[0])) < 0;
	*lane->dropped += !wanted;
	return wanted;
}

int lane_add(const struct lane *lane, const struct incident *x)
{
	if (is_full(lane)) {
		arena_finish(&(*lane->all)[0].own);
		(*lane->all)[0] = *x;
		++*lane->dropped;
		sift_down(*lane->all, *lane->count, 0);
		return 0;
	}
	if (array_room(lane->all, *lane->count, lane->cap, sizeof(*x)) < 0)
		return -1;
	(*lane->all)[(*lane->count)++] = *x;
	for (size_t i = *lane->count / 2; is_full(lane) && i-- > 0;)
		sift_down(*lane->all, *lane->count, i);
	return 0;
}
