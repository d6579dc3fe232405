/* What the keeper knows of how its accounts are watched, and the records it makes of that. */
#include "app/rulebook.h"
#include "app/store.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "config/config.h"
#include "index/index.h"
#include "keeper_state.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SAVE_US MINUTE_US
#define CENSUS_US DAY_US
/* Up to so long between two looks is watching; of `overstepd --once`, which something else starts
   now and then, more. */
#define ALLOWED_US (15 * MINUTE_US)
#define ALLOWED_ONCE_US (6 * HOUR_US)
#define ALLOWED_POLLS 3

static struct instant instant_now(const struct keeper *k)
{
	return (struct instant){
		.at_us = clock_now_us(k->plan->clock),
		.passed_us = clock_boot_us(),
		.awake_us = clock_monotonic_us(),
	};
}

static int64_t allowed_at_least_us(const struct keeper *k)
{
	return k->plan->once ? ALLOWED_ONCE_US : ALLOWED_US;
}

static void account_finish(struct watched_account *a)
{
	free(a->name);
}

static void census_finish(struct census *c)
{
	free(c->account);
	free(c->folder);
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
		census_finish(&w->censuses[i]);
	drop_notes(w);
	free(w->accounts);
	free(w->censuses);
	free(w->notes);
	*w = (struct watching){0};
}

/* NULL: out of memory. */
static struct watched_account *add_account(struct watching *w, struct str name)
{
	if (array_room(&w->accounts, w->account_count, &w->account_cap, sizeof(*w->accounts)) < 0)
		return NULL;
	struct watched_account *a = &w->accounts[w->account_count];
	*a = (struct watched_account){.name = str_dup(name)};
	if (!a->name)
		return NULL;
	w->account_count++;
	return a;
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

static struct census *add_census(struct watching *w, struct str account, struct str folder)
{
	if (array_room(&w->censuses, w->census_count, &w->census_cap, sizeof(*w->censuses)) < 0)
		return NULL;
	struct census *c = &w->censuses[w->census_count];
	*c = (struct census){.account = str_dup(account), .folder = str_dup(folder)};
	if (!c->account || !c->folder) {
		census_finish(c);
		return NULL;
	}
	w->census_count++;
	return c;
}

static bool read_time(const struct json_value *v, const char *key, int64_t *out)
{
	int offset_min;
	return time_parse(json_to_str(json_get(v, key)), out, &offset_min);
}

static int read_account(struct watching *w, const struct json_value *v, struct error *err)
{
	struct watch watch = {.known = true};
	if (!read_time(v, "from", &watch.from_us) || !read_time(v, "until", &watch.seen.at_us) ||
		watch.from_us > watch.seen.at_us)
		return 0;
	watch.pause_us = json_to_int(json_get(v, "pause_s"), 0) * SECOND_US;
	if (read_time(v, "failed", &watch.failed_at_us))
		watch_failed(&watch, watch.failed_at_us, json_to_str(json_get(v, "why")));
	struct watched_account *a = add_account(w, json_to_str(json_get(v, "account")));
	if (!a)
		return error_memory(err);
	a->watch = watch;
	return 0;
}

static int read_census(struct watching *w, const struct json_value *v, struct error *err)
{
	int64_t at_us, number = json_to_int(json_get(v, "uidvalidity"), 0);
	if (!read_time(v, "at", &at_us) || number <= 0 || number > UINT32_MAX)
		return 0;
	struct census *c = add_census(
		w, json_to_str(json_get(v, "account")), json_to_str(json_get(v, "folder")));
	if (!c)
		return error_memory(err);
	c->uidvalidity = (uint32_t)number;
	c->at_us = at_us;
	return 0;
}

/* What cannot be read is as if it were not there. */
static int load(struct keeper *k, struct error *err)
{
	struct watching *w = &k->watching;
	struct buf text = {0};
	struct json_document *document = NULL;
	char *path = file_join(k->folder, WATCHING_FILE);
	int result = path ? 0 : error_memory(err);
	w->loaded = true;
	if (!result && file_read(path, LIMIT_WATCHING_FILE, &text, NULL) == 0 &&
		json_parse(buf_str(&text), &document, NULL) == 0) {
		const struct json_value *root = json_root(document);
		const struct json_value *accounts = json_get(root, "accounts");
		const struct json_value *censuses = json_get(root, "censuses");
		for (size_t i = 0; i < json_count(accounts) && !result; i++)
			result = read_account(w, json_at(accounts, i), err);
		for (size_t i = 0; i < json_count(censuses) && !result; i++)
			result = read_census(w, json_at(censuses, i), err);
	}
	json_free(document);
	buf_finish(&text);
	free(path);
	return result;
}

static void write_time(struct json_writer *w, const char *key, int64_t at_us)
{
	char text[TIME_TEXT_SIZE];
	time_format(at_us, 0, true, text);
	json_cstr(w, key, text);
}

static void write_all(const struct watching *all, struct buf *out)
{
	struct json_writer w;
	json_begin(&w, out);
	json_object(&w, NULL);
	json_int(&w, "schema", 1);
	json_array(&w, "accounts");
	for (size_t i = 0; i < all->account_count; i++) {
		const struct watch *watch = &all->accounts[i].watch;
		if (!watch->known)
			continue;
		json_object(&w, NULL);
		json_cstr(&w, "account", all->accounts[i].name);
		write_time(&w, "from", watch->from_us);
		write_time(&w, "until", watch->seen.at_us);
		json_int(&w, "pause_s", watch->pause_us / SECOND_US);
		if (watch->failing) {
			write_time(&w, "failed", watch->failed_at_us);
			json_cstr(&w, "why", watch->why);
		}
		json_object_end(&w);
	}
	json_array_end(&w);
	json_array(&w, "censuses");
	for (size_t i = 0; i < all->census_count; i++) {
		json_object(&w, NULL);
		json_cstr(&w, "account", all->censuses[i].account);
		json_cstr(&w, "folder", all->censuses[i].folder);
		json_int(&w, "uidvalidity", all->censuses[i].uidvalidity);
		write_time(&w, "at", all->censuses[i].at_us);
		json_object_end(&w);
	}
	json_array_end(&w);
	json_object_end(&w);
	buf_add_char(out, '\n');
}

/* A failure costs precision after a crash and nothing else; a full disk is noticed by the archive.
 */
static void save(struct keeper *k, bool now)
{
	struct watching *w = &k->watching;
	int64_t monotonic_us = clock_monotonic_us();
	if (!w->changed || (!now && w->saved_us && monotonic_us - w->saved_us < SAVE_US))
		return;
	struct buf text = {0};
	char *path = file_join(k->folder, WATCHING_FILE);
	write_all(w, &text);
	if (path && !text.failed &&
		file_write_atomic(path, buf_str(&text), S_IRUSR | S_IWUSR, NULL) == 0)
		w->changed = false;
	w->saved_us = monotonic_us;
	buf_finish(&text);
	free(path);
}

/* One that is new here, or back: then the records tell when it was watched last. */
static int meet(struct keeper *k, struct str name, struct watched_account **out, struct error *err)
{
	int64_t until_us;
	int known = index_watched_until(k->store->index, name, &until_us, err);
	if (known < 0)
		return -1;
	struct watched_account *a = add_account(&k->watching, name);
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
	if (!k->watching.loaded && load(k, err) < 0)
		return -1;
	a = find_account(&k->watching, link->account->name);
	if (!a && meet(k, link->account->name, &a, err) < 0)
		return -1;
	int64_t polls_us = ALLOWED_POLLS * link->account->poll_s * SECOND_US;
	int64_t least_us = allowed_at_least_us(k);
	a->allowed_us = polls_us > least_us ? polls_us : least_us;
	a->begun = instant_now(k);
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
	struct instant now = instant_now(k);
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
	struct instant now = instant_now(k);
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
				census_finish(&w->censuses[c]);
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
	save(k, ending);
	return 0;
}

bool watching_census_due(
	const struct keeper *k, struct str account, struct str folder, uint32_t uidvalidity)
{
	const struct census *c = find_census(&k->watching, account, folder);
	int64_t passed_us = c ? clock_now_us(k->plan->clock) - c->at_us : 0;
	return !c || c->uidvalidity != uidvalidity || passed_us < 0 || passed_us >= CENSUS_US;
}

int watching_census_done(struct keeper *k, struct str account, struct str folder,
	uint32_t uidvalidity, struct error *err)
{
	struct census *c = find_census(&k->watching, account, folder);
	if (!c)
		c = add_census(&k->watching, account, folder);
	if (!c)
		return error_memory(err);
	c->uidvalidity = uidvalidity;
	c->at_us = clock_now_us(k->plan->clock);
	k->watching.changed = true;
	return 0;
}
