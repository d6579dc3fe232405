/* Collects lines with their sources, counts their quote marks and folds their words. */
#include "lines.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "link.h"
#include <stdlib.h>
#include <string.h>

void lines_finish(struct lines *l)
{
	if (!l)
		return;
	buf_finish(&l->text);
	buf_finish(&l->folded);
	free(l->items);
	free(l->runs);
	*l = (struct lines){0};
}

bool lines_full(const struct lines *l)
{
	return l->failed || l->cut;
}

static size_t lines_open_start(const struct lines *l)
{
	return l->count ? l->items[l->count - 1].end + 1 : 0;
}

static void run_add(struct lines *l, size_t start, const struct run *from)
{
	struct run *last = l->run_count ? &l->runs[l->run_count - 1] : NULL;
	/* Pieces of one line join; a line of its own stays one, so that a hit leads to its line. */
	if (last && last->start >= lines_open_start(l) && last->hidden == from->hidden) {
		last->end = l->text.len;
		if (last->part_end < from->part_end)
			last->part_end = from->part_end;
		return;
	}
	if (array_room(&l->runs, l->run_count, &l->run_cap, sizeof(*l->runs)) < 0) {
		l->failed = true;
		return;
	}
	l->runs[l->run_count] = *from;
	l->runs[l->run_count].start = start;
	l->runs[l->run_count++].end = l->text.len;
}

void lines_add(struct lines *l, struct str words, size_t part_start, size_t part_end, bool hidden)
{
	if (lines_full(l) || words.len == 0)
		return;
	size_t start = l->text.len;
	/* One byte is kept for the LF. */
	struct str fits = str_slice(words, 0, utf8_cut(words, LIMIT_TEXT - 1 - start));
	buf_add_str(&l->text, fits);
	l->failed = l->failed || l->text.failed;
	if (l->failed)
		return;
	struct run from = {.part_start = part_start, .part_end = part_end, .hidden = hidden};
	if (fits.len)
		run_add(l, start, &from);
	l->cut = fits.len < words.len;
}

/* Bytes [start, end) of the line being written give way to fewer; its runs move along. */
static void replace(struct lines *l, size_t start, size_t end, struct str bytes)
{
	size_t gone = end - start - bytes.len;
	memcpy(l->text.ptr + start, bytes.ptr, bytes.len);
	memmove(l->text.ptr + end - gone, l->text.ptr + end, l->text.len - end);
	l->text.len -= gone;
	for (size_t i = l->run_count; i-- > 0 && l->runs[i].end > start;) {
		size_t *const bounds[] = {&l->runs[i].start, &l->runs[i].end};
		for (size_t b = 0; b < 2; b++)
			if (*bounds[b] >= end)
				*bounds[b] -= gone;
			else if (*bounds[b] > start + bytes.len)
				*bounds[b] = start + bytes.len;
	}
}

/* The writer wrote the link, a gateway what is around it. */
static void unwrap_links(struct lines *l)
{
	struct buf target = {0};
	size_t at = lines_open_start(l), start, end;
	while (link_unwrap(str_slice(buf_str(&l->text), at, l->text.len), &start, &end, &target)) {
		if (target.failed)
			break;
		replace(l, at + start, at + end, buf_str(&target));
		at += start + target.len;
	}
	l->failed = l->failed || target.failed;
	buf_finish(&target);
}

void lines_end(struct lines *l, const struct line *as)
{
	/* The line in which the bound was reached is still ended as what it is. */
	if (l->failed || (l->cut && l->text.len == lines_open_start(l)))
		return;
	if (array_room(&l->items, l->count, &l->cap, sizeof(*l->items)) < 0) {
		l->failed = true;
		return;
	}
	unwrap_links(l);
	struct line line = as ? *as : (struct line){0};
	line.start = lines_open_start(l);
	line.end = l->text.len;
	buf_add_char(&l->text, '\n');
	/* The LF belongs to the run before it; a text that begins with one has a run for it. */
	if (l->run_count) {
		l->runs[l->run_count - 1].end = l->text.len;
	} else {
		struct run from = {0};
		run_add(l, line.start, &from);
	}
	l->items[l->count++] = line;
	l->failed = l->failed || l->text.failed;
	l->cut = l->cut || l->count >= LIMIT_TEXT_LINES || l->text.len + 1 >= LIMIT_TEXT;
}

struct str line_words(const struct lines *l, size_t i)
{
	return str_slice(buf_str(&l->folded), l->items[i].folded_start, l->items[i].folded_end);
}

struct str line_source(const struct lines *l, size_t i)
{
	return str_slice(buf_str(&l->text), l->items[i].start, l->items[i].end);
}

bool line_blank(const struct lines *l, size_t i)
{
	return l->items[i].folded_start == l->items[i].folded_end;
}

size_t line_next(const struct lines *l, size_t i)
{
	while (i < l->count && line_blank(l, i))
		i++;
	return i;
}

/* An editor indents the quote of a quote by a few blanks. */
#define MARK_INDENT 8

/* Counts ">", "> >", ">>" at the start. *words: where the words begin. */
static unsigned quote_marks(struct str line, size_t *words)
{
	unsigned depth = 0;
	size_t at = 0, indent = MARK_INDENT;
	for (;;) {
		size_t mark = at;
		while (mark < line.len && mark - at < indent && line.ptr[mark] == ' ')
			mark++;
		if (mark >= line.len || line.ptr[mark] != '>')
			break;
		depth++;
		at = mark + 1;
		indent = 1;
	}
	*words = at;
	return depth;
}

/* Mailers wrap attributions inside "<address" LF "> wrote:": that mark closes an address. */
static bool closes_address(const struct lines *l, size_t i, struct str line)
{
	struct str tail = str_trim(line);
	if (tail.len < 2 || tail.len > 40 || tail.ptr[0] != '>' || !str_ends(tail, STR(":")))
		return false;
	int open = 0;
	for (size_t back = i; back-- > 0 && i - back <= 3;) {
		struct str above = line_source(l, back);
		for (size_t at = 0; at < above.len; at++)
			open += (above.ptr[at] == '<') - (above.ptr[at] == '>');
	}
	return open > 0;
}

/* Adds the marks to the line's depth; the bytes that they take. */
static size_t marks_count(struct lines *l, size_t i)
{
	struct line *line = &l->items[i];
	struct str source = line_source(l, i);
	size_t bytes = 0;
	unsigned marks = quote_marks(source, &bytes);
	if (marks == 1 && closes_address(l, i, source))
		return 0;
	/* ">From", ">5000 EUR", "  >> news <<": in doubt, company decides. */
	bool tight = bytes < source.len && source.ptr[bytes] != ' ';
	bool indented = source.len && source.ptr[0] == ' ';
	line->perhaps_mark = line->depth == 0 && marks > 0 &&
		(line->perhaps_mark || indented || (marks == 1 && tight));
	line->depth += marks;
	return bytes;
}

static bool line_fold(struct lines *l, size_t i, struct folded *scratch)
{
	struct line *line = &l->items[i];
	struct str words = str_slice(buf_str(&l->text), line->words, line->end);
	if (utf8_fold(words, true, scratch) < 0)
		return false;
	line->folded_start = l->folded.len;
	buf_add_str(&l->folded, str_trim(buf_str(&scratch->text)));
	line->folded_end = l->folded.len;
	return !l->folded.failed;
}

void lines_prepare(struct lines *l)
{
	struct folded scratch = {0};
	for (size_t i = 0; i < l->count && !l->failed; i++) {
		struct line *line = &l->items[i];
		line->words = line->start + marks_count(l, i);
		l->doubtful += line->perhaps_mark && line->depth > 0;
		l->failed = !line_fold(l, i, &scratch);
	}
	folded_finish(&scratch);
}
