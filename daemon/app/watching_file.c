/* What is known of how accounts are watched, kept in a file from one run to the next. */
#include "app/store.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "keeper_state.h"
#include <stdlib.h>
#include <sys/stat.h>

#define SAVE_US MINUTE_US

void watching_census_finish(struct census *c)
{
	free(c->account);
	free(c->folder);
}

struct watched_account *watching_add_account(struct watching *w, struct str name)
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

struct census *watching_add_census(struct watching *w, struct str account, struct str folder)
{
	if (array_room(&w->censuses, w->census_count, &w->census_cap, sizeof(*w->censuses)) < 0)
		return NULL;
	struct census *c = &w->censuses[w->census_count];
	*c = (struct census){.account = str_dup(account), .folder = str_dup(folder)};
	if (!c->account || !c->folder) {
		watching_census_finish(c);
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
	int64_t pause_s = json_to_int(json_get(v, "pause_s"), 0);
	watch.pause_us = pause_s > 0 && pause_s < DAY_US ? pause_s * SECOND_US : 0;
	if (read_time(v, "failed", &watch.failed_at_us))
		watch_failed(&watch, watch.failed_at_us, json_to_str(json_get(v, "why")));
	struct watched_account *a = watching_add_account(w, json_to_str(json_get(v, "account")));
	if (!a)
		return error_memory(err);
	a->watch = watch;
	return 0;
}

static int read_census(struct watching *w, const struct json_value *v, struct error *err)
{
	int64_t at_us, number = json_to_int(json_get(v, "uidvalidity"), 0);
	if (!read_time(v, "at", &at_us) || number < 0 || number > UINT32_MAX)
		return 0;
	struct census *c = watching_add_census(
		w, json_to_str(json_get(v, "account")), json_to_str(json_get(v, "folder")));
	if (!c)
		return error_memory(err);
	c->uidvalidity = (uint32_t)number;
	c->at_us = at_us;
	return 0;
}

int watching_load(struct keeper *k, struct error *err)
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

void watching_save(struct keeper *k, bool now)
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
