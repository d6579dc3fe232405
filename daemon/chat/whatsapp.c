/* WhatsApp's text export: lines with a head begin a message, all others go on with the last one. */
#include "format.h"

#include "chat_text.h"
#include "whatsapp_head.h"
#include "whatsapp_words.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MOST 256 /* bytes; the program lets people have 25 characters */

static bool sniff(struct str head)
{
	struct str line;
	struct whatsapp_head ignored;
	while (str_line(&head, &line))
		if (whatsapp_trim(line).len)
			return whatsapp_head_read(line, &ignored);
	return false;
}

static bool holds(struct str path)
{
	struct str name = path_name(path);
	return str_eq(name, STR("_chat.txt")) ||
		(str_find(name, STR("WhatsApp"), &(size_t){0}) && str_ends(name, STR(".txt")));
}

/* "WhatsApp Chat with Jane D..txt": all of the name, for the words before it are of any language.
 */
static struct str conversation(struct str path)
{
	struct str name = path_name(path), folder = path_folder(path);
	if (str_eq(name, STR("_chat.txt")))
		return folder;
	return str_ends(name, STR(".txt")) ? str_slice(name, 0, name.len - 4) : name;
}

/* Can a head begin with this octet? Most lines are told by it. */
static bool may_begin(char c)
{
	return (c >= '0' && c <= '9') || c == '[' || c == '\xE2' || c == '\xEF';
}

/* Where the line at `at` ends, behind its LF. */
static size_t line_end(struct str octets, size_t at)
{
	const char *end = memchr(octets.ptr + at, '\n', octets.len - at);
	return end ? (size_t)(end - octets.ptr) + 1 : octets.len;
}

/* Is there the head of a message at `at`, in the form that all others of the file have? */
static bool head_at(struct chat_cursor *c, size_t at, struct whatsapp_head *head)
{
	if (!may_begin(c->octets.ptr[at]) ||
		!whatsapp_head_read(str_slice(c->octets, at, line_end(c->octets, at)), head))
		return false;
	if (!c->style.separator)
		c->style = head->style;
	if (whatsapp_style_same(&c->style, &head->style))
		return true;
	c->other_style++;
	return false;
}

static int next(struct chat_cursor *c, struct chat_slice *out)
{
	struct whatsapp_head head;
	size_t start = c->at, at = start;
	if (start == c->octets.len)
		return 0;
	bool begins = head_at(c, start, &head);
	do {
		at = line_end(c->octets, at);
	} while (at < c->octets.len && !head_at(c, at, &head));
	*out = (struct chat_slice){
		start, at, begins ? NULL : "expected a date and a time before the first message"};
	c->at = at;
	if (!begins && !whatsapp_trim(str_slice(c->octets, start, at)).len)
		return next(c, out);
	return 1;
}

/* Does `open` stand in it without `close` behind it? */
static bool left_open(struct str s, struct str open, struct str close)
{
	size_t at;
	while (str_find(s, open, &at)) {
		s = str_slice(s, at + open.len, s.len);
		if (!str_find(s, close, &at))
			return true;
		s = str_slice(s, at + close.len, s.len);
	}
	return false;
}

/* Quotation marks that are not closed: the ": " stands within what a group was renamed to. */
static bool within_quotes(struct str name)
{
	static const struct {
		struct str open, close;
	} marks[] = {{STR("\""), STR("\"")}, {STR("“"), STR("”")}, {STR("«"), STR("»")},
		{STR("„"), STR("“")}};
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (left_open(name, marks[i].open, marks[i].close))
			return true;
	return false;
}

/* Takes "Jane D.: " off what stands behind the head. false: a line of the program's own. */
static bool take_author(struct str *rest, struct str *author)
{
	struct str behind = *rest, line;
	if (!str_line(&behind, &line))
		return false;
	for (size_t at = 0, found; str_find(str_slice(line, at, line.len), STR(":"), &found);
		at += found + 1) {
		size_t colon = at + found;
		if (colon > NAME_MOST)
			return false;
		if (colon + 1 < line.len && line.ptr[colon + 1] != ' ')
			continue;
		*author = whatsapp_trim(str_slice(line, 0, colon));
		if (!author->len || within_quotes(*author))
			return false;
		*rest = str_slice(*rest, colon + 1, rest->len);
		return true;
	}
	return false;
}

/* One message's lines: what the program added, what is quoted, and the sender's own. */
static void add_lines(struct chat_message *m, struct str lines, struct chat_text *text)
{
	struct str line;
	for (bool first = true; str_line(&lines, &line); first = false) {
		bool edited;
		size_t tail = whatsapp_words_tail(line, &edited);
		if (!first)
			chat_text_next_line(text);
		chat_text_add_lines(text, str_slice(line, 0, tail), false);
		chat_text_add(text, str_slice(line, tail, line.len), SPAN_AUTOMATIC);
		m->edited |= edited;
		if (tail < line.len && !edited)
			m->kind = CHAT_MEDIA;
	}
}

static int read_words(struct chat_message *m, struct str words)
{
	struct chat_text text = {0};
	if (m->kind == CHAT_SAID)
		m->kind = whatsapp_words_kind(words);
	if (m->kind == CHAT_SAID)
		add_lines(m, words, &text);
	else
		chat_text_add(&text, whatsapp_trim(words), SPAN_AUTOMATIC);
	int result = chat_text_move(&text, &m->text);
	chat_text_finish(&text);
	return result;
}

/* A year of four digits in front leaves no choice, nor does a date that fits one order alone. */
static enum chat_order order_of(
	const struct chat_declared *declared, const struct whatsapp_head *head)
{
	unsigned orders = whatsapp_head_orders(head);
	if (head->digits[0] == 4)
		return CHAT_YMD;
	for (unsigned o = CHAT_DMY; !declared->order && o <= CHAT_YMD; o++)
		if (orders == 1u << o)
			return (enum chat_order)o;
	return declared->order;
}

static int refuse_date(
	struct chat_message *m, const struct whatsapp_head *head, enum chat_order order)
{
	if (order)
		return chat_unread(m, "the date of '%.*s' does not fit %s", STR_ARG(head->written),
			chat_order_name(order));
	return chat_unread(m, "the date of '%.*s' can be read in two ways", STR_ARG(head->written));
}

static int read_message(
	const struct chat_declared *declared, struct str octets, struct chat_message *m)
{
	struct whatsapp_head head;
	if (!whatsapp_head_read(str_slice(octets, 0, octets.len ? line_end(octets, 0) : 0), &head))
		return chat_unread(m, "no date and time stand before it");
	enum chat_order order = order_of(declared, &head);
	if (!whatsapp_head_date(&head, order, &head.time.date))
		return refuse_date(m, &head, order);
	when_local(declared, &head.time, &m->time);
	struct str rest = str_slice(octets, head.len, octets.len), author;
	m->kind = take_author(&rest, &author) ? CHAT_SAID : CHAT_SYSTEM;
	if (chat_set(m, head.written, &m->time.written) < 0 ||
		(m->kind == CHAT_SAID && chat_set(m, author, &m->author) < 0))
		return -1;
	return read_words(m, str_trim(rest));
}

const struct chat_form chat_whatsapp = {
	.name = "whatsapp",
	.sniff = sniff,
	.holds = holds,
	.conversation = conversation,
	.next = next,
	.read = read_message,
};
