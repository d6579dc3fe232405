/* From a message to its text: which parts, in which order, and which of them were forwarded. */
#include "text/text_extract.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "flowed.h"
#include "html.h"
#include "language.h"
#include "platform_frame.h"
#include "quote.h"
#include "spans.h"
#include "words.h"

/* "Your mailer cannot show HTML": a text/plain this short beside an HTML part with this many times
   its words says nothing. */
#define EMPTY_PLAIN_BYTES 200
#define EMPTY_PLAIN_TIMES 4

#define PREFIX_BYTES 24

static bool is_html(const struct part *p)
{
	return str_eq(p->type, STR("text/html"));
}

static bool is_shown(const struct part *p)
{
	return p->content.ptr && !p->attachment &&
		(is_html(p) || str_eq(p->type, STR("text/plain")));
}

/* The lines of a part, not tagged yet. */
static int part_read(const struct part *p, struct lines *out, struct error *err)
{
	if (is_html(p)) {
		if (html_read(p->content, HTML_CHUNK, out, err) < 0)
			return -1;
	} else if (p->flowed) {
		flowed_read(p->content, p->delsp, out);
	} else {
		plain_read(p->content, out);
	}
	lines_prepare(out);
	while (out->count && line_source(out, out->count - 1).len == 0)
		out->count--;
	return out->failed ? error_memory(err) : 0;
}

static size_t lines_words(const struct lines *l)
{
	return l->count ? l->folded.len : 0;
}

static bool says_nothing(const struct lines *plain, const struct lines *html)
{
	size_t bytes = lines_words(plain);
	return bytes < EMPTY_PLAIN_BYTES && lines_words(html) > bytes * EMPTY_PLAIN_TIMES;
}

/* Alternatives stand plain first (RFC 2046, 5.1.4): the HTML for part i is below it, the plain text
   above. NULL: there is none. */
static const struct part *alternative_of(const struct message *m, size_t i)
{
	bool html = is_html(&m->parts[i]);
	for (size_t at = html ? i - 1 : i + 1; at < m->part_count; at += html ? (size_t)-1 : 1) {
		const struct part *other = &m->parts[at];
		if (!is_shown(other))
			continue;
		return other->alternative && is_html(other) != html ? other : NULL;
	}
	return NULL;
}

/* Adds part i, or its alternative where that says more. *frame: the best that was found of a
   platform's. */
static int part_add(struct spans *s, const struct message *m, size_t i, bool forwarding,
	enum frame_result *frame, struct error *err)
{
	static const enum span_kind forwarded = SPAN_FORWARDED;
	const struct part *p = &m->parts[i], *other = alternative_of(m, i);
	struct lines lines = {0}, others = {0};
	int result = -1;

	if (part_read(p, &lines, err) < 0 || (other && part_read(other, &others, err) < 0))
		goto out;
	if (other &&
		(is_html(other) ? says_nothing(&lines, &others) : !says_nothing(&others, &lines))) {
		struct lines swapped = lines;
		lines = others;
		others = swapped;
		p = other;
	}
	if (m->platform.len) {
		enum frame_result found = platform_frame_tag(&lines, m->platform, m->speaker);
		*frame = found > *frame ? found : *frame;
	} else {
		quote_tag(&lines, forwarding);
	}
	if (lines.count)
		spans_paragraph(s);
	spans_add_lines(s, &lines, (int)(p - m->parts), p->forwarded ? &forwarded : NULL);
	result = 0;
out:
	lines_finish(&lines);
	lines_finish(&others);
	return result;
}

/* "re" of "re: x", "re : x", "re[2]: x"; absent when it begins otherwise. */
static struct str prefix_of(struct str subject)
{
	size_t colon, box;
	if (!str_find(str_slice(subject, 0, PREFIX_BYTES), STR(":"), &colon))
		return (struct str){0};
	struct str prefix = str_slice(subject, 0, colon);
	return str_trim(str_find(prefix, STR("["), &box) ? str_slice(prefix, 0, box) : prefix);
}

/* What a subject's prefix says: "Re:", "Fwd:", also behind "[list]". */
static bool subject_starts(struct str subject, size_t list_offset)
{
	struct folded folded = {0};
	bool starts = false;
	if (utf8_fold(subject, true, &folded) == 0) {
		struct str rest = str_trim(buf_str(&folded.text));
		size_t close;
		if (str_starts(rest, STR("[")) && str_find(rest, STR("]"), &close))
			rest = str_trim(str_slice(rest, close + 1, rest.len));
		starts = languages_any(prefix_of(rest), list_offset, words_are_any);
	}
	folded_finish(&folded);
	return starts;
}

static bool is_forward(const struct message *m)
{
	return subject_starts(m->subject, offsetof(struct language, forward_subjects));
}

static bool is_reply(const struct message *m)
{
	return m->in_reply_to.len || m->reference_count ||
		subject_starts(m->subject, offsetof(struct language, replies));
}

/* One line, whatever the header held: a subject must not make lines of the body. */
static void subject_add(struct spans *s, const struct message *m)
{
	struct span as = {.part = -1, .part_end = m->subject.len};
	as.kind = m->platform.len              ? SPAN_AUTOMATIC
		: is_reply(m) || is_forward(m) ? SPAN_QUOTED
					       : SPAN_NEW;
	struct str subject = m->subject;
	for (size_t at = 0; at < subject.len;) {
		size_t end = at;
		while (end < subject.len && subject.ptr[end] != '\n' && subject.ptr[end] != '\r')
			end++;
		spans_add(s, str_slice(subject, at, end), &as);
		if (end < subject.len)
			spans_add(s, STR(" "), &as);
		at = end + 1;
	}
	if (subject.len)
		spans_add(s, STR("\n"), &as);
}

/* Nothing that a machine wrote is anybody's words. */
static void make_automatic(struct spans *s)
{
	if (s->count == 0)
		return;
	s->items[0] = (struct span){
		.end = s->bytes.len,
		.kind = SPAN_AUTOMATIC,
		.part = -1,
	};
	s->count = 1;
}

/* Why nobody's words are read in a platform's mail; absent when they are, and when nobody sent it.
 */
static int note_frame(
	struct text *text, const struct message *m, enum frame_result frame, struct error *err)
{
	static const char *const reasons[] = {
		[FRAME_UNKNOWN] = "platform mail, not read: its form is not known",
		[FRAME_ELSEWHERE] = "platform mail, not read: the words are there alone",
	};
	if (!m->platform.len || frame == FRAME_READ)
		return 0;
	text->not_read =
		arena_format(&text->arena, "%s (%.*s)", reasons[frame], STR_ARG(m->platform));
	return text->not_read.ptr ? 0 : error_memory(err);
}

int text_extract(const struct message *m, struct text *out, struct error *err)
{
	struct spans spans = {0};
	enum frame_result frame = FRAME_UNKNOWN;
	int result = -1;
	bool forwarding = is_forward(m);

	subject_add(&spans, m);
	for (size_t i = 0; i < m->part_count; i++) {
		if (!is_shown(&m->parts[i]) || m->parts[i].alternative)
			continue;
		if (part_add(&spans, m, i, forwarding, &frame, err) < 0)
			goto out;
	}
	if (m->automatic.len || (m->platform.len && frame != FRAME_READ))
		make_automatic(&spans);
	result = spans_move(&spans, out, err);
	if (!result)
		result = note_frame(out, m, frame, err);
out:
	spans_finish(&spans);
	return result;
}

/* A body on its own is a message of one part. */
static int tag_body(const struct part *part, struct text *out, struct error *err)
{
	struct part copy = *part;
	struct message m = {.parts = &copy, .part_count = 1};
	return text_extract(&m, out, err);
}

int text_tag_plain(struct str body, bool flowed, bool delsp, struct text *out, struct error *err)
{
	struct part part = {
		.type = STR("text/plain"), .flowed = flowed, .delsp = delsp, .content = body};
	return tag_body(&part, out, err);
}

int text_tag_html(struct str html, struct text *out, struct error *err)
{
	struct part part = {.type = STR("text/html"), .content = html};
	return tag_body(&part, out, err);
}
