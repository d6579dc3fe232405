/* What `overstep erase` is asked to take: messages, and what the owner supplied himself. */
#include "erase_choose.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "base/array.h"
#include "base/clock.h"
#include "config/config.h"
#include "find.h"
#include "index/index.h"
#include "report_make.h"
#include "which_client.h"
#include <stdlib.h>

/* Which of many: of a client, or, with an absent id, past its time; before a day. */
struct wanted {
	struct str client;
	bool has_before;
	int64_t before; /* days since 1970 */
	int64_t now_us;
};

static const struct client *client_at(const struct invocation *in, struct str id)
{
	return config_client(in->book->config, id);
}

static bool holds(const struct invocation *in, struct str id)
{
	const struct client *c = client_at(in, id);
	return c && c->hold;
}

static bool is_held(const struct invocation *in, const struct indexed_message *m)
{
	for (size_t i = 0; i < m->clients.count; i++)
		if (holds(in, m->clients.items[i]))
			return true;
	return false;
}

static int add(struct choice *c, uint64_t seq, struct error *err)
{
	if (array_room(&c->seqs, c->count, &c->cap, sizeof(*c->seqs)) < 0)
		return error_memory(err);
	c->seqs[c->count++] = seq;
	return 0;
}

static int add_message(struct choice *c, uint64_t seq, struct error *err)
{
	c->going.messages++;
	return add(c, seq, err);
}

static int add_exhibit(
	struct invocation *in, struct choice *c, const struct indexed_exhibit *e, struct error *err)
{
	if (holds(in, e->client)) {
		c->held.exhibits++;
		return 0;
	}
	c->going.exhibits++;
	return add(c, e->seq, err);
}

/* Of every client that it is of? */
static bool is_past_retention(
	const struct invocation *in, const struct strs *clients, int64_t at_us, int64_t now_us)
{
	for (size_t i = 0; i < clients->count; i++) {
		const struct client *c = client_at(in, clients->items[i]);
		if (!c || !c->retention_s || now_us - at_us <= c->retention_s * SECOND_US)
			return false;
	}
	return clients->count > 0;
}

static int choose_number(
	struct invocation *in, const char *word, uint64_t seq, struct choice *c, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	struct indexed_exhibit e;
	int found = index_exhibit(in->store->index, seq, &arena, &e, err);
	int result = found > 0 ? add_exhibit(in, c, &e, err)
		: found < 0    ? -1
			       : find_message(in, word, &arena, &m, err);
	if (!found && !result) {
		if (is_held(in, &m))
			c->held.messages++;
		else
			result = add_message(c, m.seq, err);
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result;
}

static int choose_numbers(struct invocation *in, struct choice *c, struct error *err)
{
	uint64_t *seen = calloc(in->argument_count, sizeof(*seen));
	int result = seen ? 0 : error_memory(err);
	for (size_t i = 0; i < in->argument_count && !result; i++) {
		size_t k = 0;
		result = find_number(in->arguments[i], &seen[i], err);
		while (!result && seen[k] != seen[i])
			k++;
		if (!result && k == i)
			result = choose_number(in, in->arguments[i], seen[i], c, err);
	}
	free(seen);
	return result;
}

static int choose_messages(
	struct invocation *in, const struct wanted *w, struct choice *c, struct error *err)
{
	const struct search_options all = {0};
	struct buf text = {0};
	struct query *q = NULL;
	struct cursor *cursor = NULL;
	const struct indexed_message *m;
	if (w->client.ptr)
		buf_add_format(&text, "client:%.*s", STR_ARG(w->client));
	if (w->has_before)
		buf_add_format(&text, "%snot date:%s..9999-12-31", text.len ? " " : "",
			option(in, "before"));
	int more = find_parse(in, buf_str(&text), &q, err) < 0 ||
			index_search(in->store->index, q, &all, &cursor, err) < 0
		? -1
		: 1;
	while (more > 0 && (more = cursor_next(cursor, &m, err)) > 0) {
		if (!w->client.ptr &&
			!is_past_retention(
				in, &m->clients, m->clocks.at_us[m->clocks.used], w->now_us))
			continue;
		if (is_held(in, m))
			c->held.messages++;
		else if (w->client.ptr && m->clients.count > 1)
			c->shared.messages++;
		else if (add_message(c, m->seq, err) < 0)
			more = -1;
	}
	cursor_close(cursor);
	query_free(q);
	buf_finish(&text);
	return more;
}

static bool is_before(
	const struct invocation *in, const struct wanted *w, const struct indexed_exhibit *e)
{
	int offset_min = report_local_time(in, e->at_us).offset_min;
	return !w->has_before || date_of_instant(e->at_us, offset_min) < w->before;
}

static int choose_exhibits(
	struct invocation *in, const struct wanted *w, struct choice *c, struct error *err)
{
	struct arena arena = {0};
	struct indexed_exhibit *all = NULL;
	size_t count = 0;
	int result = index_exhibits(
		in->store->index, w->client, (struct str){0}, &arena, &all, &count, err);
	for (size_t i = 0; i < count && !result; i++) {
		const struct strs of = {.items = &all[i].client, .count = 1};
		if (is_before(in, w, &all[i]) &&
			(w->client.ptr || is_past_retention(in, &of, all[i].at_us, w->now_us)))
			result = add_exhibit(in, c, &all[i], err);
	}
	arena_finish(&arena);
	return result;
}

static int choose_many(
	struct invocation *in, const char *client, struct choice *c, struct error *err)
{
	struct arena arena = {0};
	struct date day = {0};
	struct wanted w = {.now_us = clock_now_us(NULL)};
	const char *before = option(in, "before");
	int result = 0;
	if (before && !date_parse(str_from(before), &day))
		return error_set(
			err, ERROR_USAGE, "bad day '%s', expected one such as 2026-03-09", before);
	w.has_before = before != NULL;
	w.before = before ? date_to_days(day) : 0;
	if (client)
		result = client_named(in, str_from(client), &arena, &w.client, err);
	if (!result)
		result = choose_messages(in, &w, c, err);
	if (!result)
		result = choose_exhibits(in, &w, c, err);
	arena_finish(&arena);
	return result;
}

static int by_number(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return left < right ? -1 : left > right;
}

int erase_choose(struct invocation *in, struct choice *out, struct error *err)
{
	struct choice c = {0};
	const char *client = option(in, "client");
	bool expired = has_option(in, "expired");
	if ((client != NULL) + expired + (in->argument_count > 0) != 1)
		return error_set(err, ERROR_USAGE,
			"what is to be erased? expected evidence numbers, --client C or --expired");
	int result =
		in->argument_count ? choose_numbers(in, &c, err) : choose_many(in, client, &c, err);
	if (result < 0) {
		choice_finish(&c);
		return -1;
	}
	if (c.count)
		qsort(c.seqs, c.count, sizeof(*c.seqs), by_number);
	*out = c;
	return 0;
}

void choice_finish(struct choice *c)
{
	free(c->seqs);
	*c = (struct choice){0};
}
