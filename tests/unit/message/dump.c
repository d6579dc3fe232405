/* Writes a message field by field, leaving out what is absent. */
#include "dump.h"

#include "base/clock.h"

void addresses_dump(const struct addresses *list, struct buf *out)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct address *a = &list->items[i];
		buf_add_cstr(out, i ? ", " : "");
		buf_add_str(out, a->name);
		buf_add_cstr(out, a->name.ptr && a->mail.ptr ? " " : "");
		if (a->mail.ptr)
			buf_add_format(out, "<%.*s>", STR_ARG(a->mail));
	}
}

static void line(struct buf *out, const char *label, struct str value)
{
	if (value.ptr)
		buf_add_format(out, "%s: %.*s\n", label, STR_ARG(value));
}

static void people(struct buf *out, const char *label, const struct addresses *list)
{
	if (list->count == 0)
		return;
	buf_add_format(out, "%s: ", label);
	addresses_dump(list, out);
	buf_add_char(out, '\n');
}

static void instant(struct buf *out, const char *label, int64_t at_us, int offset_min)
{
	char text[TIME_TEXT_SIZE];
	time_format(at_us, offset_min, false, text);
	buf_add_format(out, "%s%s", label, text);
}

static void dump_clocks(const struct message *m, struct buf *out)
{
	const struct clocks *c = &m->clocks;
	for (int kind = 0; kind < 4; kind++) {
		if (!c->has[kind])
			continue;
		buf_add_format(out, "%s: ", clock_kind_name((enum clock_kind)kind));
		instant(out, "", c->at_us[kind], kind == CLOCK_DATE ? c->date_offset_min : 0);
		buf_add_char(out, '\n');
	}
	buf_add_format(out, "clock: %s, %s\n", clock_kind_name(c->used),
		c->agreed ? "agreed" : "not agreed");
	for (size_t i = 0; i < m->hop_count; i++) {
		const struct hop *h = &m->hops[i];
		buf_add_format(out, "hop: from '%.*s' by '%.*s'", STR_ARG(h->from), STR_ARG(h->by));
		if (h->has_at)
			instant(out, " at ", h->at_us, 0);
		buf_add_char(out, '\n');
	}
}

static size_t line_of(struct str octets, size_t at)
{
	size_t number = 1;
	for (size_t i = 0; i < at && i < octets.len; i++)
		number += octets.ptr[i] == '\n';
	return number;
}

static void dump_content(struct str content, struct buf *out)
{
	struct str rest = content, text;
	while (str_line(&rest, &text))
		buf_add_format(out, "  | %.*s\n", STR_ARG(text));
}

static void dump_part(const struct part *p, struct str octets, struct buf *out)
{
	buf_add_format(out, "part %.*s depth %d", STR_ARG(p->type), p->depth);
	if (p->raw_end > p->raw_start)
		buf_add_format(out, " lines %zu-%zu", line_of(octets, p->raw_start),
			line_of(octets, p->raw_end - 1));
	if (p->charset.ptr)
		buf_add_format(out, " charset %.*s", STR_ARG(p->charset));
	if (p->filename.ptr)
		buf_add_format(out, " named '%.*s'", STR_ARG(p->filename));
	buf_add_cstr(out, p->attachment ? " attachment" : "");
	buf_add_cstr(out, p->flowed ? " flowed" : "");
	buf_add_cstr(out, p->delsp ? " delsp" : "");
	buf_add_cstr(out, p->forwarded ? " forwarded" : "");
	buf_add_cstr(out, p->alternative ? " alternative" : "");
	buf_add_char(out, '\n');
	dump_content(p->content, out);
}

void message_dump(const struct message *m, struct str octets, struct buf *out)
{
	buf_add_format(out, "examined: %s", examined_name(m->examined));
	buf_add_format(out, "%s%s\n", m->not_examined[0] ? ", " : "", m->not_examined);
	line(out, "subject", m->subject);
	people(out, "from", &m->from);
	people(out, "sender", &m->sender);
	people(out, "reply-to", &m->reply_to);
	people(out, "original from", &m->original_from);
	people(out, "to", &m->to);
	people(out, "cc", &m->cc);
	people(out, "bcc", &m->bcc);
	line(out, "message-id", m->message_id);
	line(out, "in-reply-to", m->in_reply_to);
	for (size_t i = 0; i < m->reference_count; i++)
		line(out, "reference", m->references[i]);
	line(out, "list", m->list_id);
	line(out, "platform", m->platform);
	line(out, "speaker", m->speaker);
	line(out, "automatic", m->automatic);
	dump_clocks(m, out);
	for (size_t i = 0; i < m->part_count; i++)
		dump_part(&m->parts[i], octets, out);
}
