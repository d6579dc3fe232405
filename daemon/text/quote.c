/* Tags lines as new, quoted or forwarded by quote marks, attributions, header blocks and markup. */
#include "quote.h"

#include "attribution.h"
#include "banner.h"
#include "boundary.h"
#include "header_block.h"
#include "language.h"
#include "marks.h"
#include "signature.h"
#include "words.h"

#define POINTER_LINES 30  /* of the sender's own; who answers below says so at the top, */
#define POINTER_BYTES 600 /* and early in a line */

struct tagging {
	struct lines *l;
	bool forwarding;
	size_t own_lines; /* with words, that stand above */
	size_t last_own;
	bool promised;  /* one of them says that answers stand below */
	bool uncertain; /* what follows is new, but perhaps not the sender's */
};

static void tag(struct lines *l, size_t start, size_t end, enum span_kind kind, bool unsure)
{
	for (size_t i = start; i < end; i++) {
		l->items[i].kind = kind;
		l->items[i].unsure = unsure;
	}
}

static void count_own(struct tagging *t, size_t i)
{
	t->own_lines++;
	t->last_own = i;
	if (t->own_lines > POINTER_LINES)
		return;
	struct str words = str_slice(line_words(t->l, i), 0, POINTER_BYTES);
	const struct word_starts starts = words_starts(words);
	t->promised |= LANGUAGES_HAVE(words, &starts, pointers);
}

/* Has the sender said all above? "Hi Anna," and "My answers:" promise more below. */
static bool answered_above(const struct tagging *t)
{
	if (t->own_lines == 0 || t->promised)
		return false;
	struct str last = line_words(t->l, t->last_own);
	return !str_ends(last, STR(":")) && !(t->own_lines == 1 && str_ends(last, STR(",")));
}

/* Dashes and empty lines right above a boundary belong to it. */
static void tag_rulers_above(struct lines *l, size_t i, enum span_kind kind)
{
	while (i > 0 && l->items[i - 1].kind == SPAN_NEW && l->items[i - 1].depth == 0 &&
		(line_blank(l, i - 1) || words_ruler(line_words(l, i - 1))))
		l->items[--i].kind = kind;
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
		count_own(t, i);
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
	tag(l, i, end, kind, false);
	return end;
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
	if (marks_quote_at(l, next)) {
		tag(l, i, odd, SPAN_QUOTED, false);
		/* One marked line may be the whole quote, or the mark an accident. */
		t->uncertain = odd == next + 1;
		return odd;
	}
	if (answered_above(t))
		return tag_rest(t, i, SPAN_QUOTED);
	/* A quote without marks above an answer: nobody can tell where the answer begins. */
	t->uncertain = true;
	return i;
}

static size_t tag_attribution(struct tagging *t, size_t i)
{
	struct lines *l = t->l;
	size_t end = i + l->items[i].attribution, next = line_next(l, end);
	/* Notes: "-----Jane Doe wrote: -----" above To:, From:, Date:, Subject:. */
	size_t headers = next < l->count ? header_block_at(l, next, true).lines : 0;
	if (headers)
		end = next + headers;
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
	return line->attribution_sure || marks_quote_at(l, next);
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
		if (kind == SPAN_NEW)
			count_own(t, end - 1);
		return end;
	}
	tag_rulers_above(l, i, SPAN_QUOTED);
	tag(l, i, quote, SPAN_QUOTED, false);
	for (size_t at = quote; at < end; at++) {
		bool answer = l->items[at].depth == 0 && l->items[at].hint == HINT_QUOTE_BOX;
		l->items[at].kind = answer ? SPAN_NEW : SPAN_QUOTED;
		l->items[at].unsure = answer;
		if (answer && !line_blank(l, at))
			count_own(t, at);
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
		if (!t->forwarding && !answered_above(t)) {
			t->uncertain = true;
			return false;
		}
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

/* The lines from i on that have quote marks, and the empty ones between them. */
static size_t marked_end(const struct lines *l, size_t i)
{
	size_t end = i;
	for (size_t at = i; at < l->count && (l->items[at].depth > 0 || line_blank(l, at)); at++)
		if (l->items[at].depth > 0)
			end = at + 1;
	return end;
}

static size_t tag_boundary(struct tagging *t, size_t i, const struct boundary *b)
{
	struct lines *l = t->l;
	size_t next = line_next(l, b->end);
	if (b->kind == SPAN_FORWARDED && !b->marked)
		return tag_rest(t, i, SPAN_FORWARDED);
	tag_rulers_above(l, i, b->kind);
	if (b->kind == SPAN_FORWARDED) {
		size_t end = marked_end(l, next);
		tag(l, i, end, SPAN_FORWARDED, false);
		return end;
	}
	bool attributed = next < l->count && l->items[next].attribution_sure;
	bool answers_below = attributed || marks_quote_at(l, next);
	if (answered_above(t) && !answers_below)
		return tag_rest(t, i, SPAN_QUOTED);
	tag(l, i, b->end, SPAN_QUOTED, !answers_below);
	if (attributed)
		return b->end;
	return tag_attributed(t, b->end);
}

/* Tags line i and what it opens; returns the next line to look at. */
static size_t tag_line(struct tagging *t, size_t i)
{
	struct lines *l = t->l;
	const struct line *line = &l->items[i];
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
	struct boundary boundary = boundary_at(l, i, t->forwarding);
	if (boundary.end > i && boundary.sure)
		return tag_boundary(t, i, &boundary);
	t->uncertain = t->uncertain || boundary.end > i;
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
	banner_tag(l);
	tag_blanks(l);
}
