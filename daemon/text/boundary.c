/* Finds boundaries by the titles of many languages, by dashes around any title, by headers. */
#include "boundary.h"

#include "header_block.h"
#include "language.h"
#include "marks.h"
#include "words.h"

#define HEADERS_MOST 20 /* lines of headers whose form is not known */

enum span_kind marker_kind(struct str line, bool ruled)
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

/* "----- Courriel d'hier -----": a title between dashes, whatever it says. */
static bool is_dashed_title(struct str line)
{
	struct str core = words_inside(line);
	size_t before = (size_t)(core.ptr - line.ptr);
	return core.len > 0 && core.len <= 120 && before >= 3 &&
		line.len - before - core.len >= 3 && line.ptr[2] != ' ';
}

static bool ruler_above(const struct lines *l, size_t i)
{
	while (i > 0 && line_blank(l, i - 1))
		i--;
	return i > 0 && words_ruler(line_words(l, i - 1));
}

/* What stands between a title and a quote with marks, without an empty line, is headers of a form
   not known here: eM Client leaves out the colons. */
static size_t headers_end(const struct lines *l, size_t i)
{
	size_t end = i;
	while (end < l->count && end - i < HEADERS_MOST && !line_blank(l, end) &&
		!marks_quote_at(l, end) && l->items[end].attribution == 0)
		end++;
	return marks_quote_at(l, line_next(l, end)) ? end : i;
}

struct boundary boundary_at(const struct lines *l, size_t i, bool forwarding)
{
	struct str words = line_words(l, i);
	enum span_kind marker = marker_kind(words, l->items[i].ruled);
	bool titled = marker != SPAN_NEW || is_dashed_title(words);
	size_t headers = titled ? line_next(l, i + 1) : i;
	bool announced = titled || l->items[i].ruled || ruler_above(l, i);
	bool forwarded = forwarding || marker == SPAN_FORWARDED;
	struct boundary b = {
		.end = marker == SPAN_NEW ? i : i + 1,
		.kind = forwarded ? SPAN_FORWARDED : SPAN_QUOTED,
		.sure = marker != SPAN_NEW,
	};
	if (headers == l->count)
		return b;
	struct header_block block = header_block_at(l, headers, announced);
	b.marked = titled && l->items[headers].depth > 0;
	b.sure = b.sure || block.sure;
	if (block.lines)
		b.end = headers + block.lines;
	if (titled && b.end > i)
		b.end = headers_end(l, b.end);
	return b;
}
