/* Slack's export: a folder for each channel, in it a file for each day. */
#include "json_form.h"

#include "chat_text.h"

static const char *const paths[] = {"[]", NULL};
#define MESSAGE_PATHS 1

static bool sniff(struct str head)
{
	struct str rest = str_trim(head);
	return str_starts(rest, STR("[")) && str_find(rest, STR("\"ts\""), &(size_t){0}) &&
		str_find(rest, STR("\"type\""), &(size_t){0});
}

/* "general/2026-01-10.json" */
static bool holds(struct str path)
{
	struct str name = path_name(path);
	struct date day;
	return str_ends(name, STR(".json")) && date_parse(str_slice(name, 0, name.len - 5), &day);
}

static bool lists_people(struct str path)
{
	return str_eq(path_name(path), STR("users.json"));
}

static int begin(struct chat_cursor *c)
{
	return json_form_begin(c, paths, MESSAGE_PATHS);
}

/* What people write; without a subtype it is that too. All others are the program's lines. */
static const struct {
	struct str subtype;
	enum chat_kind kind;
	bool automatic;
} subtypes[] = {
	{STR("thread_broadcast"), CHAT_SAID, false},
	{STR("me_message"), CHAT_SAID, false},
	{STR("file_share"), CHAT_MEDIA, false},
	{STR("file_comment"), CHAT_SAID, false},
	{STR("bot_message"), CHAT_SAID, true},
	{STR("tombstone"), CHAT_DELETED, false},
};

static void find_kind(const struct json_value *v, struct chat_message *m)
{
	struct str subtype = json_to_str(json_get(v, "subtype"));
	m->kind = subtype.len ? CHAT_SYSTEM : CHAT_SAID;
	for (size_t i = 0; i < sizeof(subtypes) / sizeof(subtypes[0]); i++)
		if (str_eq(subtype, subtypes[i].subtype)) {
			m->kind = subtypes[i].kind;
			m->automatic = subtypes[i].automatic;
		}
	m->automatic |= json_form_has(v, "bot_id");
	if (m->kind == CHAT_SAID && json_form_has(v, "files"))
		m->kind = CHAT_MEDIA;
}

/* What stands between < and >: "@U024BE7LH|jane" -> "@jane", "#C0|general" -> "#general",
   "https://x.example|our page" -> "our page", "!here" -> "@here". */
static void add_reference(struct str inside, struct buf *out)
{
	struct str target = inside, label = inside;
	str_split(&label, '|', &target);
	bool person = str_starts(target, STR("@")), channel = str_starts(target, STR("#"));
	if (str_starts(target, STR("!"))) {
		buf_add_char(out, '@');
		target = str_slice(target, 1, target.len);
	}
	if (label.len && (person || channel))
		buf_add_char(out, target.ptr[0]);
	buf_add_str(out, label.len ? label : target);
}

/* How much of the front is a mark of Slack's, which is added as a reader sees it; 0: none. */
static size_t add_mark(struct str rest, struct buf *out)
{
	static const struct {
		struct str entity;
		char c;
	} entities[] = {{STR("&lt;"), '<'}, {STR("&gt;"), '>'}, {STR("&amp;"), '&'}};
	size_t end = rest.ptr[0] == '<' ? 1 : rest.len;
	while (end < rest.len && rest.ptr[end] != '<' && rest.ptr[end] != '>')
		end++;
	if (end < rest.len && rest.ptr[end] == '>') {
		add_reference(str_slice(rest, 1, end), out);
		return end + 1;
	}
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (str_starts(rest, entities[i].entity)) {
			buf_add_char(out, entities[i].c);
			return entities[i].entity.len;
		}
	return 0;
}

/* Slack's marks as a reader sees them. */
static void add_shown(struct str written, struct buf *out)
{
	for (size_t at = 0; at < written.len;) {
		struct str rest = str_slice(written, at, written.len);
		size_t taken = add_mark(rest, out);
		if (!taken)
			buf_add_char(out, written.ptr[at]);
		at += taken ? taken : 1;
	}
}

/* Messages of others that are shown below. */
static void add_shared(const struct json_value *v, struct chat_text *text, struct buf *shown)
{
	const struct json_value *list = json_get(v, "attachments");
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json_value *item = json_at(list, i);
		if (!json_to_bool(json_get(item, "is_share"), false) &&
			!json_to_bool(json_get(item, "is_msg_unfurl"), false))
			continue;
		buf_clear(shown);
		add_shown(json_to_str(json_get(item, "text")), shown);
		chat_text_new_line(text);
		chat_text_add(text, buf_str(shown), SPAN_FORWARDED);
	}
}

static int read_words(const struct json_value *v, struct chat_message *m)
{
	struct chat_text text = {0};
	struct buf shown = {0};
	add_shown(json_to_str(json_get(v, "text")), &shown);
	if (m->kind == CHAT_SYSTEM || m->kind == CHAT_DELETED)
		chat_text_add(&text, buf_str(&shown), SPAN_AUTOMATIC);
	else
		chat_text_add_lines(&text, buf_str(&shown), true);
	add_shared(v, &text, &shown);
	int result = shown.failed ? -1 : chat_text_move(&text, &m->text);
	chat_text_finish(&text);
	buf_finish(&shown);
	return result;
}

static int read_author(const struct json_value *v, struct chat_message *m)
{
	const struct json_value *profile = json_get(v, "user_profile");
	struct str names[] = {json_to_str(json_get(profile, "display_name")),
		json_to_str(json_get(profile, "real_name")), json_to_str(json_get(v, "username"))};
	for (size_t i = 0; i < 3; i++)
		if (names[i].len && !m->author.ptr && chat_set(m, names[i], &m->author) < 0)
			return -1;
	return json_form_id(
		m, json_get(v, json_form_has(v, "user") ? "user" : "bot_id"), &m->author_id);
}

static int fields(
	const struct chat_declared *declared, const struct json_value *v, struct chat_message *m)
{
	(void)declared;
	struct str ts = json_to_str(json_get(v, "ts"));
	struct str thread = json_to_str(json_get(v, "thread_ts"));
	const struct json_value *edited = json_get(v, "edited");
	int64_t at_us;
	if (!when_seconds(ts, &at_us))
		return chat_unread(m, "expected its date as \"ts\"");
	when_instant(at_us, 0, &m->time);
	find_kind(v, m);
	m->edited = edited && !json_is_null(edited);
	m->has_edited_at = when_seconds(json_to_str(json_get(edited, "ts")), &m->edited_at_us);
	if (str_eq(thread, ts))
		thread = (struct str){0};
	if (read_author(v, m) < 0 || chat_set(m, ts, &m->id) < 0 ||
		chat_set(m, ts, &m->time.written) < 0 || chat_set(m, thread, &m->reply_to) < 0)
		return -1;
	return read_words(v, m);
}

static int read_message(
	const struct chat_declared *declared, struct str octets, struct chat_message *m)
{
	return json_form_read(declared, octets, fields, m);
}

const struct chat_form chat_slack = {
	.name = "slack",
	.sniff = sniff,
	.holds = holds,
	.conversation = path_folder,
	.begin = begin,
	.next = json_form_next,
	.read = read_message,
	.lists_people = lists_people,
};
