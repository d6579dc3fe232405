/* A table whose columns fit their widest cell. */
#include "output.h"

#include "base/array.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdlib.h>

struct cell {
	char *text;
	size_t width;
	enum color color;
	bool right;
};

struct table {
	size_t columns;
	struct cell *cells;
	size_t count, cap;
	bool failed;
};

int table_new(size_t columns, struct table **out, struct error *err)
{
	struct table *t = calloc(1, sizeof(*t));
	if (!t)
		return error_memory(err);
	t->columns = columns;
	*out = t;
	return 0;
}

void table_free(struct table *t)
{
	for (size_t i = 0; t && i < t->count; i++)
		free(t->cells[i].text);
	if (t)
		free(t->cells);
	free(t);
}

void table_add(struct table *t, struct str text, enum color color, bool right)
{
	struct buf visible = {0};
	utf8_add_visible(&visible, text, false);
	char *copy = visible.failed ? NULL : str_dup(buf_str(&visible));
	size_t width = utf8_width(buf_str(&visible));
	buf_finish(&visible);
	if (!copy || array_room(&t->cells, t->count, &t->cap, sizeof(*t->cells)) < 0) {
		free(copy);
		t->failed = true;
		return;
	}
	t->cells[t->count++] = (struct cell){copy, width, color, right};
}

void table_add_cstr(struct table *t, const char *text, enum color color, bool right)
{
	table_add(t, str_from(text), color, right);
}

void table_add_format(struct table *t, enum color color, bool right, const char *format, ...)
{
	struct buf text = {0};
	va_list arguments;
	va_start(arguments, format);
	buf_add_vformat(&text, format, arguments);
	va_end(arguments);
	t->failed |= text.failed;
	table_add(t, buf_str(&text), color, right);
	buf_finish(&text);
}

static void print_cell(
	struct invocation *in, const struct cell *cell, size_t width, bool last_column)
{
	size_t space = cell->width < width ? width - cell->width : 0;
	if (cell->right)
		print(in, "%*s", (int)space, "");
	print_colored(in, cell->color, "%s", cell->text);
	if (!last_column)
		print(in, "%*s", (int)((cell->right ? 0 : space) + 2), "");
}

/* Nothing stands behind the last cell that is not empty. */
static void print_row(
	struct invocation *in, const struct cell *cells, const size_t *widths, size_t columns)
{
	while (columns && !*cells[columns - 1].text)
		columns--;
	for (size_t i = 0; i < columns; i++)
		print_cell(in, &cells[i], widths[i], i + 1 == columns);
	print(in, "\n");
}

int table_print(struct invocation *in, const struct table *t, struct error *err)
{
	size_t *widths = calloc(t->columns + 1, sizeof(*widths));
	if (!widths || t->failed) {
		free(widths);
		return error_memory(err);
	}
	for (size_t i = 0; i < t->count; i++)
		if (t->cells[i].width > widths[i % t->columns])
			widths[i % t->columns] = t->cells[i].width;
	for (size_t i = 0; i + t->columns <= t->count; i += t->columns)
		print_row(in, &t->cells[i], widths, t->columns);
	free(widths);
	return 0;
}
