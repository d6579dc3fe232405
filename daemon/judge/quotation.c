/* Is what somebody quotes of me what I wrote? */
#include "judge/quotation.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

/* Quoted when so much of it is mine: an attribution and another's words may stand in it. */
#define LEAST_SHARE_PERCENT 60
#define LEAST_WORDS 5
/* More than that between two words that agree is another passage, no changed words. */
#define CHANGED_MOST 12
#define REMOVED_MOST 4
#define SHOWN_AROUND 3

struct word {
	struct str folded;
	size_t start, end; /* of the text */
	bool line_end;     /* the last of its line */
};

struct words {
	struct word *items;
	size_t count, cap;
	struct arena arena;
};

static void words_finish(struct words *w)
{
	free(w->items);
	arena_finish(&w->arena);
}

static bool is_link(struct str word)
{
	size_t at;
	return str_find(word, STR("://"), &at) || str_starts_nocase(word, STR("www.")) ||
		str_starts_nocase(word, STR("<mailto:"));
}

/* Letters and digits alone, folded. */
static int add_word(struct words *w, struct str text, size_t start, size_t end, struct error *err)
{
	struct folded folded = {0};
	struct str written = str_slice(text, start, end);
	struct buf letters = {0};
	if (is_link(written))
		return 0;
	if (utf8_fold(written, true, &folded) < 0)
		return error_memory(err);
	struct str all = buf_str(&folded.text);
	for (size_t at = 0, from = 0; at < all.len; from = at)
		if (utf8_is_word(utf8_next(all, &at)))
			buf_add(&letters, all.ptr + from, at - from);
	int result = letters.failed ? error_memory(err) : 0;
	if (!result && letters.len) {
		struct str copy = arena_str(&w->arena, buf_str(&letters));
		if (!copy.ptr || array_room(&w->items, w->count, &w->cap, sizeof(*w->items)) < 0)
			result = error_memory(err);
		else
			w->items[w->count++] = (struct word){copy, start, end, false};
	}
	folded_finish(&folded);
	buf_finish(&letters);
	return result;
}

/* Quotation marks at the start of a line are no words. */
static size_t behind_marks(struct str text, size_t at, size_t end)
{
	while (at < end && (text.ptr[at] == '>' || text.ptr[at] == ' ' || text.ptr[at] == '|'))
		at++;
	return at;
}

static int add_line(struct words *w, struct str text, size_t start, size_t end, struct error *err)
{
	size_t first = w->count;
	for (size_t at = behind_marks(text, start, end); at < end;) {
		size_t stop = at;
		while (stop < end && text.ptr[stop] != ' ' && text.ptr[stop] != '\t')
			stop++;
		if (stop > at && add_word(w, text, at, stop, err) < 0)
			return -1;
		at = stop + 1;
	}
	if (w->count > first)
		w->items[w->count - 1].line_end = true;
	return 0;
}

static int add_span(struct words *w, struct str text, const struct span *span, struct error *err)
{
	for (size_t at = span->start; at < span->end && w->count <= LIMIT_QUOTE_WORDS;) {
		size_t stop = at;
		while (stop < span->end && text.ptr[stop] != '\n')
			stop++;
		if (add_line(w, text, at, stop, err) < 0)
			return -1;
		at = stop + 1;
	}
	return 0;
}

/* Of theirs what is quoted, of mine everything, for what I quoted is quoted on. The subject is the
   first paragraph, and no quotation. */
static int read_words(const struct text *text, bool quoted, struct words *out, struct error *err)
{
	for (size_t i = 0; i < text->span_count; i++) {
		const struct span *span = &text->spans[i];
		bool wanted = quoted ? span->kind == SPAN_QUOTED : span->kind != SPAN_SIGNATURE;
		if (wanted && span->part >= 0 && add_span(out, text->bytes, span, err) < 0)
			return -1;
	}
	return 0;
}

/* The longest common subsequence: for each quoted word its own of mine, or SIZE_MAX. */
static int align(
	const struct words *theirs, const struct words *mine, size_t *match, size_t *common)
{
	size_t rows = theirs->count + 1, columns = mine->count + 1;
	uint16_t *best = calloc(rows * columns, sizeof(*best));
	if (!best)
		return -1;
	for (size_t i = theirs->count; i-- > 0;)
		for (size_t k = mine->count; k-- > 0;) {
			uint16_t down = best[(i + 1) * columns + k],
				 right = best[i * columns + k + 1];
			best[i * columns + k] =
				str_eq(theirs->items[i].folded, mine->items[k].folded)
				? (uint16_t)(best[(i + 1) * columns + k + 1] + 1)
				: down > right ? down
					       : right;
		}
	*common = best[0];
	for (size_t i = 0, k = 0; i < theirs->count; i++) {
		match[i] = SIZE_MAX;
		while (k < mine->count && best[i * columns + k] == best[i * columns + k + 1])
			k++;
		if (k < mine->count && str_eq(theirs->items[i].folded, mine->items[k].folded))
			match[i] = k++;
	}
	free(best);
	return 0;
}

/* The words from `first` to before `end`, with some around them. */
static struct str shown(
	const struct words *w, struct str text, size_t first, size_t end, struct arena *arena)
{
	size_t from = first > SHOWN_AROUND ? first - SHOWN_AROUND : 0;
	size_t to = end + SHOWN_AROUND < w->count ? end + SHOWN_AROUND : w->count;
	struct buf out = {0};
	for (size_t i = from; i < to; i++) {
		if (i > from)
			buf_add_char(&out, ' ');
		buf_add_str(&out, str_slice(text, w->items[i].start, w->items[i].end));
	}
	struct str copy = out.failed ? (struct str){0} : arena_str(arena, buf_str(&out));
	buf_finish(&out);
	return copy;
}

/* Is there a line end among words that are missing, but not at their end? Then lines were left out.
 */
static bool leaves_lines_out(const struct words *w, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (w->items[i].line_end)
			return true;
	return false;
}

/* Where a range of no words would stand. */
static size_t place(const struct words *w, size_t first, size_t end, bool start)
{
	if (first < end)
		return start ? w->items[first].start : w->items[end - 1].end;
	return first ? w->items[first - 1].end : 0;
}

static int add_difference(struct quote_differences *d, size_t *cap, const struct words *theirs,
	const struct words *mine, const struct text *their_text, const struct text *my_text,
	const size_t range[4])
{
	if (array_room(&d->items, d->count, cap, sizeof(*d->items)) < 0)
		return -1;
	struct quote_difference *out = &d->items[d->count];
	*out = (struct quote_difference){
		.theirs_start = place(theirs, range[0], range[1], true),
		.theirs_end = place(theirs, range[0], range[1], false),
		.mine_start = place(mine, range[2], range[3], true),
		.mine_end = place(mine, range[2], range[3], false),
		.theirs = shown(theirs, their_text->bytes, range[0], range[1], &d->arena),
		.mine = shown(mine, my_text->bytes, range[2], range[3], &d->arena),
	};
	if (!out->theirs.ptr || !out->mine.ptr)
		return -1;
	d->count++;
	return 0;
}

/* Between two words that agree: what stands there in the quotation, and what stood in mine. */
static bool is_difference(const struct words *mine, const size_t range[4])
{
	size_t theirs = range[1] - range[0], removed = range[3] - range[2];
	if (theirs > CHANGED_MOST || removed > CHANGED_MOST)
		return false;
	if (theirs)
		return true;
	return removed && removed <= REMOVED_MOST &&
		!leaves_lines_out(mine, range[2] ? range[2] - 1 : 0, range[3]);
}

static int collect(struct quote_differences *d, const struct words *theirs,
	const struct words *mine, const struct text *their_text, const struct text *my_text,
	const size_t *match)
{
	size_t cap = 0, last = SIZE_MAX;
	for (size_t i = 0; i < theirs->count && d->count < LIMIT_QUOTE_DIFFERENCES; i++) {
		if (match[i] == SIZE_MAX)
			continue;
		if (last != SIZE_MAX) {
			const size_t range[4] = {last + 1, i, match[last] + 1, match[i]};
			if (is_difference(mine, range) &&
				add_difference(d, &cap, theirs, mine, their_text, my_text, range) <
					0)
				return -1;
		}
		last = i;
	}
	return 0;
}

static int compare(struct quote_differences *d, const struct words *theirs,
	const struct words *mine, const struct text *their_text, const struct text *my_text,
	struct error *err)
{
	size_t common = 0;
	if (theirs->count < LEAST_WORDS || theirs->count > LIMIT_QUOTE_WORDS ||
		mine->count > LIMIT_QUOTE_WORDS)
		return 0;
	size_t *match = calloc(theirs->count, sizeof(*match));
	int result = match ? align(theirs, mine, match, &common) : -1;
	d->compared = !result && common * 100 >= theirs->count * LEAST_SHARE_PERCENT;
	if (d->compared)
		result = collect(d, theirs, mine, their_text, my_text, match);
	free(match);
	return result < 0 ? error_memory(err) : 0;
}

int quote_compare(const struct text *theirs, const struct text *mine, struct quote_differences *out,
	struct error *err)
{
	struct words quoted = {0}, own = {0};
	struct quote_differences made = {0};
	int result = read_words(theirs, true, &quoted, err);
	if (!result)
		result = read_words(mine, false, &own, err);
	if (!result)
		result = compare(&made, &quoted, &own, theirs, mine, err);
	words_finish(&quoted);
	words_finish(&own);
	if (result < 0) {
		quote_differences_finish(&made);
		return -1;
	}
	*out = made;
	return 0;
}

void quote_differences_finish(struct quote_differences *d)
{
	free(d->items);
	arena_finish(&d->arena);
	*d = (struct quote_differences){0};
}
