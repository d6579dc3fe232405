/* SMS Backup & Restore's XML: an element for each text message, with parts for each MMS. */
#include "format.h"

#include "chat_text.h"
#include "element.h"

static bool sniff(struct str head)
{
	return str_find(head, STR("<smses"), &(size_t){0});
}

static bool holds(struct str path)
{
	return str_ends(path, STR(".xml"));
}

static int next(struct chat_cursor *c, struct chat_slice *out)
{
	struct element e;
	int found;
	while ((found = element_next(c->octets, &c->at, &e)) > 0) {
		bool mms = str_eq(e.name, STR("mms"));
		if (!mms && !str_eq(e.name, STR("sms")))
			continue;
		size_t end = e.empty ? e.end : element_end(c->octets, c->at, e.name);
		*out = (struct chat_slice){
			e.start, end ? end : c->octets.len, end ? NULL : "the file ends within it"};
		c->at = out->end;
		return 1;
	}
	if (found == 0)
		return 0;
	*out = (struct chat_slice){e.start, e.end, "the file ends within it"};
	c->at = e.end;
	return 1;
}

/* The value as it is meant; absent when there is none or it is "null", as the program writes it. */
static int set_value(
	struct chat_message *m, const struct element *e, const char *name, struct str *out)
{
	struct str written;
	struct buf value = {0};
	*out = (struct str){0};
	if (!element_attribute(e, str_from(name), &written) || str_eq(written, STR("null")))
		return 0;
	element_add_value(written, &value);
	int result = value.failed ? -1 : chat_set(m, buf_str(&value), out);
	buf_finish(&value);
	return result;
}

static void add_value(struct str written, struct chat_text *text)
{
	struct buf value = {0};
	if (!str_eq(written, STR("null")))
		element_add_value(written, &value);
	text->failed |= value.failed;
	chat_text_new_line(text);
	chat_text_add(text, buf_str(&value), SPAN_NEW);
	buf_finish(&value);
}

/* Parts of an MMS: words, pictures, and a description of how to show them, which is neither. */
static void add_parts(struct str octets, size_t at, struct chat_message *m, struct chat_text *text)
{
	struct element e;
	struct str type, words;
	while (element_next(octets, &at, &e) > 0) {
		if (!str_eq(e.name, STR("part")) || !element_attribute(&e, STR("ct"), &type) ||
			str_eq(type, STR("application/smil")))
			continue;
		if (!str_eq(type, STR("text/plain")))
			m->kind = CHAT_MEDIA;
		else if (element_attribute(&e, STR("text"), &words))
			add_value(words, text);
	}
}

static int read_words(struct str octets, const struct element *e, struct chat_message *m)
{
	struct chat_text text = {0};
	struct str body;
	if (element_attribute(e, STR("body"), &body))
		add_value(body, &text);
	add_parts(octets, e->end, m, &text);
	int result = chat_text_move(&text, &m->text);
	chat_text_finish(&text);
	return result;
}

/* 1 was received, 2 was sent; others are drafts and what could not be sent. 0: neither. */
static int box_of(const struct element *e)
{
	struct str box;
	uint64_t number;
	if (!element_attribute(
		    e, str_eq(e->name, STR("mms")) ? STR("msg_box") : STR("type"), &box) ||
		!str_to_u64(box, 2, &number))
		return 0;
	return (int)number;
}

static int read_message(
	const struct chat_declared *declared, struct str octets, struct chat_message *m)
{
	(void)declared;
	struct element e;
	struct str date, name;
	size_t at = 0;
	uint64_t ms;
	int64_t at_us;
	if (element_next(octets, &at, &e) <= 0 ||
		(e.empty ? e.end : element_end(octets, e.end, e.name)) != octets.len)
		return chat_unread(m, "expected <sms .../> or <mms ...> ... </mms>");
	if (!element_attribute(&e, STR("date"), &date) || !str_to_u64(date, INT64_MAX, &ms) ||
		!when_milliseconds((int64_t)ms, &at_us))
		return chat_unread(m, "expected its date as milliseconds in date=\"...\"");
	int box = box_of(&e);
	if (!box)
		return chat_unread(m, "neither received nor sent");
	when_instant(at_us, 0, &m->time);
	m->kind = CHAT_SAID;
	m->outgoing = box == 2;
	if (chat_set(m, date, &m->time.written) < 0 ||
		set_value(m, &e, "contact_name", &name) < 0 ||
		set_value(m, &e, "address", &m->author_id) < 0)
		return -1;
	bool known = name.len && !str_eq(name, STR("(Unknown)"));
	m->author = known ? name : m->author_id;
	m->conversation = m->author;
	if (m->outgoing)
		m->author = m->author_id = (struct str){0};
	return read_words(octets, &e, m);
}

const struct chat_form chat_sms = {
	.name = "sms",
	.sniff = sniff,
	.holds = holds,
	.next = next,
	.read = read_message,
};
