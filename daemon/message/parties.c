/* Whose mail is it? A scan of the header block alone, before MIME. */
#include "address.h"
#include "base/limits.h"
#include "headers.h"
#include "message/message_parse.h"
#include "rewritten.h"
#include "speaker.h"

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
	struct addresses from, sender, reply_to, original, original_sender, cc;
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
	if (str_eq_nocase(name, STR("X-Original-Sender")))
		return &people->original_sender;
	if (str_eq_nocase(name, STR("Cc")))
		return &people->cc;
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
	const struct traces traces = {&people->original, &people->original_sender, &people->from,
		&people->reply_to, &people->cc};
	if (rewritten_author(a, &traces, &p->from) < 0)
		return -1;
	p->original_count = p->from.count;
	if (add_all(a, &p->from, &people->from) < 0)
		return -1;
	p->author_count = p->from.count;
	if (add_all(a, &p->from, &people->sender) < 0)
		return -1;
	if (p->author_count == 0)
		p->author_count = p->from.count;
	p->others = people->others;
	return add_all(a, &p->others, &people->cc) < 0 ||
			add_all(a, &p->others, &people->reply_to) < 0
		? -1
		: 0;
}

/* A platform's mail speaks for one of its users. */
static int find_speaker(struct parties *p, const struct people *people, struct str raw_subject)
{
	struct buf subject = {0};
	if (people->from.count != 1)
		return 0;
	const struct address *from = &people->from.items[0];
	p->platform = platform_of_mail(from->mail);
	if (!p->platform)
		return 0;
	header_decode(raw_subject, &subject);
	struct str text = arena_str(&p->arena, buf_str(&subject));
	bool full = subject.failed || !text.ptr;
	buf_finish(&subject);
	if (full)
		return -1;
	if (speaker_of_mail(p->platform, from, text, &p->speaker))
		return 0;
	p->told = arena_format(&p->arena, "%.*s %.*s", STR_ARG(from->name), STR_ARG(text));
	return p->told.ptr ? 0 : -1;
}

/* Bounds were reached, the first of them at `at`. */
static void note_unread(struct parties *p, struct str octets, size_t at)
{
	struct str unread = str_slice(octets, at, LIMIT_HEADER_BLOCK);
	if (!p->cut || unread.len > p->unread.len)
		p->unread = unread;
	p->cut = true;
}

int parties_scan(struct str octets, struct parties *out, struct error *err)
{
	struct parties made = {0};
	struct people people = {0};
	struct header_reader reader;
	struct header h;
	struct str subject = {0};
	header_reader_init(&reader, octets);
	while (header_next(&reader, &h)) {
		if (!subject.ptr && str_eq_nocase(h.name, STR("Subject")))
			subject = h.value;
		if (!header_has_addresses(h.name))
			continue;
		struct addresses *place = place_of(&people, h.name);
		if (addresses_parse(&made.arena, h.value, place) < 0)
			goto memory;
		if (place->count >= LIMIT_ADDRESSES)
			note_unread(&made, octets, (size_t)(h.value.ptr - octets.ptr));
	}
	if (reader.cut)
		note_unread(&made, octets, reader.at);
	if (sort_people(&made, &people) < 0 || find_speaker(&made, &people, subject) < 0)
		goto memory;
	parties_finish(out);
	*out = made;
	return 0;
memory:
	arena_finish(&made.arena);
	return error_memory(err);
}

/* Does one of items [start, end) fit? */
static bool any_fits(
	const struct addresses *list, size_t start, size_t end, const struct strs *patterns)
{
	for (size_t i = start; i < end; i++)
		if (list->items[i].mail.ptr && address_fits(list->items[i].mail, patterns))
			return true;
	return false;
}

/* The first client among senders [start, end), in the order in which they stand; count for none. */
static size_t sending_client(const struct parties *p, size_t start, size_t end,
	const struct client *clients, size_t count)
{
	for (size_t i = start; i < end; i++)
		for (size_t c = 0; c < count; c++)
			if (any_fits(&p->from, i, i + 1, &clients[c].addresses))
				return c;
	return count;
}

/* A rewritten From speaks for the original author; but a client's own address in From cannot hand
   its words to me by claiming that I am that author. */
static bool written_by_me(const struct parties *p, const struct me *me,
	const struct client *clients, size_t client_count)
{
	if (p->original_count == 0)
		return any_fits(&p->from, 0, p->author_count, &me->addresses);
	return any_fits(&p->from, 0, p->original_count, &me->addresses) &&
		sending_client(p, p->original_count, p->author_count, clients, client_count) ==
		client_count;
}

/* Does a platform speak for that client? */
static bool speaks(const struct parties *p, const struct client *client)
{
	return p->platform && p->speaker.ptr &&
		platform_fits(&client->platform, p->platform, p->speaker);
}

static bool is_named(const struct parties *p, const struct client *client)
{
	return p->platform && !p->speaker.ptr &&
		platform_named(&client->platform, p->platform, p->told);
}

/* "Jane D. via Upwork" among those it goes to. */
static bool is_written_to(const struct parties *p, const struct client *client)
{
	for (size_t i = 0; client->platform.count && i < p->others.count; i++) {
		const struct address *to = &p->others.items[i];
		const struct platform *platform = platform_of_mail(to->mail);
		struct str name;
		if (platform && speaker_of_address(platform, to, &name) &&
			platform_fits(&client->platform, platform, name))
			return true;
	}
	return false;
}

/* The client for whom a platform speaks; count for none. */
static size_t spoken_for(const struct parties *p, const struct client *clients, size_t count)
{
	size_t c = 0;
	while (c < count && !speaks(p, &clients[c]))
		c++;
	return c;
}

void parties_involve(const struct parties *p, const struct me *me, const struct client *clients,
	size_t client_count, struct involvement *out)
{
	size_t first = client_count, sender = client_count;
	for (size_t c = 0; c < client_count; c++) {
		const struct strs *patterns = &clients[c].addresses;
		out->members[c] = any_fits(&p->from, 0, p->from.count, patterns) ||
			any_fits(&p->others, 0, p->others.count, patterns) ||
			speaks(p, &clients[c]) || is_named(p, &clients[c]) ||
			is_written_to(p, &clients[c]) ||
			(p->cut && address_named(p->unread, patterns));
		if (out->members[c] && first == client_count)
			first = c;
	}
	out->any = first < client_count;
	out->direction = DIRECTION_OUT;
	if (!written_by_me(p, me, clients, client_count)) {
		out->direction = DIRECTION_IN;
		sender = sending_client(p, 0, p->from.count, clients, client_count);
		if (sender == client_count)
			sender = spoken_for(p, clients, client_count);
	}
	out->by_client = sender < client_count;
	out->client = sender < client_count ? sender : out->any ? first : 0;
}
