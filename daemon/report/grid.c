/* Text in columns and paragraphs, for terminals. */
#include "grid.h"

#include "base/array.h"
#include "base/utf8.h"
#include <stdlib.h>

void put_str(const struct report_sink *sink, enum ink ink, struct str text)
{
	if (text.len)
		sink->put(sink->context, ink, text);
}

void put(const struct report_sink *sink, enum ink ink, const char *format, ...)
{
	struct buf text = {0};
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(&text, format, arguments);
	va_end(arguments);
	put_str(sink, ink, buf_str(&text));
	buf_finish(&text);
}

void put_visible(const struct report_sink *sink, enum ink ink, struct str text)
{
	struct buf visible = {0};
	utf8_add_visible(&visible, text, false);
	put_str(sink, ink, buf_str(&visible));
	buf_finish(&visible);
}

void grid_add(struct grid *g, enum ink ink, struct str text)
{
	struct buf visible = {0};
	utf8_add_visible(&visible, text, false);
	struct str copy = arena_str(&g->arena, buf_str(&visible));
	g->failed |= visible.failed || !copy.ptr;
	buf_finish(&visible);
	if (array_room(&g->cells, g->count, &g->cap, sizeof(*g->cells)) < 0)
		g->failed = true;
	if (!g->failed)
		g->cells[g->count++] = (struct grid_cell){copy, utf8_width(copy), ink};
}

void grid_add_cstr(struct grid *g, enum ink ink, const char *text)
{
	grid_add(g, ink, str_from(text));
}

void grid_add_format(struct grid *g, enum ink ink, const char *format, ...)
{
	struct buf text = {0};
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(&text, format, arguments);
	va_end(arguments);
	g->failed |= text.failed;
	grid_add(g, ink, buf_str(&text));
	buf_finish(&text);
}

static void put_row(const struct grid *g, const struct report_sink *sink,
	const struct grid_cell *row, const size_t *widths)
{
	size_t column = g->indent;
	put(sink, INK_PLAIN, "%*s", (int)g->indent, "");
	for (size_t i = 0; i < g->columns; i++) {
		size_t space = widths[i] - row[i].width;
		if (g->right[i])
			put(sink, INK_PLAIN, "%*s", (int)space, "");
		if (i + 1 == g->columns) {
			paragraph_add(sink, row[i].ink, row[i].text, (unsigned)column, &column);
			continue;
		}
		put_str(sink, row[i].ink, row[i].text);
		/* no blanks at a line's end */
		if (i + 2 < g->columns || row[i + 1].text.len)
			put(sink, INK_PLAIN, "%*s", (int)((g->right[i] ? 0 : space) + 2), "");
		column += widths[i] + 2;
	}
	put_str(sink, INK_PLAIN, STR("\n"));
}

int grid_end(struct grid *g, const struct report_sink *sink, struct error *err)
{
	size_t widths[GRID_COLUMNS_MOST] = {0};
	for (size_t i = 0; i < g->count; i++)
		if (g->cells[i].width > widths[i % g->columns])
			widths[i % g->columns] = g->cells[i].width;
	for (size_t i = 0; !g->failed && i + g->columns <= g->count; i += g->columns)
		put_row(g, sink, &g->cells[i], widths);
	bool failed = g->failed;
	free(g->cells);
	arena_finish(&g->arena);
	g->cells = NULL;
	g->count = g->cap = 0;
	g->failed = false;
	return failed ? error_memory(err) : 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Breaks the line before a word that does not fit; a space before the rest. */
static void put_word(const struct report_sink *sink, enum ink ink, struct str word, bool spaced,
	unsigned indent, size_t *column)
{
	struct buf visible = {0};
	utf8_add_visible(&visible, word, false);
	size_t width = utf8_width(buf_str(&visible));
	if (spaced && *column > indent && *column + 1 + width > PAPER_WIDTH) {
		put(sink, INK_PLAIN, "\n%*s", (int)indent, "");
		*column = indent;
	} else if (spaced && *column > indent) {
		put_str(sink, ink, STR(" "));
		++*column;
	}
	put_str(sink, ink, buf_str(&visible));
	*column += width;
	buf_finish(&visible);
}

void paragraph_add(const struct report_sink *sink, enum ink ink, struct str text, unsigned indent,
	size_t *column)
{
	size_t at = 0;
	while (at < text.len) {
		size_t start = at;
		while (start < text.len && is_blank(text.ptr[start]))
			start++;
		size_t end = start;
		while (end < text.len && !is_blank(text.ptr[end]))
			end++;
		if (end > start || start > at)
			put_word(
				sink, ink, str_slice(text, start, end), start > at, indent, column);
		at = end;
	}
}
