/* Whose mail is it? A scan of the header block alone, before MIME. */
#include "address.h"
#include "base/limits.h"
#include "headers.h"
#include "message/message_parse.h"
#include "rewritten.h"

void parties_init(struct parties *p)
{
	*p = (struct parties){0};
}

void parties_finish(struct parties *p)
{
	if (!p)
		return;
	arena_finish(&p->arena);
	parties_init(p);
}

/* The address fields, told apart by what they mean here. */
struct people {
	struct addresses from, sender, reply_to, original;
	struct addresses others;
};

static struct addresses *place_of(struct people *people, struct str name)
{
	if (str_eq_nocase(name, STR("From")))
		return &people->from;
	if (str_eq_nocase(name, STR("Sender")))
		return &people->sender;
	if (str_eq_nocase(name, STR("Reply-To")))
		return &people->reply_to;
	if (str_eq_nocase(name, STR("X-Original-From")))
		return &people->original;
	return &people->others;
}

static int add_all(struct arena *a, struct addresses *list, const struct addresses *more)
{
	for (size_t i = 0; i < more->count; i++)
		if (addresses_add(a, list, more->items[i]) < 0)
			return -1;
	return 0;
}

/* Authors first; a Reply-To that is no author's is somebody else's. */
static int sort_people(struct parties *p, const struct people *people)
{
	struct arena *a = &p->arena;
	if (rewritten_author(a, &people->original, &people->from, &people->reply_to, &p->from) < 0)
		return -1;
	p->author_count = p->from.count;
	if (add_all(a, &p->from, &people->from) < 0)
		return -1;
	if (p->author_count == 0)
		p->author_count = p->from.count;
	if (add_all(a, &p->from, &people->sender) < 0)
		return -1;
	if (p->author_count == 0)
		p->author_count = p->from.count;
	p->others = people->others;
	return add_all(a, &p->others, &people->reply_to);
}

int parties_scan(struct str octets, struct parties *out, struct error *err)
{
	struct parties made = {0};
	struct people people = {0};
	struct header_reader reader;
	struct header h;
	header_reader_init(&reader, octets);
	while (header_next(&reader, &h)) {
		if (!header_has_addresses(h.name))
			continue;
		if (addresses_parse(&made.arena, h.value, place_of(&people, h.name)) < 0)
			goto memory;
	}
	if (sort_people(&made, &people) < 0)
		goto memory;
	parties_finish(out);
	*out = made;
	return 0;
memory:
	arena_finish(&made.arena);
	return error_memory(err);
}

static bool any_fits(const struct addresses *list, size_t count, const struct strs *patterns)
{
	for (size_t i = 0; i < count; i++)
		if (list->items[i].mail.ptr && address_fits(list->items[i].mail, patterns))
			return true;
	return false;
}

/* The first client among the senders, in the order in which they stand. */
static size_t sending_client(const struct parties *p, const struct client *clients, size_t count)
{
	for (size_t i = 0; i < p->from.count; i++) {
		const struct addresses one = {&p->from.items[i], 1};
		for (size_t c = 0; c < count; c++)
			if (any_fits(&one, 1, &clients[c].addresses))
				return c;
	}
	return count;
}

void parties_involve(const struct parties *p, const struct me *me, const struct client *clients,
	size_t client_count, struct involvement *out)
{
	size_t first = client_count;
	for (size_t c = 0; c < client_count; c++) {
		const struct strs *patterns = &clients[c].addresses;
		out->members[c] = any_fits(&p->from, p->from.count, patterns) ||
			any_fits(&p->others, p->others.count, patterns);
		if (out->members[c] && first == client_count)
			first = c;
	}
	out->any = first < client_count;
	out->direction =
		any_fits(&p->from, p->author_count, &me->addresses) ? DIRECTION_OUT : DIRECTION_IN;
	size_t sender = out->direction == DIRECTION_IN ? sending_client(p, clients, client_count)
						       : client_count;
	out->client = sender < client_count ? sender : out->any ? first : 0;
}
