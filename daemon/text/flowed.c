/* Plain text to lines, as they stand or re-joined as format=flowed tells (RFC 3676). */
#include "flowed.h"

#include <string.h>

/* A line of content with its place, without its line end. */
struct physical {
	struct str text;
	size_t start;
	size_t end;
};

static bool physical_next(struct str content, size_t *at, struct physical *out)
{
	if (*at >= content.len)
		return false;
	size_t start = *at, end = start;
	while (end < content.len && content.ptr[end] != '\n' && content.ptr[end] != '\r')
		end++;
	*out = (struct physical){str_slice(content, start, end), start, end};
	if (end < content.len && content.ptr[end] == '\r')
		end += end + 1 < content.len && content.ptr[end + 1] == '\n';
	*at = end + 1;
	return true;
}

void plain_read(struct str content, struct lines *out)
{
	struct physical line;
	for (size_t at = 0; !lines_full(out) && physical_next(content, &at, &line);) {
		lines_add(out, line.text, line.start, line.end, false);
		lines_end(out, NULL);
	}
}

struct paragraph {
	bool open;
	size_t depth;
	struct line line;
};

static void paragraph_close(struct paragraph *p, struct lines *out)
{
	if (p->open)
		lines_end(out, &p->line);
	p->open = false;
}

static void add_quote_marks(size_t depth, const struct physical *line, struct lines *out)
{
	static const char marks[] = ">>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>";
	for (size_t left = depth; left > 0;) {
		size_t some = left < sizeof(marks) - 1 ? left : sizeof(marks) - 1;
		lines_add(out, (struct str){marks, some}, line->start, line->start + depth, false);
		left -= some;
	}
	if (depth)
		lines_add(out, STR(" "), line->start, line->start + depth, false);
}

static void flowed_line(
	const struct physical *line, bool delsp, struct paragraph *p, struct lines *out)
{
	size_t depth = 0;
	while (depth < line->text.len && line->text.ptr[depth] == '>')
		depth++;
	size_t stuffed = depth + (depth < line->text.len && line->text.ptr[depth] == ' ');
	struct str words = str_slice(line->text, stuffed, line->text.len);
	bool separator = str_eq(words, STR("-- "));
	bool soft = str_ends(words, STR(" ")) && !separator;
	if (soft && delsp)
		words.len--;
	/* Section 4.5: a change of depth ends a paragraph however its last line ended. */
	if (p->open && (depth != p->depth || separator))
		paragraph_close(p, out);
	if (!p->open)
		add_quote_marks(depth, line, out);
	lines_add(out, words, line->start, line->end, false);
	/* A stuffed ">" is the writer's own by the format, a quote by many a mailer. */
	if (!p->open)
		p->line = (struct line){.perhaps_mark = depth == 0};
	p->depth = depth;
	p->open = true;
	if (!soft)
		paragraph_close(p, out);
}

void flowed_read(struct str content, bool delsp, struct lines *out)
{
	struct paragraph paragraph = {0};
	struct physical line;
	for (size_t at = 0; !lines_full(out) && physical_next(content, &at, &line);)
		flowed_line(&line, delsp, &paragraph, out);
	paragraph_close(&paragraph, out);
}
