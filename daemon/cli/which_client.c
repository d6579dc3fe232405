/* Which client a word of the command line means. */
#include "which_client.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "config/config.h"
#include "index/index.h"
#include <stdlib.h>

/* Everybody whom a word may mean. */
struct clients {
	const struct config *config; /* NULL: none */
	struct str *ids;
	size_t count;
};

int client_list(struct invocation *in, struct arena *arena, struct str **out, size_t *count,
	struct error *err)
{
	const struct config *config = in->book->config;
	size_t configured = config ? config->client_count : 0, n = 0;
	struct strs archived = {0};
	if (in->store && index_clients(in->store->index, arena, &archived, err) < 0)
		return -1;
	struct str *ids = calloc(configured + archived.count + 1, sizeof(*ids));
	if (!ids)
		return error_memory(err);
	for (; n < configured; n++)
		ids[n] = config->clients[n].id;
	for (size_t i = 0; i < archived.count; i++)
		if (!config || !config_client(config, archived.items[i]))
			ids[n++] = archived.items[i];
	*out = ids;
	*count = n;
	return 0;
}

static struct str name_of(const struct clients *all, struct str id)
{
	const struct client *c = all->config ? config_client(all->config, id) : NULL;
	return c ? c->name : id;
}

static bool is_id(const struct clients *all, struct str id, struct str word)
{
	(void)all;
	return str_eq(id, word);
}

static bool is_id_in_any_case(const struct clients *all, struct str id, struct str word)
{
	(void)all;
	return str_eq_nocase(id, word);
}

static bool is_name(const struct clients *all, struct str id, struct str word)
{
	return str_eq_nocase(name_of(all, id), word);
}

/* 1 and *id, 0 when it fits none, -1 when it fits two. */
static int choose(const struct clients *all, struct str word, struct str *id, struct error *err)
{
	static bool (*const fits[])(const struct clients *, struct str, struct str) = {
		is_id, is_id_in_any_case, is_name};
	for (size_t k = 0; k < sizeof(fits) / sizeof(fits[0]); k++) {
		size_t found = 0;
		for (size_t i = 0; i < all->count; i++) {
			if (!fits[k](all, all->ids[i], word))
				continue;
			if (found++)
				return error_set(err, ERROR_USAGE,
					"two clients are called '%.*s', expected '%.*s' or '%.*s'",
					STR_ARG(word), STR_ARG(*id), STR_ARG(all->ids[i]));
			*id = all->ids[i];
		}
		if (found)
			return 1;
	}
	return 0;
}

/* The id or the name that was meant; NULL when none is near. */
static const char *guess(const struct clients *all, struct str word, struct arena *arena)
{
	const char **names = arena_array(arena, 2 * all->count + 1, sizeof(*names));
	char *lower = arena_cstr(arena, word);
	if (!names || !lower)
		return NULL;
	for (char *c = lower; *c; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c | 0x20 : *c);
	for (size_t i = 0; i < all->count; i++) {
		names[i] = arena_cstr(arena, all->ids[i]);
		names[all->count + i] = arena_cstr(arena, name_of(all, all->ids[i]));
		if (!names[i] || !names[all->count + i])
			return NULL;
	}
	const char *near = did_you_mean(str_from(lower), names, all->count);
	return near ? near : did_you_mean(word, names + all->count, all->count);
}

int client_named(struct invocation *in, struct str word, struct arena *arena, struct str *id,
	struct error *err)
{
	struct clients all = {.config = in->book->config};
	struct str found = {0};
	if (client_list(in, arena, &all.ids, &all.count, err) < 0)
		return -1;
	int result = choose(&all, word, &found, err);
	const char *near = result ? NULL : guess(&all, word, arena);
	if (result > 0) {
		*id = arena_str(arena, found);
		result = id->ptr ? 0 : error_memory(err);
	} else if (!result && near) {
		result = error_set(err, ERROR_USAGE, "no client '%.*s' (did you mean '%s'?)",
			STR_ARG(word), near);
	} else if (!result) {
		result = error_set(err, ERROR_USAGE, "no client '%.*s', see 'overstep clients'",
			STR_ARG(word));
	}
	free(all.ids);
	return result;
}
