/* Messenger, as Facebook gives it in a download of one's information. */
#include "json_form.h"

#include "base/utf8.h"
#include "chat_text.h"

static const char *const paths[] = {"messages[]", NULL};
#define MESSAGE_PATHS 1
/* it stands behind the messages */
static const char *const title_path[] = {"title", NULL};

static bool sniff(struct str head)
{
	return str_find(head, STR("{"), &(size_t){0}) &&
		str_find(head, STR("\"participants\""), &(size_t){0}) &&
		str_find(head, STR("\"messages\""), &(size_t){0});
}

static bool holds(struct str path)
{
	struct str name = path_name(path);
	return str_starts(name, STR("message_")) && str_ends(name, STR(".json"));
}

/* The program writes each octet of its UTF-8 as a character of its own: "\u00c3\u00a9" is é. */
static void as_meant(struct str written, struct buf *out)
{
	struct buf octets = {0};
	for (size_t at = 0; at < written.len;) {
		int32_t c = utf8_next(written, &at);
		if (c > 0xFF) {
			octets.failed = true;
			break;
		}
		buf_add_char(&octets, (char)c);
	}
	bool meant = !octets.failed && utf8_valid(buf_str(&octets));
	buf_add_str(out, meant ? buf_str(&octets) : written);
	buf_finish(&octets);
}

static int set_meant(struct chat_message *m, struct str written, struct str *out)
{
	struct buf meant = {0};
	as_meant(written, &meant);
	int result = meant.failed ? -1 : chat_set(m, buf_str(&meant), out);
	buf_finish(&meant);
	return result;
}

static int begin(struct chat_cursor *c)
{
	struct json_piece title;
	const char *why;
	struct buf meant = {0};
	json_split_begin(&c->split, c->octets, title_path);
	int result = json_split_next(&c->split, &title, &why) > 0
		? json_form_name(c, str_slice(c->octets, title.start, title.end))
		: 0;
	as_meant(buf_str(&c->conversation), &meant);
	buf_clear(&c->conversation);
	buf_add_str(&c->conversation, buf_str(&meant));
	buf_finish(&meant);
	return result < 0 || c->conversation.failed ? -1 : json_form_begin(c, paths, MESSAGE_PATHS);
}

static bool is_call(const struct json_value *v)
{
	return json_get(v, "call_duration") ||
		str_eq(json_to_str(json_get(v, "type")), STR("Call"));
}

static enum chat_kind kind_of(const struct json_value *v)
{
	static const char *const media[] = {
		"photos", "videos", "audio_files", "files", "gifs", "sticker"};
	struct str type = json_to_str(json_get(v, "type"));
	if (json_to_bool(json_get(v, "is_unsent"), false) ||
		json_to_bool(json_get(v, "is_taken_down"), false))
		return CHAT_DELETED;
	if (str_eq(type, STR("Subscribe")) || str_eq(type, STR("Unsubscribe")))
		return CHAT_SYSTEM;
	if (is_call(v))
		return CHAT_MEDIA;
	for (size_t i = 0; i < sizeof(media) / sizeof(media[0]); i++)
		if (json_form_has(v, media[i]))
			return CHAT_MEDIA;
	return CHAT_SAID;
}

static int read_words(const struct json_value *v, struct chat_message *m)
{
	struct chat_text text = {0};
	struct buf content = {0}, shared = {0};
	as_meant(json_to_str(json_get(v, "content")), &content);
	as_meant(json_to_str(json_get(json_get(v, "share"), "share_text")), &shared);
	bool own = m->kind != CHAT_SYSTEM && m->kind != CHAT_DELETED && !is_call(v);
	chat_text_add(&text, buf_str(&content), own ? SPAN_NEW : SPAN_AUTOMATIC);
	chat_text_new_line(&text);
	chat_text_add(&text, buf_str(&shared), SPAN_FORWARDED);
	int result = content.failed || shared.failed ? -1 : chat_text_move(&text, &m->text);
	chat_text_finish(&text);
	buf_finish(&content);
	buf_finish(&shared);
	return result;
}

static int fields(
	const struct chat_declared *declared, const struct json_value *v, struct chat_message *m)
{
	(void)declared;
	int64_t at_us, ms = json_to_int(json_get(v, "timestamp_ms"), -1);
	if (!when_milliseconds(ms, &at_us))
		return chat_unread(m, "expected its date as \"timestamp_ms\"");
	when_instant(at_us, 0, &m->time);
	m->kind = kind_of(v);
	m->time.written = arena_format(&m->arena, "%lld", (long long)ms);
	if (!m->time.written.ptr ||
		set_meant(m, json_to_str(json_get(v, "sender_name")), &m->author) < 0)
		return -1;
	return read_words(v, m);
}

static int read_message(
	const struct chat_declared *declared, struct str octets, struct chat_message *m)
{
	return json_form_read(declared, octets, fields, m);
}

const struct chat_form chat_messenger = {
	.name = "messenger",
	.sniff = sniff,
	.holds = holds,
	.begin = begin,
	.next = json_form_next,
	.read = read_message,
};
