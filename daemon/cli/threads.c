/* Messages that answer each other, and what was agreed with their clients. */
#include "app/store.h"
#include "base/array.h"
#include "export.h"
#include "find.h"
#include <stdlib.h>

/* A message's place among those walked over, and an id that it has or names. */
struct naming {
	struct str id;
	size_t message;
};

struct walk {
	struct arena arena;
	struct naming *namings;
	size_t naming_count, naming_cap;
	uint64_t *seqs; /* by place */
	size_t count, cap;
	size_t *parents; /* by place: a message of the same thread, itself at the root */
};

static int name(struct walk *w, struct str id, struct error *err)
{
	id = str_trim(id);
	if (!id.len)
		return 0;
	if (array_room(&w->namings, w->naming_count, &w->naming_cap, sizeof(*w->namings)) < 0)
		return error_memory(err);
	struct naming *n = &w->namings[w->naming_count];
	*n = (struct naming){arena_str(&w->arena, id), w->count};
	if (!n->id.ptr)
		return error_memory(err);
	w->naming_count++;
	return 0;
}

static int add_message(struct walk *w, const struct indexed_message *m, struct error *err)
{
	struct str rest = m->facts.references, id;
	int result = name(w, m->facts.message_id, err);
	if (!result)
		result = name(w, m->facts.in_reply_to, err);
	while (!result && str_split(&rest, ' ', &id))
		result = name(w, id, err);
	if (!result && array_room(&w->seqs, w->count, &w->cap, sizeof(*w->seqs)) < 0)
		result = error_memory(err);
	if (!result)
		w->seqs[w->count++] = m->seq;
	return result;
}

static int walk_over(struct invocation *in, struct str scope, struct walk *w, struct error *err)
{
	static const struct search_options options = {0};
	const struct indexed_message *m;
	struct query *q = NULL;
	struct cursor *cursor = NULL;
	int more = 0;
	int result = find_parse(in, scope, &q, err);
	if (!result)
		result = index_search(in->store->index, q, &options, &cursor, err);
	while (!result && (more = cursor_next(cursor, &m, err)) > 0)
		result = add_message(w, m, err);
	cursor_close(cursor);
	query_free(q);
	return more < 0 ? -1 : result;
}

static size_t root_of(struct walk *w, size_t at)
{
	while (w->parents[at] != at)
		at = w->parents[at] = w->parents[w->parents[at]];
	return at;
}

static int by_id(const void *left, const void *right)
{
	return str_cmp(((const struct naming *)left)->id, ((const struct naming *)right)->id);
}

/* Messages that have or name the same id are of one thread. */
static int join(struct walk *w, struct error *err)
{
	w->parents = calloc(w->count + 1, sizeof(*w->parents));
	if (!w->parents)
		return error_memory(err);
	for (size_t i = 0; i < w->count; i++)
		w->parents[i] = i;
	if (w->naming_count)
		qsort(w->namings, w->naming_count, sizeof(*w->namings), by_id);
	for (size_t i = 1; i < w->naming_count; i++)
		if (str_eq(w->namings[i - 1].id, w->namings[i].id))
			w->parents[root_of(w, w->namings[i].message)] =
				root_of(w, w->namings[i - 1].message);
	return 0;
}

static int add_threads(struct walk *w, struct seqs *messages, struct error *err)
{
	bool *wanted = calloc(w->count + 1, sizeof(*wanted));
	int result = wanted ? 0 : error_memory(err);
	for (size_t i = 0; i < w->count && !result; i++)
		if (seqs_hold(messages, w->seqs[i]))
			wanted[root_of(w, i)] = true;
	for (size_t i = 0; i < w->count && !result; i++)
		if (wanted[root_of(w, i)])
			result = seqs_add(messages, w->seqs[i], err);
	free(wanted);
	seqs_sort(messages);
	return result;
}

static int add_agreements_of(
	struct invocation *in, struct str client, struct seqs *messages, struct error *err)
{
	struct buf text = {0};
	struct query *q = NULL;
	uint64_t *found = NULL;
	size_t count = 0;
	buf_add_format(&text, "client:\"%.*s\" tag:agreement", STR_ARG(client));
	int result = text.failed ? error_memory(err) : find_parse(in, buf_str(&text), &q, err);
	if (!result)
		result = find_all(in, q, &found, &count, err);
	for (size_t i = 0; i < count && !result; i++)
		result = seqs_add(messages, found[i], err);
	free(found);
	query_free(q);
	buf_finish(&text);
	return result;
}

/* Whose messages they are, each client once. */
static int find_clients(struct invocation *in, const struct seqs *messages, struct arena *arena,
	struct strs *out, struct error *err)
{
	struct strs all;
	if (index_clients(in->store->index, arena, &all, err) < 0)
		return -1;
	bool *seen = arena_array(arena, all.count, sizeof(*seen));
	out->items = arena_array(arena, all.count, sizeof(*out->items));
	int result = seen && out->items ? 0 : error_memory(err);
	for (size_t i = 0; i < messages->count && !result; i++) {
		struct arena own = {0};
		struct indexed_message m;
		int found = index_message(in->store->index, messages->items[i], &own, &m, err);
		for (size_t c = 0; found > 0 && c < all.count; c++)
			for (size_t k = 0; k < m.clients.count && !seen[c]; k++)
				if (str_eq(all.items[c], m.clients.items[k])) {
					seen[c] = true;
					out->items[out->count++] = all.items[c];
				}
		if (found > 0)
			indexed_message_finish(&m);
		arena_finish(&own);
		result = found < 0 ? -1 : 0;
	}
	return result;
}

static int add_agreements(
	struct invocation *in, struct str client, struct seqs *messages, struct error *err)
{
	struct arena arena = {0};
	struct strs clients = {0};
	int result = 0;
	if (client.ptr)
		clients = (struct strs){&client, 1};
	else
		result = find_clients(in, messages, &arena, &clients, err);
	for (size_t i = 0; i < clients.count && !result; i++)
		result = add_agreements_of(in, clients.items[i], messages, err);
	seqs_sort(messages);
	arena_finish(&arena);
	return result;
}

int threads_follow(struct invocation *in, struct str scope, struct str client,
	struct seqs *messages, struct error *err)
{
	struct walk w = {0};
	int result = walk_over(in, scope, &w, err);
	if (!result)
		result = join(&w, err);
	if (!result)
		result = add_threads(&w, messages, err);
	if (!result)
		result = add_agreements(in, client, messages, err);
	free(w.namings);
	free(w.seqs);
	free(w.parents);
	arena_finish(&w.arena);
	return result;
}
