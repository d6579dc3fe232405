/* Walks the tree that GMime builds and lists its leaves. */
#include "parts.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "body_range.h"
#include "choice.h"
#include "growing.h"
#include "part_kind.h"
#include "part_text.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

struct walk {
	struct message *m;
	struct str octets; /* of the whole stream */
	size_t base;       /* where it begins in the message */
	struct enclosing enclosing;
	bool failed;
	bool over;          /* a bound was reached */
	bool wrapped;       /* there is a winmail.dat, in which Outlook hides text and files */
	const char *unread; /* why somebody's words could not be read */
};

/* What is around a part. */
struct around {
	int depth;
	bool forwarded;
	bool related;
};

static void refuse(struct walk *w, const char *what, int limit, const char *unit)
{
	w->over = true;
	w->m->examined = EXAMINED_STRUCTURE;
	snprintf(w->m->not_examined, sizeof(w->m->not_examined), "%s more than %d %s", what, limit,
		unit);
}

static struct str keep(struct walk *w, const char *text)
{
	struct buf repaired = {0};
	struct str kept = {0};
	if (!text)
		return kept;
	utf8_repair(str_from(text), &repaired);
	if (!repaired.failed)
		kept = arena_str(&w->m->arena, buf_str(&repaired));
	buf_finish(&repaired);
	w->failed = w->failed || !kept.ptr;
	return kept;
}

static struct part *part_new(struct walk *w, struct around around)
{
	struct message *m = w->m;
	if (m->part_count == LIMIT_PARTS) {
		refuse(w, "it has", LIMIT_PARTS, "parts");
		return NULL;
	}
	if (growing_room(&m->arena, &m->parts, m->part_count, sizeof(*m->parts)) < 0) {
		w->failed = true;
		return NULL;
	}
	struct part *p = &m->parts[m->part_count++];
	*p = (struct part){.depth = around.depth, .forwarded = around.forwarded};
	return p;
}

/* RFC 2045, 5.2: what cannot be read as a type is plain text; GMime takes it for a file. */
static bool type_is_nonsense(GMimeObject *object)
{
	const char *value = g_mime_object_get_header(object, "Content-Type");
	return value && !memchr(value, '/', strcspn(value, ";"));
}

static void set_type(struct walk *w, struct part *p, GMimeObject *object)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	char *text =
		type && !type_is_nonsense(object) ? g_mime_content_type_get_mime_type(type) : NULL;
	char *lower = text ? g_ascii_strdown(text, -1) : NULL;
	p->type = lower ? keep(w, lower) : STR("text/plain");
	g_free(lower);
	g_free(text);
}

static bool parameter_is(GMimeContentType *type, const char *name, const char *value)
{
	const char *found = g_mime_content_type_get_parameter(type, name);
	return found && str_eq_nocase(str_from(found), str_from(value));
}

static void set_text_parameters(struct walk *w, struct part *p, GMimeContentType *type)
{
	p->charset = keep(w, g_mime_content_type_get_parameter(type, "charset"));
	if (!str_eq(p->type, STR("text/plain")))
		return;
	p->flowed = parameter_is(type, "format", "flowed");
	p->delsp = p->flowed && parameter_is(type, "delsp", "yes");
}

static enum disposition disposition_of(GMimeObject *object)
{
	const char *text = g_mime_object_get_disposition(object);
	struct str value = str_trim(str_from(text));
	if (str_eq_nocase(value, STR("attachment")))
		return DISPOSITION_ATTACHMENT;
	return str_eq_nocase(value, STR("inline")) ? DISPOSITION_INLINE : DISPOSITION_NONE;
}

static void set_range(const struct walk *w, struct part *p, struct str body)
{
	p->raw_start = w->base + (size_t)(body.ptr - w->octets.ptr);
	p->raw_end = p->raw_start + body.len;
}

/* The body's range in the octets; GMime keeps it as the bounds of the part's stream. */
static struct str body_of(struct walk *w, GMimePart *part, struct part *p)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
	if (!stream || stream->bound_start < 0 || stream->bound_end < stream->bound_start)
		return (struct str){0};
	struct str body =
		str_slice(w->octets, (size_t)stream->bound_start, (size_t)stream->bound_end);
	set_range(w, p, body);
	return body;
}

static enum transfer transfer_of(GMimePart *part)
{
	switch (g_mime_part_get_content_encoding(part)) {
	case GMIME_CONTENT_ENCODING_BASE64:
		return TRANSFER_BASE64;
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
		return TRANSFER_QUOTED_PRINTABLE;
	default:
		return TRANSFER_NONE;
	}
}

static void decode(struct walk *w, struct str body, enum transfer transfer, struct part *p)
{
	if (part_text_decode(&w->m->arena, body, transfer, p) < 0)
		w->failed = true;
	else if (!p->forwarded && !p->attachment &&
		str_starts(str_trim(p->content), STR("-----BEGIN PGP MESSAGE-----")))
		w->unread = "encrypted (OpenPGP): its text cannot be read";
}

static void visit_leaf(struct walk *w, GMimePart *leaf, struct around around)
{
	GMimeContentType *type = g_mime_object_get_content_type((GMimeObject *)leaf);
	struct part *p = part_new(w, around);
	if (!p)
		return;
	set_type(w, p, (GMimeObject *)leaf);
	p->filename = keep(w, g_mime_part_get_filename(leaf));
	p->attachment = part_is_attachment(p, disposition_of((GMimeObject *)leaf), around.related);
	const char *unread = part_unread(
		p->type, type ? g_mime_content_type_get_parameter(type, "smime-type") : NULL);
	if (unread && !p->forwarded)
		w->unread = unread;
	w->wrapped = w->wrapped || (!p->forwarded && part_is_wrapping(p));
	struct str body = body_of(w, leaf, p);
	if (!str_starts(p->type, STR("text/")))
		return;
	if (type)
		set_text_parameters(w, p, type);
	decode(w, body, transfer_of(leaf), p);
}

static void visit(struct walk *w, GMimeObject *object, struct around around);

static void visit_message(struct walk *w, GMimeMessagePart *holder, struct around around)
{
	GMimeObject *object = (GMimeObject *)holder;
	GMimeMessage *message = g_mime_message_part_get_message(holder);
	struct part *p = part_new(w, around);
	if (!p)
		return;
	set_type(w, p, object);
	if (!str_starts(p->type, STR("message/")))
		p->type = STR("message/rfc822");
	const char *name = g_mime_object_get_content_disposition_parameter(object, "filename");
	if (!name)
		name = g_mime_object_get_content_type_parameter(object, "name");
	p->filename = keep(w, name);
	p->attachment = p->filename.ptr || disposition_of(object) == DISPOSITION_ATTACHMENT;
	if (message)
		set_range(w, p, body_of_message(w->octets, holder, &w->enclosing));
	around.depth++;
	around.forwarded = true;
	around.related = false;
	if (message && g_mime_message_get_mime_part(message))
		visit(w, g_mime_message_get_mime_part(message), around);
}

/* imap.md: when a declared boundary never appears, the raw body is text. GMime has it as a
   prologue, which nobody is shown. */
static void visit_lost(struct walk *w, GMimeObject *object, struct around around)
{
	struct str body = body_of_object(w->octets, object, &w->enclosing);
	struct part *p = str_trim(body).len > 0 ? part_new(w, around) : NULL;
	if (!p)
		return;
	p->type = STR("text/plain");
	set_range(w, p, body);
	decode(w, body, TRANSFER_NONE, p);
}

static void visit_multipart(struct walk *w, GMimeMultipart *multipart, struct around around)
{
	GMimeObject *object = (GMimeObject *)multipart;
	GMimeContentType *type = g_mime_object_get_content_type(object);
	bool alternative = g_mime_content_type_is_type(type, "multipart", "alternative");
	int count = g_mime_multipart_get_count(multipart);
	struct choice choice = {0};
	if (count == 0) {
		visit_lost(w, object, around);
		return;
	}
	if (g_mime_content_type_is_type(type, "multipart", "encrypted") && !around.forwarded)
		w->unread = "encrypted (OpenPGP): its text cannot be read";
	around.depth++;
	around.related = g_mime_content_type_is_type(type, "multipart", "related");
	enclosing_push(&w->enclosing, g_mime_content_type_get_parameter(type, "boundary"));
	for (int i = 0; i < count && !w->over && !w->failed; i++) {
		size_t start = w->m->part_count;
		visit(w, g_mime_multipart_get_part(multipart, i), around);
		if (alternative)
			choice_add(&choice, w->m->parts, start, w->m->part_count);
	}
	enclosing_pop(&w->enclosing);
}

static void visit(struct walk *w, GMimeObject *object, struct around around)
{
	if (around.depth > LIMIT_PART_DEPTH)
		refuse(w, "parts nested", LIMIT_PART_DEPTH, "deep");
	else if (GMIME_IS_MULTIPART(object))
		visit_multipart(w, (GMimeMultipart *)object, around);
	else if (GMIME_IS_MESSAGE_PART(object))
		visit_message(w, (GMimeMessagePart *)object, around);
	else if (GMIME_IS_PART(object))
		visit_leaf(w, (GMimePart *)object, around);
}

/* GMime and GLib end the process when they find no memory; in a reader that is a death like others,
   and the message is tried once more. */
static GMimeObject *tree_new(struct str octets)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(octets.ptr, octets.len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeObject *tree = g_mime_parser_construct_part(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	return tree;
}

static bool shows_text(const struct message *m)
{
	for (size_t i = 0; i < m->part_count; i++)
		if (!m->parts[i].attachment && str_trim(m->parts[i].content).len > 0)
			return true;
	return false;
}

static int walk_end(struct walk *w)
{
	if (w->wrapped && !w->unread && !shows_text(w->m))
		w->unread = "winmail.dat: its text is in a form of Outlook's own";
	struct message *m = w->m;
	if (w->over) {
		m->part_count = 0;
	} else if (w->unread) {
		m->examined = EXAMINED_STRUCTURE;
		snprintf(m->not_examined, sizeof(m->not_examined), "%s", w->unread);
	}
	return w->failed ? -1 : 0;
}

int parts_read(struct str octets, size_t base, struct message *out)
{
	struct walk w = {.m = out, .octets = octets, .base = base};
	GMimeObject *tree = tree_new(octets);
	/* GMime gives up where the octets end within a field's name. */
	if (!tree)
		return parts_read_plain(octets, base, out);
	visit(&w, tree, (struct around){0});
	g_object_unref(tree);
	return walk_end(&w);
}

int parts_read_plain(struct str body, size_t base, struct message *out)
{
	struct walk w = {.m = out, .octets = body, .base = base};
	struct part *p = part_new(&w, (struct around){0});
	if (p) {
		p->type = STR("text/plain");
		set_range(&w, p, body);
		decode(&w, body, TRANSFER_NONE, p);
	}
	return walk_end(&w);
}
