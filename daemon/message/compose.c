/* A mail of ours, written by GMime. */
#include "message/compose.h"

#include "base/arena.h"
#include "base/clock.h"

#include <gmime/gmime.h>

/* NUL-terminated for the library, on one line; with *failed when out of memory. */
static const char *word(struct arena *arena, struct str s, bool *failed)
{
	char *copy = arena_cstr(arena, s);
	for (size_t i = 0; copy && i < s.len; i++)
		if ((unsigned char)copy[i] < ' ' || copy[i] == 0x7f)
			copy[i] = ' ';
	*failed |= !copy;
	return copy ? copy : "";
}

/* One text as a part of its own. In quoted-printable no line holds "=_" (RFC 2045 section 6.7). */
static GMimeObject *make_part(const char *subtype, struct str words)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(words.ptr, words.len);
	GMimeDataWrapper *content =
		g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
	GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);
	g_mime_text_part_set_charset(part, "utf-8");
	g_mime_part_set_content(GMIME_PART(part), content);
	g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_object_unref(content);
	g_object_unref(stream);
	return GMIME_OBJECT(part);
}

static GMimeObject *make_body(const struct draft *draft)
{
	GMimeObject *text = make_part("plain", draft->text);
	if (!draft->html.ptr)
		return text;
	GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
	GMimeObject *html = make_part("html", draft->html);
	g_mime_multipart_set_boundary(both, "=_alternatives");
	g_mime_multipart_add(both, text);
	g_mime_multipart_add(both, html);
	g_object_unref(text);
	g_object_unref(html);
	return GMIME_OBJECT(both);
}

/* The fields that name other mails: "<a@b> <c@d>". */
static void set_ids(GMimeMessage *message, const char *field, const struct str *ids, size_t count)
{
	GString *value = g_string_new(NULL);
	for (size_t i = 0; i < count; i++) {
		g_string_append(value, i ? " <" : "<");
		for (size_t k = 0; k < ids[i].len; k++)
			if (ids[i].ptr[k] > ' ' && ids[i].ptr[k] != '<' && ids[i].ptr[k] != '>')
				g_string_append_c(value, ids[i].ptr[k]);
		g_string_append_c(value, '>');
	}
	if (count)
		g_mime_object_set_header(GMIME_OBJECT(message), field, value->str, NULL);
	g_string_free(value, TRUE);
}

static void set_fields(
	GMimeMessage *message, struct arena *arena, const struct draft *draft, bool *failed)
{
	GTimeZone *zone = g_time_zone_new_offset(draft->offset_min * 60);
	GDateTime *utc = g_date_time_new_from_unix_utc(draft->at_us / SECOND_US);
	GDateTime *date = g_date_time_to_timezone(utc, zone);
	g_mime_message_set_date(message, date);
	g_date_time_unref(date);
	g_date_time_unref(utc);
	g_time_zone_unref(zone);
	g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM,
		draft->from_name.len ? word(arena, draft->from_name, failed) : NULL,
		word(arena, draft->from, failed));
	for (size_t i = 0; i < draft->to->count; i++)
		g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL,
			word(arena, draft->to->items[i], failed));
	g_mime_message_set_subject(message, word(arena, draft->subject, failed), "utf-8");
	set_ids(message, "Message-ID", &draft->message_id, 1);
	set_ids(message, "In-Reply-To", &draft->in_reply_to, draft->in_reply_to.len ? 1 : 0);
	set_ids(message, "References", draft->references, draft->reference_count);
	if (draft->automatic)
		g_mime_object_set_header(
			GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", NULL);
}

int message_compose(const struct draft *draft, struct buf *out, struct error *err)
{
	struct arena arena = {0};
	bool failed = false;
	GMimeMessage *message = g_mime_message_new(TRUE);
	GMimeStream *stream = g_mime_stream_mem_new();
	GMimeFormatOptions *options = g_mime_format_options_new();
	set_fields(message, &arena, draft, &failed);
	GMimeObject *body = make_body(draft);
	g_mime_message_set_mime_part(message, body);
	g_object_unref(body);
	g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
	if (g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream) < 0)
		failed = true;
	const GByteArray *octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	if (!failed)
		buf_add(out, octets->data, octets->len);
	failed |= out->failed;
	g_mime_format_options_free(options);
	g_object_unref(stream);
	g_object_unref(message);
	arena_finish(&arena);
	return failed ? error_memory(err) : 0;
}
