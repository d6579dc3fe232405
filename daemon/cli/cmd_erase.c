/* overstep erase: messages go with all that is recorded of them; that they went stays. */
#include "app/erase.h"

#include "app/rulebook.h"
#include "app/store.h"
#include "base/array.h"
#include "base/clock.h"
#include "config/config.h"
#include "find.h"
#include "output.h"
#include "which_client.h"
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* What is to go, and what stays though it was asked for. */
struct choice {
	uint64_t *seqs;
	size_t count, cap;
	size_t shared; /* also of a client that was not asked for */
	size_t held;   /* of a client in a dispute */
};

static const struct client *client_at(const struct invocation *in, struct str id)
{
	return config_client(in->book->config, id);
}

static bool is_held(const struct invocation *in, const struct indexed_message *m)
{
	for (size_t i = 0; i < m->clients.count; i++) {
		const struct client *c = client_at(in, m->clients.items[i]);
		if (c && c->hold)
			return true;
	}
	return false;
}

static int add(struct choice *c, uint64_t seq, struct error *err)
{
	if (array_room(&c->seqs, c->count, &c->cap, sizeof(*c->seqs)) < 0)
		return error_memory(err);
	c->seqs[c->count++] = seq;
	return 0;
}

/* Past the retention of every client that it is of? */
static bool is_expired(const struct invocation *in, const struct indexed_message *m, int64_t now_us)
{
	int64_t at_us = m->clocks.at_us[m->clocks.used];
	for (size_t i = 0; i < m->clients.count; i++) {
		const struct client *c = client_at(in, m->clients.items[i]);
		if (!c || !c->retention_s || now_us - at_us <= c->retention_s * SECOND_US)
			return false;
	}
	return m->clients.count > 0;
}

static int choose_one(
	struct invocation *in, const char *word, struct choice *chosen, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	struct indexed_exhibit e;
	uint64_t seq;
	int result = find_number(word, &seq, err);
	int exhibit = result < 0 ? -1 : index_exhibit(in->store->index, seq, &arena, &e, err);
	if (exhibit) {
		const struct client *c = exhibit > 0 ? client_at(in, e.client) : NULL;
		if (c && c->hold)
			chosen->held++;
		else if (exhibit > 0)
			exhibit = add(chosen, seq, err) < 0 ? -1 : 1;
		arena_finish(&arena);
		return exhibit < 0 ? -1 : 0;
	}
	result = find_message(in, word, &arena, &m, err);
	if (!result) {
		if (is_held(in, &m))
			chosen->held++;
		else
			result = add(chosen, m.seq, err);
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result;
}

/* All of a client (id), or with an absent id all that is past its time. */
static int choose_all(struct invocation *in, struct str id, struct choice *c, struct error *err)
{
	const struct search_options all = {0};
	int64_t now_us = clock_now_us(NULL);
	struct buf text = {0};
	struct query *q = NULL;
	struct cursor *cursor = NULL;
	const struct indexed_message *m;
	const char *before = option(in, "before");
	if (id.ptr)
		buf_add_format(&text, "client:%.*s", STR_ARG(id));
	if (before)
		buf_add_format(&text, "%snot date:%s..9999-12-31", text.len ? " " : "", before);
	int more = find_parse(in, buf_str(&text), &q, err) < 0 ||
			index_search(in->store->index, q, &all, &cursor, err) < 0
		? -1
		: 1;
	while (more > 0 && (more = cursor_next(cursor, &m, err)) > 0) {
		if (!id.ptr && !is_expired(in, m, now_us))
			continue;
		if (is_held(in, m))
			c->held++;
		else if (id.ptr && m->clients.count > 1)
			c->shared++;
		else if (add(c, m->seq, err) < 0)
			more = -1;
	}
	cursor_close(cursor);
	query_free(q);
	buf_finish(&text);
	return more;
}

static int choose(struct invocation *in, struct choice *c, struct error *err)
{
	const char *client = option(in, "client");
	bool expired = has_option(in, "expired");
	if ((client != NULL) + expired + (in->argument_count > 0) != 1)
		return error_set(err, ERROR_USAGE,
			"what is to be erased? expected evidence numbers, --client C or --expired");
	if (expired)
		return choose_all(in, (struct str){0}, c, err);
	if (client) {
		struct arena arena = {0};
		struct str id;
		int result = client_named(in, str_from(client), &arena, &id, err);
		if (!result)
			result = choose_all(in, id, c, err);
		arena_finish(&arena);
		return result;
	}
	for (size_t i = 0; i < in->argument_count; i++)
		if (choose_one(in, in->arguments[i], c, err) < 0)
			return -1;
	return 0;
}

static int by_number(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return left < right ? -1 : left > right;
}

static void sort_each_once(struct choice *c)
{
	if (!c->count)
		return;
	qsort(c->seqs, c->count, sizeof(*c->seqs), by_number);
	size_t kept = 1;
	for (size_t i = 1; i < c->count; i++)
		if (c->seqs[i] != c->seqs[kept - 1])
			c->seqs[kept++] = c->seqs[i];
	c->count = kept;
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static int say(struct invocation *in, const struct choice *c, const struct erase_outcome *made,
	bool dry, struct error *err)
{
	if (in->json) {
		struct json_line line;
		struct json_writer *w = json_item(&line);
		json_bool(w, "erased", !dry);
		json_int(w, "messages", (int64_t)c->count);
		json_int(w, "records", (int64_t)made->records);
		json_int(w, "octet_strings", (int64_t)made->octets);
		json_int(w, "held", (int64_t)c->held);
		json_int(w, "shared", (int64_t)c->shared);
		return json_item_end(in, &line, err);
	}
	if (c->held)
		print(in, "%zu message%s of clients on hold stay%s: a dispute is on\n", c->held,
			plural(c->held), c->held == 1 ? "s" : "");
	if (c->shared)
		print(in, "%zu message%s also other clients' stay%s: name them by their numbers\n",
			c->shared, c->shared == 1 ? " is" : "s are", c->shared == 1 ? "s" : "");
	if (dry)
		print(in,
			"%zu message%s would be erased, with %zu record%s in all; nothing is yet: "
			"--yes does it, and it cannot be undone\n",
			c->count, plural(c->count), made->records, plural(made->records));
	else
		print(in,
			"%zu message%s erased, with %zu record%s and %zu octet string%s; their hashes "
			"stay in the log: overstep verify\n",
			c->count, plural(c->count), made->records, plural(made->records),
			made->octets, plural(made->octets));
	return 0;
}

static int run(struct invocation *in, struct error *err)
{
	struct choice c = {0};
	struct erase_outcome made = {0};
	bool dry = !has_option(in, "yes");
	const struct passwd *me = getpwuid(geteuid());
	int result = choose(in, &c, err);
	if (!result && !dry && !option(in, "why"))
		result = error_set(err, ERROR_USAGE,
			"why is it erased? the log will say it: expected --why TEXT");
	sort_each_once(&c);
	if (!result && !c.count && !c.held && !c.shared)
		result = error_set(err, ERROR_NOT_FOUND, "there is nothing to erase");
	const struct erase_plan plan = {
		.seqs = c.seqs,
		.count = c.count,
		.by = str_from(me ? me->pw_name : "unknown"),
		.why = str_from(option(in, "why")),
		.dry = dry || !c.count,
	};
	if (!result)
		result = store_erase(in->store, &plan, &made, err);
	if (!result)
		result = say(in, &c, &made, plan.dry, err);
	free(c.seqs);
	return result;
}

static const struct command_option options[] = {
	{"client", "C", "all messages of this client alone"},
	{"expired", NULL, "all that are past their client's 'retention'"},
	{"before", "DAY", "only what came before that day"},
	{"why", "TEXT", "the reason, which stays in the log"},
	{"yes", NULL, "do it; without, only say what would be"},
	{0},
};

const struct command command_erase = {
	.name = "erase",
	.usage = "ID...|--client C|--expired [--before DAY] [--why TEXT --yes]",
	.summary = "Take messages out of the evidence for good",
	.help = "Words and octets go, with the findings, signatures and marks on them; their salted\n"
		"hashes stay, so that everything else still verifies, and an erasure record says\n"
		"that something was erased, by whom and why, not what. Nothing is erased of a client\n"
		"with 'hold = true'.\n\n"
		"  overstep erase E-000042\n"
		"  overstep erase --expired --why 'three years are over' --yes",
	.needs = NEEDS_WRITE,
	.options = options,
	.most = SIZE_MAX,
	.run = run,
};
