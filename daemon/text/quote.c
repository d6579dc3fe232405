/* Tags lines as new, quoted or forwarded by quote marks, attributions, header blocks and markup. */
#include "quote.h"

#include "attribution.h"
#include "header_block.h"
#include "language.h"
#include "marks.h"
#include "signature.h"
#include "words.h"

struct tagging {
	struct lines *l;
	bool forwarding;
	bool any_new;   /* own words stand above */
	bool uncertain; /* what follows is new, but perhaps not the sender's */
};

static void tag(struct lines *l, size_t start, size_t end, enum span_kind kind, bool unsure)
{
	for (size_t i = start; i < end; i++) {
		l->items[i].kind = kind;
		l->items[i].unsure = unsure;
	}
}

/* Dashes and empty lines right above a boundary belong to it. */
static void tag_rulers_above(struct lines *l, size_t i, enum span_kind kind)
{
	while (i > 0 && l->items[i - 1].kind == SPAN_NEW && l->items[i - 1].depth == 0 &&
		(line_blank(l, i - 1) || words_ruler(line_words(l, i - 1))))
		l->items[--i].kind = kind;
}

/* "----- Original Message -----", "Begin forwarded message:". SPAN_NEW when it is none. */
static enum span_kind marker_kind(struct str line, bool ruled)
{
	struct str core = words_inside(line);
	if (core.len == 0 || core.len > 120)
		return SPAN_NEW;
	bool dashes = ruled || (core.ptr - line.ptr >= 2 && line.ptr[1] != ' ');
	struct str bare =
		str_trim(str_ends(core, STR(":")) ? str_slice(core, 0, core.len - 1) : core);
	if (dashes ? LANGUAGES_ANY(bare, forwards, words_start_any)
		   : bare.len < core.len && LANGUAGES_ANY(bare, forwards, words_are_any))
		return SPAN_FORWARDED;
	return dashes && LANGUAGES_ANY(bare, originals, words_start_any) ? SPAN_QUOTED : SPAN_NEW;
}

static void tag_new(struct tagging *t, size_t i)
{
	bool wrapped_sure = false;
	struct line *line = &t->l->items[i];
	line->kind = SPAN_NEW;
	line->unsure = t->uncertain || line->hint == HINT_INDENT ||
		str_starts(line_source(t->l, i), STR(">"));
	if (mark_lost(t->l, i, &wrapped_sure)) {
		line->kind = wrapped_sure ? SPAN_QUOTED : SPAN_NEW;
		line->unsure = true;
	}
	if (line->kind == SPAN_NEW && !line_blank(t->l, i) && !words_ruler(line_words(t->l, i)))
		t->any_new = true;
}

/* "----- End forwarded message -----", as mutt and exmh close what they forward. */
static bool ends_forward(struct str line)
{
	struct str core = words_inside(line);
	return core.len < line.len &&
		(words_start(core, "end forwarded message") ||
			words_start(core, "end of forwarded message"));
}

/* From i to the end it is the earlier message; returns where that ends. */
static size_t tag_rest(struct tagging *t, size_t i, enum span_kind kind)
{
	struct lines *l = t->l;
	size_t end = i;
	while (end < l->count && !(kind == SPAN_FORWARDED && ends_forward(line_words(l, end))))
		end++;
	end += end < l->count;
	tag_rulers_above(l, i, kind);
	tag(l, i, end, kind, !t->any_new && kind == SPAN_QUOTED);
	return end;
}

static bool quote_follows(const struct lines *l, size_t i)
{
	return i < l->count &&
		(l->items[i].depth > 0 || l->items[i].hint == HINT_INDENT ||
			marks_odd_end(l, i) > i);
}

/* The quote behind an attribution; returns where it ends. */
static size_t tag_attributed(struct tagging *t, size_t i)
{
	struct lines *l = t->l;
	size_t next = line_next(l, i);
	if (next < l->count && l->items[next].hint == HINT_INDENT) {
		size_t end = next;
		while (end < l->count && l->items[end].hint == HINT_INDENT)
			end++;
		tag(l, i, end, SPAN_QUOTED, false);
		return end;
	}
	if (next == l->count)
		return i;
	if (l->items[next].depth > 0) {
		l->items[next].perhaps_mark = false;
		return i;
	}
	size_t odd = marks_odd_end(l, next);
	if (quote_follows(l, next)) {
		tag(l, i, odd, SPAN_QUOTED, false);
		/* One marked line may be the whole quote, or the mark an accident. */
		t->uncertain = odd == next + 1;
		return odd;
	}
	if (t->any_new)
		return tag_rest(t, i, SPAN_QUOTED);
	/* A quote without marks above an answer: nobody can tell where the answer begins. */
	t->uncertain = true;
	return i;
}

static size_t tag_attribution(struct tagging *t, size_t i)
{
	struct lines *l = t->l;
	size_t end = i + l->items[i].attribution;
	tag_rulers_above(l, i, SPAN_QUOTED);
	tag(l, i, end, SPAN_QUOTED, false);
	return tag_attributed(t, end);
}

static bool attribution_at(const struct lines *l, size_t i)
{
	const struct line *line = &l->items[i];
	if (line->attribution == 0)
		return false;
	size_t next = line_next(l, i + line->attribution);
	return line->attribution_sure || quote_follows(l, next);
}

/* Is line i the first of a mailer's box? Its end, where the markup leaves it. */
static size_t box_end(const struct lines *l, size_t i)
{
	size_t end = i;
	while (end < l->count && l->items[end].box == l->items[i].box)
		end++;
	return end;
}

/* What stands before the first <blockquote> of the box, lines [i, *quote). */
static enum span_kind box_lead(const struct lines *l, size_t i, size_t end, size_t *quote)
{
	enum span_kind kind = SPAN_NEW;
	for (; i < end && l->items[i].depth == 0 && l->items[i].hint == HINT_QUOTE_BOX; i++) {
		const struct line *line = &l->items[i];
		enum span_kind marker = marker_kind(line_words(l, i), line->ruled);
		if (kind != SPAN_FORWARDED && marker != SPAN_NEW)
			kind = marker;
		else if (kind == SPAN_NEW && (line->attribution || line->header))
			kind = SPAN_QUOTED;
	}
	*quote = i;
	return kind;
}

/* Gmail's box holds attribution and <blockquote>; in an answer between the lines, the answers too.
   Without a <blockquote> all of it is the earlier message, if its head says so. */
static size_t tag_box(struct tagging *t, size_t i)
{
	struct lines *l = t->l;
	size_t end = box_end(l, i), quote;
	enum span_kind kind = box_lead(l, i, end, &quote);
	if (quote == end || kind == SPAN_FORWARDED) {
		tag_rulers_above(l, i, kind);
		tag(l, i, end, kind, kind == SPAN_NEW);
		t->any_new = t->any_new || kind == SPAN_NEW;
		return end;
	}
	tag_rulers_above(l, i, SPAN_QUOTED);
	tag(l, i, quote, SPAN_QUOTED, false);
	for (size_t at = quote; at < end; at++) {
		bool answer = l->items[at].depth == 0 && l->items[at].hint == HINT_QUOTE_BOX;
		l->items[at].kind = answer ? SPAN_NEW : SPAN_QUOTED;
		l->items[at].unsure = answer;
		t->any_new = t->any_new || (answer && !line_blank(l, at));
	}
	return end;
}

/* What only the markup knows of line i; false when it knows nothing. */
static bool tag_by_hint(struct tagging *t, size_t *i)
{
	static const enum span_kind kinds[] = {
		[HINT_ATTRIBUTION] = SPAN_QUOTED,
		[HINT_FORWARDED] = SPAN_FORWARDED,
		[HINT_SIGNATURE] = SPAN_SIGNATURE,
	};
	struct line *line = &t->l->items[*i];
	switch (line->hint) {
	case HINT_NONE:
	case HINT_INDENT:
		return false;
	case HINT_QUOTE_BOX:
		*i = tag_box(t, *i);
		return true;
	case HINT_REST_QUOTED:
		*i = tag_rest(t, *i, t->forwarding ? SPAN_FORWARDED : SPAN_QUOTED);
		return true;
	case HINT_ATTRIBUTION:
	case HINT_FORWARDED:
	case HINT_SIGNATURE:
		break;
	}
	tag_rulers_above(t->l, *i, kinds[line->hint]);
	tag(t->l, *i, *i + 1, kinds[line->hint], false);
	(*i)++;
	return true;
}

static bool ruler_above(const struct lines *l, size_t i)
{
	while (i > 0 && line_blank(l, i - 1))
		i--;
	return i > 0 && words_ruler(line_words(l, i - 1));
}

/* Where "Original Message", a header block, or both, that begin at line i end; i: none does. */
static size_t boundary_end(const struct tagging *t, size_t i, enum span_kind *kind)
{
	const struct lines *l = t->l;
	bool announced = l->items[i].ruled || ruler_above(l, i);
	enum span_kind marker = marker_kind(line_words(l, i), l->items[i].ruled);
	size_t end = i;
	if (marker != SPAN_NEW)
		end = line_next(l, i + 1);
	size_t headers = end < l->count ? header_block_lines(l, end, announced || end > i) : 0;
	*kind = t->forwarding || marker == SPAN_FORWARDED ? SPAN_FORWARDED : SPAN_QUOTED;
	return headers ? end + headers : marker == SPAN_NEW ? i : i + 1;
}

/* Above a marked quote it is but a long attribution, and answers may follow. */
static size_t tag_boundary(struct tagging *t, size_t i, size_t end, enum span_kind kind)
{
	size_t next = line_next(t->l, end);
	if (kind == SPAN_FORWARDED || !quote_follows(t->l, next))
		return tag_rest(t, i, kind);
	tag_rulers_above(t->l, i, kind);
	tag(t->l, i, end, kind, false);
	return tag_attributed(t, end);
}

/* Tags line i and what it opens; returns the next line to look at. */
static size_t tag_line(struct tagging *t, size_t i)
{
	struct lines *l = t->l;
	const struct line *line = &l->items[i];
	enum span_kind kind;
	t->uncertain = t->uncertain || (l->lost && i >= l->lost_at);
	if (tag_by_hint(t, &i))
		return i;
	if (line->depth > 0 && !mark_lonely(l, i)) {
		tag_rulers_above(l, i, SPAN_QUOTED);
		tag(l, i, i + 1, SPAN_QUOTED, false);
		return i + 1;
	}
	if (line_blank(l, i)) {
		tag_new(t, i);
		return i + 1;
	}
	if (attribution_at(l, i))
		return tag_attribution(t, i);
	size_t end = boundary_end(t, i, &kind);
	if (end > i)
		return tag_boundary(t, i, end, kind);
	size_t odd = word_byte(line_words(l, i).ptr[0]) ? marks_odd_end(l, i) : i;
	if (odd > i + 1) {
		tag(l, i, odd, SPAN_QUOTED, true);
		return odd;
	}
	tag_new(t, i);
	return i + 1;
}

/* Empty lines go with what stands above them. */
static void tag_blanks(struct lines *l)
{
	for (size_t i = 1; i < l->count; i++) {
		if (!line_blank(l, i) || l->items[i].depth > 0)
			continue;
		l->items[i].kind = l->items[i - 1].kind;
		l->items[i].unsure = l->items[i - 1].unsure;
	}
}

void quote_tag(struct lines *l, bool forwarding)
{
	struct tagging tagging = {.l = l, .forwarding = forwarding};
	attributions_find(l);
	header_labels_find(l);
	for (size_t i = 0; i < l->count;)
		i = tag_line(&tagging, i);
	signature_tag(l);
	tag_blanks(l);
}
