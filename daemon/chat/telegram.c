/* Telegram's result.json: of one chat, or of all in a list. */
#include "json_form.h"

#include "chat_text.h"

static const char *const paths[] = {
	"messages[]", "chats.list[].messages[]", "name", "chats.list[].name", NULL};
#define MESSAGE_PATHS 2

static bool has(struct str head, const char *words)
{
	return str_find(head, str_from(words), &(size_t){0});
}

static bool sniff(struct str head)
{
	return has(head, "{") && (has(head, "\"about\"") || has(head, "\"messages\"")) &&
		(has(head, "_chat\"") || has(head, "_group\"") || has(head, "_supergroup\"") ||
			has(head, "_channel\"") || has(head, "\"saved_messages\"") ||
			has(head, "Telegram"));
}

static bool holds(struct str path)
{
	return str_eq(path_name(path), STR("result.json"));
}

static int begin(struct chat_cursor *c)
{
	return json_form_begin(c, paths, MESSAGE_PATHS);
}

/* "text" is a string, or a list of strings and objects with a "text" and a "type". */
static void add_text(const struct json_value *v, bool forwarded, struct chat_text *text)
{
	enum span_kind own = forwarded ? SPAN_FORWARDED : SPAN_NEW;
	chat_text_add(text, json_to_str(v), own);
	for (size_t i = 0; i < json_count(v); i++) {
		const struct json_value *item = json_at(v, i);
		bool quote = str_eq(json_to_str(json_get(item, "type")), STR("blockquote"));
		chat_text_add(text, json_to_str(item), own);
		chat_text_add(text, json_to_str(json_get(item, "text")),
			quote && !forwarded ? SPAN_QUOTED : own);
	}
}

static bool has_media(const struct json_value *v)
{
	static const char *const keys[] = {"photo", "file", "media_type", "sticker_emoji",
		"location_information", "contact_information", "contact_vcard", "poll"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (json_form_has(v, keys[i]))
			return true;
	return false;
}

static bool read_time(
	const struct chat_declared *declared, const struct json_value *v, struct chat_message *m)
{
	struct str exact = json_to_str(json_get(v, "date_unixtime"));
	int64_t at_us;
	if (!exact.ptr)
		return when_iso(declared, json_to_str(json_get(v, "date")), &m->time);
	if (!when_seconds(exact, &at_us))
		return false;
	when_instant(at_us, 0, &m->time);
	return true;
}

static void read_edit(
	const struct chat_declared *declared, const struct json_value *v, struct chat_message *m)
{
	struct str exact = json_to_str(json_get(v, "edited_unixtime"));
	struct str local = json_to_str(json_get(v, "edited"));
	struct chat_time at = {0};
	if (exact.ptr && when_seconds(exact, &m->edited_at_us)) {
		m->edited = m->has_edited_at = true;
	} else if (local.ptr) {
		m->edited = true;
		m->has_edited_at = when_iso(declared, local, &at) && at.state == CHAT_TIME_PLAIN;
		m->edited_at_us = at.at_us;
	}
}

static int read_words(const struct json_value *v, bool service, struct chat_message *m)
{
	struct chat_text text = {0};
	if (service)
		chat_text_add(&text, json_to_str(json_get(v, "action")), SPAN_AUTOMATIC);
	else
		add_text(json_get(v, "text"), json_form_has(v, "forwarded_from"), &text);
	int result = chat_text_move(&text, &m->text);
	chat_text_finish(&text);
	return result;
}

static int fields(
	const struct chat_declared *declared, const struct json_value *v, struct chat_message *m)
{
	if (!read_time(declared, v, m))
		return chat_unread(m, "expected its date as \"date\" or \"date_unixtime\"");
	bool service = str_eq(json_to_str(json_get(v, "type")), STR("service"));
	bool call = service && str_eq(json_to_str(json_get(v, "action")), STR("phone_call"));
	m->kind = call || (!service && has_media(v)) ? CHAT_MEDIA
		: service                            ? CHAT_SYSTEM
						     : CHAT_SAID;
	read_edit(declared, v, m);
	const char *who = service ? "actor" : "from", *id = service ? "actor_id" : "from_id";
	if (chat_set(m, json_to_str(json_get(v, who)), &m->author) < 0 ||
		json_form_id(m, json_get(v, id), &m->author_id) < 0 ||
		json_form_id(m, json_get(v, "id"), &m->id) < 0 ||
		json_form_id(m, json_get(v, "reply_to_message_id"), &m->reply_to) < 0 ||
		chat_set(m, json_to_str(json_get(v, "date")), &m->time.written) < 0)
		return -1;
	return read_words(v, service, m);
}

static int read_message(
	const struct chat_declared *declared, struct str octets, struct chat_message *m)
{
	return json_form_read(declared, octets, fields, m);
}

const struct chat_form chat_telegram = {
	.name = "telegram",
	.sniff = sniff,
	.holds = holds,
	.begin = begin,
	.next = json_form_next,
	.read = read_message,
};
