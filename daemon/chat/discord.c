/* Discord, as DiscordChatExporter writes a channel in JSON. */
#include "json_form.h"

#include "chat_text.h"

static const char *const paths[] = {"messages[]", "channel.name", NULL};
#define MESSAGE_PATHS 1

static bool sniff(struct str head)
{
	return str_find(head, STR("{"), &(size_t){0}) &&
		str_find(head, STR("\"guild\""), &(size_t){0}) &&
		str_find(head, STR("\"channel\""), &(size_t){0});
}

static bool holds(struct str path)
{
	return str_ends(path, STR(".json"));
}

static int begin(struct chat_cursor *c)
{
	return json_form_begin(c, paths, MESSAGE_PATHS);
}

/* What people do; all other types are the program's own lines. */
static const struct {
	struct str type;
	enum chat_kind kind;
	bool automatic;
} types[] = {
	{STR("Default"), CHAT_SAID, false},
	{STR("Reply"), CHAT_SAID, false},
	{STR("ThreadStarterMessage"), CHAT_SAID, false},
	{STR("Call"), CHAT_MEDIA, false},
	{STR("ChatInputCommand"), CHAT_SAID, true},
	{STR("ContextMenuCommand"), CHAT_SAID, true},
};

static void find_kind(const struct json_value *v, struct chat_message *m)
{
	struct str type = json_to_str(json_get(v, "type"));
	m->kind = CHAT_SYSTEM;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_eq(type, types[i].type)) {
			m->kind = types[i].kind;
			m->automatic = types[i].automatic;
		}
	if (m->kind == CHAT_SAID &&
		(json_form_has(v, "attachments") || json_form_has(v, "stickers")))
		m->kind = CHAT_MEDIA;
	m->automatic |= json_to_bool(json_get(json_get(v, "author"), "isBot"), false);
}

static int read_words(const struct json_value *v, struct chat_message *m)
{
	struct chat_text text = {0};
	struct str content = json_to_str(json_get(v, "content"));
	const struct json_value *forwarded = json_get(v, "forwardedMessage");
	bool call = str_eq(json_to_str(json_get(v, "type")), STR("Call"));
	if (m->kind == CHAT_SYSTEM || call)
		chat_text_add(&text, content, SPAN_AUTOMATIC);
	else
		chat_text_add_lines(&text, content, false);
	chat_text_new_line(&text);
	chat_text_add(&text, json_to_str(json_get(forwarded, "content")), SPAN_FORWARDED);
	int result = chat_text_move(&text, &m->text);
	chat_text_finish(&text);
	return result;
}

static int fields(
	const struct chat_declared *declared, const struct json_value *v, struct chat_message *m)
{
	struct str timestamp = json_to_str(json_get(v, "timestamp"));
	struct str edited = json_to_str(json_get(v, "timestampEdited"));
	const struct json_value *author = json_get(v, "author");
	struct chat_time edited_at = {0};
	if (!when_iso(declared, timestamp, &m->time))
		return chat_unread(m, "expected its date as \"timestamp\"");
	find_kind(v, m);
	m->edited = edited.ptr != NULL;
	m->has_edited_at =
		when_iso(declared, edited, &edited_at) && edited_at.state == CHAT_TIME_PLAIN;
	m->edited_at_us = edited_at.at_us;
	if (chat_set(m, json_to_str(json_get(author, "name")), &m->author) < 0 ||
		json_form_id(m, json_get(author, "id"), &m->author_id) < 0 ||
		json_form_id(m, json_get(v, "id"), &m->id) < 0 ||
		json_form_id(m, json_get(json_get(v, "reference"), "messageId"), &m->reply_to) <
			0 ||
		chat_set(m, timestamp, &m->time.written) < 0)
		return -1;
	return read_words(v, m);
}

static int read_message(
	const struct chat_declared *declared, struct str octets, struct chat_message *m)
{
	return json_form_read(declared, octets, fields, m);
}

const struct chat_form chat_discord = {
	.name = "discord",
	.sniff = sniff,
	.holds = holds,
	.begin = begin,
	.next = json_form_next,
	.read = read_message,
};
