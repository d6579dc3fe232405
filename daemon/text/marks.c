/* Tells quote marks from signs that the writer means, and finds the marks of other mailers. */
#include "marks.h"

#include "words.h"
#include <string.h>

/* A quoted line of so many bytes may have been wrapped by a mailer that forgot the next mark. */
#define WRAPPED_BYTES 60

/* The length of a mark other than ">" at the start of a line: "Jane> ", "|", "--]"; 0: none. */
static size_t odd_mark(struct str line)
{
	size_t at = 0;
	while (at < line.len && at < 16 && word_byte(line.ptr[at]))
		at++;
	if (at > 0)
		return at < line.len && line.ptr[at] == '>' ? at + 1 : 0;
	/* Lists have "-" or "*" alone. */
	while (at < line.len && at < 4 && memchr("|]}):%#-=+~", line.ptr[at], 11))
		at++;
	return at > 0 && memchr("|]}):%#", line.ptr[at - 1], 7) ? at : 0;
}

/* The end of the block of lines from i that all carry the mark of the first. */
size_t marks_odd_end(const struct lines *l, size_t i)
{
	struct str first = line_words(l, i);
	size_t len = odd_mark(first), end = i;
	if (len == 0 || l->items[i].depth > 0)
		return i;
	struct str mark = str_slice(first, 0, len);
	for (size_t at = i; at < l->count; at++) {
		if (line_blank(l, at))
			continue;
		if (!str_starts(line_words(l, at), mark) || odd_mark(line_words(l, at)) != len)
			break;
		end = at + 1;
	}
	/* One line that begins with a colon or a bar may be anything. */
	return len == 1 && end == i + 1 ? i : end;
}

/* Does a line with a mark stand so near? What an attribution below opens is another quote. */
static bool marked_near(const struct lines *l, size_t i, size_t distance)
{
	for (size_t apart = 1; apart <= distance && apart <= i; apart++)
		if (l->items[i - apart].depth > 0)
			return true;
	for (size_t apart = 1; apart <= distance && i + apart < l->count; apart++) {
		const struct line *below = &l->items[i + apart];
		if (below->depth > 0 || below->attribution > 0)
			return below->depth > 0;
	}
	return false;
}

/* A doubtful mark without company is the writer's own sign. */
bool mark_lonely(const struct lines *l, size_t i)
{
	if (!l->items[i].perhaps_mark)
		return false;
	/* Mbox files escape "From" where they stand, mailers indent what they quote again. */
	if (words_start(line_words(l, i), "from"))
		return !marked_near(l, i, 1);
	if (str_starts(line_source(l, i), STR(" ")))
		return !marked_near(l, i, 2);
	return l->doubtful == 1 && !marked_near(l, i, 1);
}

/* A line without a mark between two with one: the rest of the line above, or an answer? */
bool mark_lost(const struct lines *l, size_t i, bool *sure)
{
	if (i == 0 || i + 1 >= l->count || l->items[i - 1].depth == 0 ||
		l->items[i + 1].depth == 0 || l->items[i].depth > 0)
		return false;
	struct str above = line_source(l, i - 1), line = line_source(l, i);
	if (above.len < WRAPPED_BYTES || line.len == 0 || line.ptr[0] < 'a' || line.ptr[0] > 'z')
		return false;
	char last = above.ptr[above.len - 1];
	*sure = !(last == '.' || last == '?' || last == '!' || last == ':');
	return true;
}

bool marks_quote_at(const struct lines *l, size_t i)
{
	return i < l->count &&
		(l->items[i].depth > 0 || l->items[i].hint == HINT_INDENT ||
			marks_odd_end(l, i) > i);
}
