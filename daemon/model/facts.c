/* What a message's octets tell about it, taken from the parsed message and its text. */
#include "model/facts.h"

void facts_init(struct facts *f)
{
	*f = (struct facts){0};
}

void facts_finish(struct facts *f)
{
	if (!f)
		return;
	text_finish(&f->text);
	arena_finish(&f->arena);
	*f = (struct facts){0};
}

/* A copy that stays absent when the original is. */
static bool keep(struct arena *arena, struct str s, struct str *out)
{
	*out = s.ptr ? arena_str(arena, s) : s;
	return !s.ptr || out->ptr;
}

/* A display name needs quotes where its characters would end it (RFC 5322, 3.2.4). */
static void add_display_name(struct buf *out, struct str name)
{
	bool quoted = false;
	for (size_t i = 0; i < name.len; i++) {
		static const struct str specials = {"()<>[]:;@\\,\"", 12};
		size_t at;
		quoted = quoted || str_find(specials, (struct str){name.ptr + i, 1}, &at);
	}
	if (!quoted) {
		buf_add_str(out, name);
		return;
	}
	buf_add_char(out, '"');
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '"' || name.ptr[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, name.ptr[i]);
	}
	buf_add_char(out, '"');
}

/* "Jane Doe <jane@acme.example>, bob@acme.example"; absent when there is nobody. */
static bool keep_addresses(struct arena *arena, const struct addresses *people, struct str *out)
{
	struct buf line = {0};
	*out = (struct str){NULL, 0};
	if (people->count == 0)
		return true;
	for (size_t i = 0; i < people->count; i++) {
		const struct address *person = &people->items[i];
		if (i > 0)
			buf_add_cstr(&line, ", ");
		if (person->name.len > 0) {
			add_display_name(&line, person->name);
			buf_add_cstr(&line, " <");
		}
		buf_add_str(&line, person->mail);
		if (person->name.len > 0)
			buf_add_char(&line, '>');
	}
	bool kept = !line.failed && keep(arena, buf_str(&line), out);
	buf_finish(&line);
	return kept;
}

/* Behind the closing quotation mark of the name that begins with one. */
static size_t quoted_end(struct str people)
{
	size_t at = 1;
	while (at < people.len && people.ptr[at] != '"')
		at += people.ptr[at] == '\\' ? 2 : 1;
	return at < people.len ? at + 1 : people.len;
}

bool facts_next_person(struct str *people, struct str *name, struct str *mail)
{
	struct str rest = str_trim(*people), passed;
	size_t at = str_starts(rest, STR("\"")) ? quoted_end(rest) : 0;
	if (!rest.len)
		return false;
	/* a name that has one of these is in quotes */
	while (at < rest.len && rest.ptr[at] != '<' && rest.ptr[at] != ',')
		at++;
	*name = (struct str){0};
	if (at < rest.len && rest.ptr[at] == '<') {
		*name = str_trim(str_slice(rest, 0, at));
		if (str_starts(*name, STR("\"")))
			*name = str_slice(*name, 1, name->len - 1);
		rest = str_slice(rest, at + 1, rest.len);
		if (!str_find(rest, STR(">"), &at))
			at = rest.len;
	}
	*mail = str_slice(rest, 0, at);
	*people = str_slice(rest, at, rest.len);
	str_split(people, ',', &passed);
	return true;
}

static bool keep_references(struct arena *arena, const struct message *m, struct str *out)
{
	struct buf line = {0};
	*out = (struct str){NULL, 0};
	if (m->reference_count == 0)
		return true;
	for (size_t i = 0; i < m->reference_count; i++) {
		if (i > 0)
			buf_add_char(&line, ' ');
		buf_add_str(&line, m->references[i]);
	}
	bool kept = !line.failed && keep(arena, buf_str(&line), out);
	buf_finish(&line);
	return kept;
}

static bool keep_attachments(const struct message *m, struct facts *f)
{
	f->attachments = arena_array(&f->arena, m->part_count, sizeof(*f->attachments));
	if (!f->attachments)
		return false;
	for (size_t i = 0; i < m->part_count; i++) {
		const struct part *part = &m->parts[i];
		if (!part->attachment)
			continue;
		struct attachment *attachment = &f->attachments[f->attachment_count++];
		attachment->size_bytes = part->raw_end - part->raw_start;
		if (!keep(&f->arena, part->filename, &attachment->name) ||
			!keep(&f->arena, part->type, &attachment->type))
			return false;
	}
	return true;
}

static bool keep_examined(const struct message *m, const struct text *text, struct facts *f)
{
	struct str why = str_from(m->not_examined);
	f->examined = m->examined;
	if (f->examined == EXAMINED_YES && text->cut) {
		f->examined = EXAMINED_TEXT_CUT;
		why = STR("the text is longer than what is read, its rest was not looked at");
	}
	if (f->examined == EXAMINED_YES && text->not_read.ptr) {
		f->examined = EXAMINED_STRUCTURE;
		why = text->not_read;
	}
	return f->examined == EXAMINED_YES || why.len == 0 ||
		keep(&f->arena, why, &f->not_examined);
}

int facts_from(struct message *m, struct text *text, struct facts *out, struct error *err)
{
	struct facts f = {0};
	struct arena *arena = &f.arena;
	if (!keep_examined(m, text, &f) || !keep_addresses(arena, &m->from, &f.from) ||
		!keep_addresses(arena, &m->to, &f.to) || !keep_addresses(arena, &m->cc, &f.cc) ||
		!keep(arena, m->subject, &f.subject) ||
		!keep(arena, m->message_id, &f.message_id) ||
		!keep(arena, m->in_reply_to, &f.in_reply_to) ||
		!keep_references(arena, m, &f.references) ||
		!keep(arena, m->automatic, &f.automatic) || !keep_attachments(m, &f)) {
		facts_finish(&f);
		return error_memory(err);
	}
	f.is_signed = m->is_signed;
	f.text = *text;
	text_init(text);
	*out = f;
	return 0;
}
