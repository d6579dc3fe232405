/* Reads a message of a chat export from its octets and what its place says of the export. */
#include "app/chat_reading.h"

#include "base/utf8.h"
#include "chat/chat.h"
#include "message/message_parse.h"
#include <stdio.h>

bool chat_reading_is(const struct raw *raw)
{
	enum chat_format format;
	return chat_format_parse(raw->place.file.format, &format);
}

/* Its time is not asked for: that was told when it was imported, and stands in the record. A locale
   that nobody knows leaves the date of WhatsApp unread, which is said. */
static int read_again(const struct raw *raw, struct chat_message *out, struct error *err)
{
	enum chat_format format;
	struct chat_declared declared = {0};
	struct str locale = raw->place.file.locale;
	if (!chat_format_parse(raw->place.file.format, &format))
		return error_set(err, ERROR_INPUT, "'%.*s' is no form of chat",
			STR_ARG(raw->place.file.format));
	if (locale.len && chat_order_parse(locale, &declared.order, NULL) < 0)
		declared.order = CHAT_ORDER_UNKNOWN;
	return chat_read(format, &declared, raw->octets, out, err);
}

size_t chat_writer(struct str name, struct str id, bool outgoing, const struct me *me,
	const struct client *clients, size_t client_count)
{
	if (outgoing || person_fits(name, &me->names) || person_fits(id, &me->names))
		return client_count;
	for (size_t i = 0; i < client_count; i++)
		if (person_fits(name, &clients[i].names) || person_fits(id, &clients[i].names))
			return i;
	return SIZE_MAX;
}

void chat_clocks(const struct chat_message *m, int64_t seen_at_us, struct clocks *out)
{
	bool has = m->time.state != CHAT_TIME_NONE;
	*out = (struct clocks){
		.date_offset_min = m->time.offset_min,
		.used = has ? CLOCK_DATE : CLOCK_SEEN,
		.agreed = m->time.state == CHAT_TIME_PLAIN,
	};
	out->has[CLOCK_SEEN] = true;
	out->at_us[CLOCK_SEEN] = seen_at_us;
	out->has[CLOCK_DATE] = has;
	out->at_us[CLOCK_DATE] = m->time.at_us;
}

/* What only the export's list of people knew, the place has kept. */
static struct str author_of(const struct raw *raw, const struct chat_message *m)
{
	return raw->place.file.author.ptr ? raw->place.file.author : m->author;
}

int chat_involve(const struct raw *raw, const struct me *me, const struct client *clients,
	size_t client_count, struct involvement *out, struct error *err)
{
	struct chat_message m;
	chat_message_init(&m);
	if (read_again(raw, &m, err) < 0)
		return -1;
	size_t writer =
		chat_writer(author_of(raw, &m), m.author_id, m.outgoing, me, clients, client_count);
	out->any = out->by_client = writer < client_count;
	out->direction = writer == client_count ? DIRECTION_OUT : DIRECTION_IN;
	out->client = out->any ? writer : 0;
	for (size_t i = 0; i < client_count; i++)
		out->members[i] = i == writer;
	chat_message_finish(&m);
	return 0;
}

int chat_facts(const struct raw *raw, struct facts *out, struct error *err)
{
	struct chat_message m;
	struct message as_mail;
	chat_message_init(&m);
	message_init(&as_mail);
	if (read_again(raw, &m, err) < 0)
		return -1;
	struct address author = {.name = author_of(raw, &m), .mail = m.author_id};
	if (!author.mail.ptr) {
		author.mail = author.name;
		author.name = (struct str){0};
	}
	as_mail.from = (struct addresses){&author, author.mail.ptr != NULL};
	if (m.automatic || m.kind == CHAT_SYSTEM)
		as_mail.automatic =
			str_from(m.automatic ? "written by a bot" : "written by the chat program");
	if (m.kind == CHAT_UNREAD) {
		as_mail.examined = EXAMINED_STRUCTURE;
		snprintf(as_mail.not_examined, sizeof(as_mail.not_examined), "%.*s",
			(int)utf8_cut(m.why, sizeof(as_mail.not_examined) - 1), m.why.ptr);
	}
	int result = facts_from(&as_mail, &m.text, out, err);
	if (!result) {
		out->seconds_unknown = m.kind != CHAT_UNREAD && !m.time.seconds_known;
		out->deleted = m.kind == CHAT_DELETED;
	}
	chat_message_finish(&m);
	return result;
}
