/* From octets to a struct message: headers, then bounds, then parts, then clocks. */
#include "address.h"
#include "automatic.h"
#include "base/limits.h"
#include "base/number_words.h"
#include "charset.h"
#include "growing.h"
#include "headers.h"
#include "message/message_parse.h"
#include "parts.h"
#include "received.h"
#include "rewritten.h"
#include "scan.h"
#include "speaker.h"
#include "thread.h"

#include <gmime/gmime.h>
#include <stddef.h>
#include <stdio.h>

#define AUTOMATIC_SHOWN 100 /* of the header that says so */

void message_library_start(void)
{
	g_mime_init();
	charset_start();
}

static int take_addresses(struct message *m, struct str raw, void *place)
{
	return addresses_parse(&m->arena, raw, place);
}

static int take_decoded(struct message *m, struct str raw, void *place)
{
	struct str *text = place;
	struct buf decoded = {0};
	if (text->ptr)
		return 0;
	header_decode(raw, &decoded);
	if (!decoded.failed)
		*text = arena_str(&m->arena, buf_str(&decoded));
	buf_finish(&decoded);
	return text->ptr ? 0 : -1;
}

static int take_id(struct message *m, struct str raw, void *place)
{
	struct str *id = place;
	return id->ptr ? 0 : thread_id(&m->arena, raw, id);
}

static int take_references(struct message *m, struct str raw, void *place)
{
	(void)place;
	return m->reference_count ? 0 : thread_references(&m->arena, raw, m);
}

static int take_date(struct message *m, struct str raw, void *place)
{
	struct clocks *c = place;
	(void)m;
	if (!c->has[CLOCK_DATE])
		c->has[CLOCK_DATE] =
			date_header_parse(raw, &c->at_us[CLOCK_DATE], &c->date_offset_min);
	return 0;
}

static int take_received(struct message *m, struct str raw, void *place)
{
	(void)place;
	if (growing_room(&m->arena, &m->hops, m->hop_count, sizeof(*m->hops)) < 0)
		return -1;
	return received_parse(&m->arena, raw, &m->hops[m->hop_count++]);
}

/* The first of a repeated header counts, but addresses and hops add up. */
static const struct field {
	struct str name;
	int (*take)(struct message *m, struct str raw, void *place);
	size_t place;
} fields[] = {
	{STR("From"), take_addresses, offsetof(struct message, from)},
	{STR("Sender"), take_addresses, offsetof(struct message, sender)},
	{STR("Reply-To"), take_addresses, offsetof(struct message, reply_to)},
	{STR("To"), take_addresses, offsetof(struct message, to)},
	{STR("Cc"), take_addresses, offsetof(struct message, cc)},
	{STR("Bcc"), take_addresses, offsetof(struct message, bcc)},
	{STR("X-Original-From"), take_addresses, offsetof(struct message, original_from)},
	{STR("X-Original-Sender"), take_addresses, offsetof(struct message, original_sender)},
	{STR("Subject"), take_decoded, offsetof(struct message, subject)},
	{STR("Message-ID"), take_id, offsetof(struct message, message_id)},
	{STR("In-Reply-To"), take_id, offsetof(struct message, in_reply_to)},
	{STR("List-Id"), take_id, offsetof(struct message, list_id)},
	{STR("References"), take_references, 0},
	{STR("Date"), take_date, offsetof(struct message, clocks)},
	{STR("Received"), take_received, 0},
};

static int take_automatic(struct message *m, const struct header *h)
{
	struct buf text = {0};
	if (m->automatic.ptr || !header_says_automatic(h))
		return 0;
	buf_add_str(&text, h->name);
	buf_add_cstr(&text, ": ");
	header_decode(str_slice(h->value, 0, AUTOMATIC_SHOWN), &text);
	if (!text.failed)
		m->automatic = arena_str(&m->arena, buf_str(&text));
	buf_finish(&text);
	return m->automatic.ptr ? 0 : -1;
}

static int take_header(struct message *m, const struct header *h)
{
	m->is_signed |= str_eq_nocase(h->name, STR("DKIM-Signature"));
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (str_eq_nocase(h->name, fields[i].name))
			if (fields[i].take(m, h->value, (char *)m + fields[i].place) < 0)
				return -1;
	return take_automatic(m, h);
}

/* What a platform sends for somebody is no machine's, whatever it says of itself. */
static void find_speaker(struct message *m)
{
	const struct address *from = m->from.count == 1 ? &m->from.items[0] : NULL;
	const struct platform *platform = from ? platform_of_mail(from->mail) : NULL;
	if (!platform)
		return;
	m->platform = platform->name;
	if (speaker_of_mail(platform, from, m->subject, &m->speaker))
		m->automatic = (struct str){0};
}

static int read_headers(struct header_reader *reader, struct message *m)
{
	struct header h;
	while (header_next(reader, &h))
		if (take_header(m, &h) < 0)
			return -1;
	struct addresses original = m->original_from;
	const struct traces traces = {
		&original, &m->original_sender, &m->from, &m->reply_to, &m->cc};
	m->original_from = (struct addresses){0};
	find_speaker(m);
	return rewritten_author(&m->arena, &traces, &m->original_from);
}

/* Among more senders than are read the one who wrote it may be missing. */
static void check_senders(struct message *m)
{
	const struct addresses *const lists[] = {
		&m->from, &m->sender, &m->reply_to, &m->original_from};
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		if (m->examined != EXAMINED_YES || lists[i]->count < LIMIT_ADDRESSES)
			continue;
		m->examined = EXAMINED_HEADERS;
		snprintf(m->not_examined, sizeof(m->not_examined),
			"%d senders are read, and there may be more", LIMIT_ADDRESSES);
	}
}

/* What was known before a single octet was looked at. */
static void check_source(const struct raw *raw, struct message *m)
{
	char size[NUMBER_WORDS_SIZE], most[NUMBER_WORDS_SIZE];
	if (raw->state == RAW_POISON) {
		m->examined = EXAMINED_POISON;
		snprintf(m->not_examined, sizeof(m->not_examined), "the server would not give it");
	} else if (raw->state == RAW_TOO_LARGE) {
		m->examined = EXAMINED_TOO_LARGE;
		snprintf(m->not_examined, sizeof(m->not_examined),
			"%s bytes, over the largest that is fetched",
			number_words((size_t)raw->size_bytes, size));
	} else if (raw->octets.len > LIMIT_PARSE) {
		m->examined = EXAMINED_TOO_LARGE;
		snprintf(m->not_examined, sizeof(m->not_examined),
			"%s bytes, at most %s are parsed", number_words(raw->octets.len, size),
			number_words(LIMIT_PARSE, most));
	}
}

static void take_clocks(const struct raw *raw, struct clocks *c, const struct message *m)
{
	/* The topmost line is my own server's; those below were written by others. */
	c->has[CLOCK_RECEIVED] = m->hop_count > 0 && m->hops[0].has_at;
	c->at_us[CLOCK_RECEIVED] = c->has[CLOCK_RECEIVED] ? m->hops[0].at_us : 0;
	c->has[CLOCK_INTERNAL] = raw->has_internal;
	c->at_us[CLOCK_INTERNAL] = raw->internal_at_us;
	c->has[CLOCK_SEEN] = raw->seen_at_us != 0;
	c->at_us[CLOCK_SEEN] = raw->seen_at_us;
	clocks_settle(c);
}

static int read_parts(const struct raw *raw, const struct header_reader *reader, struct message *m)
{
	struct str octets = raw->octets;
	if (reader->count == 0) {
		struct header_reader begin;
		header_reader_init(&begin, octets);
		return parts_read_plain(str_slice(octets, begin.at, octets.len), begin.at, m);
	}
	octets = str_slice(octets, reader->first, octets.len);
	m->examined = scan(octets, m->not_examined);
	return m->examined == EXAMINED_YES ? parts_read(octets, reader->first, m) : 0;
}

int message_parse(const struct raw *raw, struct message *out, struct error *err)
{
	struct message made;
	struct header_reader reader;
	message_init(&made);
	check_source(raw, &made);
	header_reader_init(&reader, raw->octets);
	int result = read_headers(&reader, &made);
	check_senders(&made);
	take_clocks(raw, &made.clocks, &made);
	if (!result && made.examined == EXAMINED_YES)
		result = read_parts(raw, &reader, &made);
	if (result < 0) {
		message_finish(&made);
		return error_memory(err);
	}
	message_finish(out);
	*out = made;
	return 0;
}
