/* What the keeper knows of how its accounts are watched, and the records it makes of that. */
#include "app/rulebook.h"
#include "app/store.h"
#include "base/array.h"
#include "base/clock.h"
#include "config/config.h"
#include "index/index.h"
#include "keeper_state.h"
#include <stdlib.h>
#include <string.h>

#define CENSUS_US DAY_US
/* Up to so long between two looks is watching; of `overstepd --once`, which something else starts
   now and then, more. */
#define ALLOWED_US (15 * MINUTE_US)
#define ALLOWED_ONCE_US (6 * HOUR_US)
#define ALLOWED_POLLS 3

static int64_t allowed_at_least_us(const struct keeper *k)
{
	return k->plan->once ? ALLOWED_ONCE_US : ALLOWED_US;
}

static void account_finish(struct watched_account *a)
{
	free(a->name);
}

static void drop_notes(struct watching *w)
{
	for (size_t i = 0; i < w->note_count; i++)
		free(w->notes[i].account);
	w->note_count = 0;
}

void watching_finish(struct watching *w)
{
	for (size_t i = 0; i < w->account_count; i++)
		account_finish(&w->accounts[i]);
	for (size_t i = 0; i < w->census_count; i++)
		watching_census_finish(&w->censuses[i]);
	drop_notes(w);
	free(w->accounts);
	free(w->censuses);
	free(w->notes);
	*w = (struct watching){0};
}

static struct watched_account *find_account(const struct watching *w, struct str name)
{
	for (size_t i = 0; i < w->account_count; i++)
		if (str_eq(str_from(w->accounts[i].name), name))
			return &w->accounts[i];
	return NULL;
}

static struct census *find_census(const struct watching *w, struct str account, struct str folder)
{
	for (size_t i = 0; i < w->census_count; i++)
		if (str_eq(str_from(w->censuses[i].account), account) &&
			str_eq(str_from(w->censuses[i].folder), folder))
			return &w->censuses[i];
	return NULL;
}

/* One that is new here, or back: then the records tell when it was watched last. */
static int meet(struct keeper *k, struct str name, struct watched_account **out, struct error *err)
{
	int64_t until_us;
	int known = index_watched_until(k->store->index, name, &until_us, err);
	if (known < 0)
		return -1;
	struct watched_account *a = watching_add_account(&k->watching, name);
	if (!a)
		return error_memory(err);
	if (known)
		a->watch =
			(struct watch){.known = true, .from_us = until_us, .seen.at_us = until_us};
	*out = a;
	return 0;
}

int watching_begins(struct keeper *k, const struct account_link *link, struct error *err)
{
	struct watched_account *a;
	if (!k->watching.loaded && watching_load(k, err) < 0)
		return -1;
	a = find_account(&k->watching, link->account->name);
	if (!a && meet(k, link->account->name, &a, err) < 0)
		return -1;
	int64_t polls_us = ALLOWED_POLLS * link->account->poll_s * SECOND_US;
	int64_t least_us = allowed_at_least_us(k);
	a->allowed_us = polls_us > least_us ? polls_us : least_us;
	a->begun = instant_now(k->plan->clock);
	return 0;
}

static int add_notes(struct watching *w, const struct watched_account *a,
	const struct watch_note *notes, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (array_room(&w->notes, w->note_count, &w->note_cap, sizeof(*w->notes)) < 0)
			return error_memory(err);
		struct watching_note *note = &w->notes[w->note_count];
		*note = (struct watching_note){.account = strdup(a->name), .note = notes[i]};
		if (!note->account)
			return error_memory(err);
		w->note_count++;
	}
	return 0;
}

int watching_ends(struct keeper *k, const struct account_link *link, const struct error *why,
	struct error *err)
{
	struct watched_account *a = find_account(&k->watching, link->account->name);
	struct watch_note notes[WATCH_NOTES];
	size_t count = 0;
	if (!a)
		return 0;
	struct instant now = instant_now(k->plan->clock);
	if (why)
		watch_failed(&a->watch, now.at_us, str_from(why->text));
	else
		watch_look(&a->watch, &a->begun, &now, a->allowed_us, notes, &count);
	k->watching.changed = true;
	return add_notes(&k->watching, a, notes, count, err);
}

void watching_suspended(struct keeper *k, const struct error *why)
{
	for (size_t i = 0; i < k->watching.account_count; i++)
		watch_failed(&k->watching.accounts[i].watch, clock_now_us(k->plan->clock),
			str_from(why->text));
}

static int append_notes(struct keeper *k, struct error *err)
{
	struct watching *w = &k->watching;
	if (!w->note_count)
		return 0;
	struct record *records = calloc(w->note_count, sizeof(*records));
	int result = records ? 0 : error_memory(err);
	for (size_t i = 0; records && i < w->note_count; i++) {
		const struct watch_note *n = &w->notes[i].note;
		const struct gap gap = {
			.kind = n->kind,
			.account = str_from(w->notes[i].account),
			.from_us = n->from_us,
			.until_us = n->until_us,
			.pause_s = n->pause_us / SECOND_US,
			.why = str_from(n->why),
		};
		record_init(&records[i]);
		if (!result)
			result = gap_write(&gap, &records[i], err);
	}
	if (!result)
		result = store_append_all(k->store, records, w->note_count, err);
	for (size_t i = 0; records && i < w->note_count; i++)
		record_finish(&records[i]);
	free(records);
	if (!result)
		drop_notes(w);
	return result;
}

static bool is_configured(const struct keeper *k, struct str name)
{
	for (size_t i = 0; i < k->crew.link_count; i++)
		if (str_eq(k->crew.links[i].account->name, name))
			return true;
	return false;
}

static int close_account(struct keeper *k, struct watched_account *a, struct error *err)
{
	struct watch_note notes[WATCH_NOTES];
	size_t count;
	struct instant now = instant_now(k->plan->clock);
	/* one that was gone when the service started was never asked for */
	watch_close(&a->watch, &now, a->allowed_us ? a->allowed_us : allowed_at_least_us(k), notes,
		&count);
	k->watching.changed = true;
	return add_notes(&k->watching, a, notes, count, err);
}

/* Accounts that the configuration does not name any more. */
static int let_go(struct keeper *k, struct error *err)
{
	struct watching *w = &k->watching;
	for (size_t i = 0; i < w->account_count;) {
		struct str name = str_from(w->accounts[i].name);
		if (is_configured(k, name)) {
			i++;
			continue;
		}
		for (size_t c = w->census_count; c-- > 0;)
			if (str_eq(str_from(w->censuses[c].account), name)) {
				watching_census_finish(&w->censuses[c]);
				w->censuses[c] = w->censuses[--w->census_count];
			}
		if (close_account(k, &w->accounts[i], err) < 0)
			return -1;
		account_finish(&w->accounts[i]);
		w->accounts[i] = w->accounts[--w->account_count];
	}
	return 0;
}

int watching_turn(struct keeper *k, bool ending, struct error *err)
{
	struct watching *w = &k->watching;
	if (let_go(k, err) < 0)
		return -1;
	/* one look of many is over; what it saw is told with the others' */
	for (size_t i = 0; ending && !k->plan->once && i < w->account_count; i++)
		if (close_account(k, &w->accounts[i], err) < 0)
			return -1;
	if (append_notes(k, err) < 0)
		return -1;
	watching_save(k, ending);
	return 0;
}

bool watching_census_due(
	const struct keeper *k, struct str account, struct str folder, uint32_t uidvalidity)
{
	const struct census *c = find_census(&k->watching, account, folder);
	int64_t passed_us = c ? clock_now_us(k->plan->clock) - c->at_us : 0;
	bool renumbered = c && c->uidvalidity && c->uidvalidity != uidvalidity;
	return !c || renumbered || passed_us < 0 || passed_us >= CENSUS_US;
}

bool watching_is_renumbered(const struct keeper *k, struct str account, struct str folder,
	uint32_t uidvalidity, int64_t *at_us)
{
	const struct census *c = find_census(&k->watching, account, folder);
	*at_us = c ? c->at_us : 0;
	return c && c->uidvalidity != uidvalidity;
}

static int note_census(struct keeper *k, struct str account, struct str folder,
	uint32_t uidvalidity, struct error *err)
{
	struct census *c = find_census(&k->watching, account, folder);
	if (!c)
		c = watching_add_census(&k->watching, account, folder);
	if (!c)
		return error_memory(err);
	c->uidvalidity = uidvalidity;
	c->at_us = clock_now_us(k->plan->clock);
	k->watching.changed = true;
	return 0;
}

int watching_recount(struct keeper *k, struct str account, struct str folder, struct error *err)
{
	return note_census(k, account, folder, 0, err);
}

int watching_census_done(struct keeper *k, struct str account, struct str folder,
	uint32_t uidvalidity, struct error *err)
{
	return note_census(k, account, folder, uidvalidity, err);
}
