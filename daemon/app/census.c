/* What is archived of a folder, compared with what is still there. */
#include "app/store.h"
#include "index/index.h"
#include "keeper_state.h"
#include <stdlib.h>

/* A transaction of a moment; what is beyond waits for the next round. */
#define VANISHED_A_ROUND 1000

static bool take_uid(struct str word, uint32_t *out)
{
	uint64_t number;
	if (!str_to_u64(word, UINT32_MAX, &number) || !number)
		return false;
	*out = (uint32_t)number;
	return true;
}

/* The next of "1:5,7", which must go upwards. 1, 0 at the end, -1 it is none. */
static int next_range(struct str *rest, uint32_t *first, uint32_t *last)
{
	struct str range, word;
	uint32_t before = *last;
	if (!str_split(rest, ',', &range))
		return 0;
	if (!str_split(&range, ':', &word) || !take_uid(word, first))
		return -1;
	*last = *first;
	if (range.len && !take_uid(range, last))
		return -1;
	return *first > before && *last >= *first ? 1 : -1;
}

/* Keeps of all (by UID) those that no range holds. false: the ranges are none. */
static bool drop_present(struct indexed_place *all, size_t *count, struct str present)
{
	uint32_t first = 0, last = 0;
	size_t kept = 0, at = 0;
	int more;
	while ((more = next_range(&present, &first, &last)) > 0) {
		for (; at < *count && all[at].uid < first; at++)
			all[kept++] = all[at];
		while (at < *count && all[at].uid <= last)
			at++;
	}
	for (; at < *count; at++)
		all[kept++] = all[at];
	*count = kept;
	return more == 0;
}

static int record_vanished(struct keeper *k, const struct place *folder,
	const struct indexed_place *gone, size_t count, struct error *err)
{
	struct record *records = calloc(count, sizeof(*records));
	int result = records ? 0 : error_memory(err);
	for (size_t i = 0; records && i < count; i++) {
		const struct gap gap = {
			.kind = GAP_VANISHED,
			.account = folder->account,
			.folder = folder->folder,
			.uidvalidity = folder->uidvalidity,
			.uid = gone[i].uid,
			.of = gone[i].seq,
		};
		record_init(&records[i]);
		if (!result)
			result = gap_write(&gap, &records[i], err);
	}
	if (!result)
		result = store_append_all(k->store, records, count, err);
	for (size_t i = 0; records && i < count; i++)
		record_finish(&records[i]);
	free(records);
	return result;
}

int census_take(struct keeper *k, const struct place *from, uint32_t next_uid, struct str present,
	bool *bad, struct error *err)
{
	struct arena arena = {0};
	struct indexed_place *all = NULL;
	size_t count = 0;
	int result = index_places(k->store->index, from, next_uid, &arena, &all, &count, err);
	if (!result)
		*bad = !drop_present(all, &count, present);
	bool whole = count <= VANISHED_A_ROUND;
	if (!whole)
		count = VANISHED_A_ROUND;
	if (!result && !*bad && count)
		result = record_vanished(k, from, all, count, err);
	arena_finish(&arena);
	return result < 0 ? -1 : whole;
}
