/* What is archived of a folder, compared with what is still there. */
#include "app/rulebook.h"
#include "app/store.h"
#include "archive/archive.h"
#include "base/array.h"
#include "base/clock.h"
#include "config/config.h"
#include "index/index.h"
#include "keeper_state.h"
#include <stdlib.h>
#include <string.h>

/* A transaction of a moment; what is beyond waits for the next round. */
#define LEFT_A_ROUND 1000
/* The server's day of a message and ours may be that far apart. */
#define SINCE_MARGIN_US (2 * DAY_US)

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

/* A message that should stand in the folder. */
struct expected {
	uint64_t seq;
	uint32_t uidvalidity, uid;
	bool moved_in; /* its record has another place */
};

struct counting {
	struct keeper *keeper;
	const struct place *folder;
	int64_t counted_us; /* when it was done before; 0 never */
	struct arena arena;
	struct gap *gaps; /* what is to be recorded */
	size_t count, cap;
	uint64_t *dropped; /* messages that are not where they were seen */
	size_t dropped_count, dropped_cap;
	bool whole; /* else some are left for the next time */
};

/* Keeps of all (by UID) those that no range holds. false: the ranges are none. */
static bool drop_present(struct expected *all, size_t *count, struct str present)
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

static int add_gap(struct counting *c, enum gap_kind kind, const struct expected *e, struct str to,
	struct error *err)
{
	if (c->count == LEFT_A_ROUND) {
		c->whole = false;
		return 0;
	}
	if (array_room(&c->gaps, c->count, &c->cap, sizeof(*c->gaps)) < 0)
		return error_memory(err);
	c->gaps[c->count++] = (struct gap){
		.kind = kind,
		.account = c->folder->account,
		.folder = c->folder->folder,
		.uidvalidity = e->uidvalidity,
		.uid = e->uid,
		.of = e->seq,
		.why = to,
	};
	return 0;
}

/* Is a message that was seen by another place than its record's certainly not at that one? 1, 0,
   -1. */
static int has_left(struct counting *c, const struct expected *e, struct error *err)
{
	struct index *index = c->keeper->store->index;
	struct gap left;
	struct place before;
	int known = index_left(index, e->seq, &c->arena, &left, err);
	if (known)
		return known < 0 ? -1 : left.kind == GAP_MOVED;
	known = index_place_of(index, e->seq, &c->arena, &before, err);
	/* the numbers of that time are no more */
	return known < 0 ? -1
			 : known && str_eq(before.folder, c->folder->folder) &&
			before.uidvalidity != c->folder->uidvalidity;
}

/* It was seen here, moved or copied or numbered anew: gone only when it is not where it was. */
static int note_gone_again(struct counting *c, const struct expected *e, struct error *err)
{
	int gone = has_left(c, e, err);
	if (gone > 0 && add_gap(c, GAP_VANISHED, e, (struct str){0}, err) < 0)
		gone = -1;
	if (gone < 0 || !c->whole)
		return gone < 0 ? -1 : 0;
	if (array_room(&c->dropped, c->dropped_count, &c->dropped_cap, sizeof(*c->dropped)) < 0)
		return error_memory(err);
	c->dropped[c->dropped_count++] = e->seq;
	return 0;
}

/* Not where its record has it: is it elsewhere, by its octets or by its Message-ID? */
static int note_left(struct counting *c, const struct expected *e, struct error *err)
{
	struct place seen;
	struct str to = {0};
	if (e->moved_in)
		return note_gone_again(c, e, err);
	int found = archive_whereabouts(c->keeper->store->archive, e->seq, &c->arena, &seen, err);
	if (found < 0)
		return -1;
	if (found && !str_eq(seen.folder, c->folder->folder))
		return add_gap(c, GAP_MOVED, e, seen.folder, err);
	if (found && seen.uidvalidity == c->folder->uidvalidity)
		return 0; /* here it is, by another number */
	found = index_elsewhere(
		c->keeper->store->index, e->seq, c->counted_us, &c->arena, &to, err);
	if (found < 0)
		return -1;
	return add_gap(c, found ? GAP_MOVED : GAP_VANISHED, e, to, err);
}

static int by_uid(const void *a, const void *b)
{
	const struct expected *x = a, *y = b;
	return (x->uid > y->uid) - (x->uid < y->uid);
}

/* What stands there by its record, and what was seen there since, in order. */
static int expect(struct counting *c, uint32_t next_uid, struct expected **out, size_t *count,
	struct error *err)
{
	struct store *s = c->keeper->store;
	struct indexed_place *stored = NULL;
	struct seen_message *seen = NULL;
	size_t stored_count = 0, seen_count = 0, n = 0;
	int result =
		index_places(s->index, c->folder, next_uid, &c->arena, &stored, &stored_count, err);
	if (!result)
		result = archive_seen_in(s->archive, c->folder, next_uid, &seen, &seen_count, err);
	struct expected *all =
		result ? NULL : arena_array(&c->arena, stored_count + seen_count, sizeof(*all));
	if (!result && !all)
		result = error_memory(err);
	for (size_t i = 0; !result && i < stored_count; i++)
		all[n++] = (struct expected){
			stored[i].seq, stored[i].uidvalidity, stored[i].uid, false};
	for (size_t i = 0; !result && i < seen_count; i++)
		all[n++] =
			(struct expected){seen[i].seq, c->folder->uidvalidity, seen[i].uid, true};
	free(seen);
	if (result < 0)
		return -1;
	if (n)
		qsort(all, n, sizeof(*all), by_uid);
	*out = all;
	*count = n;
	return 0;
}

static bool is_configured(const struct counting *c, struct str client)
{
	return config_client(c->keeper->book->config, client) != NULL;
}

static bool is_before_since(const struct counting *c, int64_t at_us)
{
	const struct config *config = c->keeper->book->config;
	for (size_t i = 0; i < config->account_count; i++) {
		const struct account *a = &config->accounts[i];
		if (str_eq(a->name, c->folder->account) && a->has_since)
			return at_us < date_to_days(a->since) * DAY_US + SINCE_MARGIN_US;
	}
	return false;
}

/* A folder that was numbered anew has been read from its beginning since: what was not seen then
   of what it had before is gone. Nothing is said of what nobody looked for. */
static int note_not_seen_again(struct counting *c, struct error *err)
{
	struct indexed_place *all = NULL;
	struct place seen;
	size_t count = 0;
	int result = index_places_before(
		c->keeper->store->index, c->folder, &c->arena, &all, &count, err);
	for (size_t i = 0; i < count && !result && c->whole; i++) {
		const struct expected e = {all[i].seq, all[i].uidvalidity, all[i].uid, false};
		if (!is_configured(c, all[i].client) || is_before_since(c, all[i].at_us))
			continue;
		int known = archive_whereabouts(
			c->keeper->store->archive, e.seq, &c->arena, &seen, err);
		bool is_here = known > 0 && str_eq(seen.folder, c->folder->folder) &&
			seen.uidvalidity == c->folder->uidvalidity;
		result = known < 0 ? -1 : is_here ? 0 : note_left(c, &e, err);
	}
	return result;
}

static int record_all(struct counting *c, struct error *err)
{
	struct store *s = c->keeper->store;
	struct record *records = calloc(c->count + 1, sizeof(*records));
	int result = records ? 0 : error_memory(err);
	for (size_t i = 0; records && i < c->count; i++) {
		record_init(&records[i]);
		if (!result)
			result = gap_write(&c->gaps[i], &records[i], err);
	}
	if (!result && c->count)
		result = store_append_all(s, records, c->count, err);
	for (size_t i = 0; records && i < c->count; i++)
		record_finish(&records[i]);
	free(records);
	if (result || !c->dropped_count)
		return result;
	/* behind the records: in between, it is only looked for once more */
	result = archive_begin(s->archive, err);
	for (size_t i = 0; i < c->dropped_count && !result; i++)
		result = archive_drop_whereabouts(s->archive, c->dropped[i], err);
	if (!result)
		result = archive_commit(s->archive, err);
	if (result < 0)
		archive_rollback(s->archive);
	return result;
}

int census_take(struct keeper *k, const struct place *from, uint32_t next_uid, struct str present,
	bool last, bool *bad, struct error *err)
{
	struct counting c = {.keeper = k, .folder = from, .whole = true};
	struct expected *all = NULL;
	size_t count = 0;
	bool renumbered = watching_is_renumbered(
		k, from->account, from->folder, from->uidvalidity, &c.counted_us);
	int result = expect(&c, next_uid, &all, &count, err);
	if (!result)
		*bad = !drop_present(all, &count, present);
	for (size_t i = 0; i < count && !result && !*bad && c.whole; i++)
		result = note_left(&c, &all[i], err);
	if (!result && !*bad && last && renumbered)
		result = note_not_seen_again(&c, err);
	if (!result && !*bad)
		result = record_all(&c, err);
	free(c.gaps);
	free(c.dropped);
	arena_finish(&c.arena);
	return result < 0 ? -1 : c.whole;
}
