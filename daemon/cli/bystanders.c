/* Who else stands in messages that are to be given away. */
#include "app/rulebook.h"
#include "app/store.h"
#include "base/array.h"
#include "base/utf8.h"
#include "config/config.h"
#include "export.h"
#include "output.h"
#include <stdlib.h>
#include <string.h>

struct standing {
	struct str mail;
	uint64_t seq;
};

struct crowd {
	struct invocation *in;
	struct str client; /* the only one that is none; absent: every client of a message */
	struct arena arena;
	struct standing *items;
	size_t count, cap;
};

static bool is_known(const struct crowd *c, struct str mail, const struct strs *clients)
{
	const struct config *config = c->in->book->config;
	if (address_fits(mail, &config->me.addresses))
		return true;
	for (size_t i = 0; i < clients->count; i++) {
		size_t client = rulebook_client(c->in->book, clients->items[i]);
		if (client < config->client_count &&
			address_fits(mail, &config->clients[client].addresses))
			return true;
	}
	return false;
}

/* Everything with an @ in a header that is decoded already. */
static int add_header(
	struct crowd *c, struct str header, const struct indexed_message *m, struct error *err)
{
	const struct strs one = {&c->client, 1};
	static const char between[] = " \t\r\n<>,;:\"()";
	for (size_t at = 0; at < header.len;) {
		size_t start = at, place;
		while (at < header.len && !memchr(between, header.ptr[at], sizeof(between) - 1))
			at++;
		struct str word = str_slice(header, start, at++);
		if (!str_find(word, STR("@"), &place) ||
			is_known(c, word, c->client.ptr ? &one : &m->clients))
			continue;
		if (array_room(&c->items, c->count, &c->cap, sizeof(*c->items)) < 0)
			return error_memory(err);
		c->items[c->count] = (struct standing){arena_str(&c->arena, word), m->seq};
		if (!c->items[c->count++].mail.ptr)
			return error_memory(err);
	}
	return 0;
}

static int add_message(struct crowd *c, uint64_t seq, struct error *err)
{
	struct arena arena = {0};
	struct indexed_message m;
	int result = index_message(c->in->store->index, seq, &arena, &m, err);
	if (result > 0) {
		result = add_header(c, m.facts.from, &m, err);
		if (!result)
			result = add_header(c, m.facts.to, &m, err);
		if (!result)
			result = add_header(c, m.facts.cc, &m, err);
		indexed_message_finish(&m);
	}
	arena_finish(&arena);
	return result;
}

static int by_mail(const void *left, const void *right)
{
	const struct standing *a = left, *b = right;
	int order = str_cmp(a->mail, b->mail);
	return order ? order : (a->seq > b->seq) - (a->seq < b->seq);
}

static void tell(const struct crowd *c)
{
	for (size_t i = 0; i < c->count;) {
		struct buf line = {0};
		char name[EVIDENCE_NAME_SIZE];
		size_t first = i, messages = 1;
		while (++i < c->count && str_eq(c->items[i].mail, c->items[first].mail))
			messages += c->items[i].seq != c->items[i - 1].seq;
		evidence_name(c->items[first].seq, name);
		utf8_add_visible(&line, c->items[first].mail, false);
		fprintf(stderr, "  %s in %zu %s, %s first\n", buf_cstr(&line), messages,
			messages == 1 ? "message" : "messages", name);
		buf_finish(&line);
	}
}

int bystanders_tell(
	struct invocation *in, struct str client, const struct seqs *messages, struct error *err)
{
	struct crowd c = {.in = in, .client = client};
	int result = 0;
	for (size_t i = 0; i < messages->count && !result; i++)
		result = add_message(&c, messages->items[i], err);
	if (!result && c.count) {
		qsort(c.items, c.count, sizeof(*c.items), by_mail);
		fputs("these messages also name, besides me and their client:\n", stderr);
		tell(&c);
	}
	free(c.items);
	arena_finish(&c.arena);
	return result;
}
