/* Diagnostics for people: gathered in any order, printed by place with line, caret and count. */
#include "base/diag.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Code points of a line that are shown: one line of a file may be a megabyte. */
#define SHOWN 200

static void diag_finish(struct diag *diag)
{
	free(diag->file);
	free(diag->text);
	free(diag->source);
}

void diags_finish(struct diags *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->count; i++)
		diag_finish(&d->items[i]);
	free(d->items);
	*d = (struct diags){0};
}

__attribute__((format(printf, 1, 0))) static char *format_text(
	const char *format, va_list arguments)
{
	struct buf text = {0};
	buf_add_vformat(&text, format, arguments);
	char *copy = text.failed ? NULL : str_dup(buf_str(&text));
	buf_finish(&text);
	return copy;
}

void diags_add(struct diags *d, enum diag_level level, const char *file, unsigned line,
	unsigned column, struct str source, const char *format, ...)
{
	/* Counted even when it cannot be kept: a file with a mistake must not pass for a good one.
	 */
	if (level == DIAG_ERROR)
		d->errors++;
	else
		d->warnings++;
	struct diag diag = {.level = level, .line = line, .column = column};
	struct str shown = {NULL, 0};
	if (source.ptr && !str_line(&source, &shown))
		shown = STR("");
	va_list arguments;
	va_start(arguments, format);
	diag.text = format_text(format, arguments);
	va_end(arguments);
	diag.file = file ? str_dup(str_from(file)) : NULL;
	diag.source = shown.ptr ? str_dup(shown) : NULL;
	if (!diag.text || (file && !diag.file) || (shown.ptr && !diag.source) ||
		array_room(&d->items, d->count, &d->cap, sizeof(*d->items)) < 0) {
		diag_finish(&diag);
		d->failed = true;
		return;
	}
	d->items[d->count++] = diag;
}

static bool same_file(const struct diag *a, const struct diag *b)
{
	return str_eq(str_from(a->file), str_from(b->file));
}

/* The place of a diagnostic: its file by first mention, then as written in the file. */
struct place {
	size_t file;
	size_t added;
	struct diag diag;
};

static int by_place(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	if (a->diag.line != b->diag.line)
		return a->diag.line < b->diag.line ? -1 : 1;
	if (a->diag.column != b->diag.column)
		return a->diag.column < b->diag.column ? -1 : 1;
	return a->added < b->added ? -1 : 1;
}

void diags_sort(struct diags *d)
{
	struct place *places = d->count > 1 ? calloc(d->count, sizeof(*places)) : NULL;
	/* Without memory they come as they were added. */
	if (!places)
		return;
	for (size_t i = 0; i < d->count; i++) {
		places[i] = (struct place){.file = i, .added = i, .diag = d->items[i]};
		/* The one before is nearly always of the same file. */
		for (size_t j = i; j-- > 0;) {
			if (same_file(&d->items[j], &d->items[i])) {
				places[i].file = places[j].file;
				break;
			}
		}
	}
	qsort(places, d->count, sizeof(*places), by_place);
	for (size_t i = 0; i < d->count; i++)
		d->items[i] = places[i].diag;
	free(places);
}

/* What stands under the line before the caret: tabs as tabs, so that it lines up whatever a
   tab is worth, and a space for each column of the rest as it is shown. */
static void add_caret_line(struct buf *out, struct str source, unsigned column)
{
	struct buf shown = {0};
	size_t at = 0;
	for (unsigned i = 1; i < column; i++) {
		size_t start = at;
		int32_t c = utf8_next(source, &at);
		if (c == '\t') {
			buf_add_char(out, '\t');
			continue;
		}
		buf_clear(&shown);
		utf8_add_visible(&shown, str_slice(source, start, at), false);
		size_t width = c < 0 ? 1 : utf8_width(buf_str(&shown));
		buf_add_format(out, "%*s", (int)width, "");
		if (c < 0)
			break;
	}
	buf_add_cstr(out, "^\n");
	buf_finish(&shown);
}

/* At most SHOWN code points around the column, which becomes the column in what is shown. */
static struct str window(struct str source, unsigned *column)
{
	size_t start = 0, end = 0;
	unsigned skip = *column > SHOWN / 2 ? *column - SHOWN / 2 : 0;
	if (utf8_length(source) <= SHOWN)
		return source;
	for (unsigned i = 0; i < skip && utf8_next(source, &start) >= 0; i++)
		;
	end = start;
	for (unsigned i = 0; i < SHOWN && utf8_next(source, &end) >= 0; i++)
		;
	if (*column > 0)
		*column -= skip;
	return str_slice(source, start, end);
}

static void add_source(struct buf *out, struct str source, unsigned column)
{
	struct str shown = window(source, &column);
	bool cut_before = shown.ptr > source.ptr;
	bool cut_behind = shown.ptr + shown.len < source.ptr + source.len;
	buf_add_cstr(out, cut_before ? "   \xe2\x80\xa6" : "    ");
	utf8_add_visible(out, shown, true);
	buf_add_cstr(out, cut_behind ? "\xe2\x80\xa6\n" : "\n");
	if (column > 0) {
		buf_add_cstr(out, "    ");
		add_caret_line(out, shown, column);
	}
}

static void diag_print(const struct diag *diag, struct buf *out)
{
	if (diag->file) {
		utf8_add_visible(out, str_from(diag->file), false);
		if (diag->line > 0)
			buf_add_format(out, ":%u", diag->line);
		if (diag->line > 0 && diag->column > 0)
			buf_add_format(out, ":%u", diag->column);
		buf_add_cstr(out, ": ");
	}
	buf_add_cstr(out, diag->level == DIAG_ERROR ? "error: " : "warning: ");
	utf8_add_visible(out, str_from(diag->text), false);
	buf_add_char(out, '\n');
	if (diag->source)
		add_source(out, str_from(diag->source), diag->column);
}

static void add_count(struct buf *out, size_t count, const char *noun)
{
	buf_add_format(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

void diags_print(struct diags *d, struct buf *out)
{
	size_t files = 0;
	diags_sort(d);
	for (size_t i = 0; i < d->count; i++) {
		files += d->items[i].file && (i == 0 || !same_file(&d->items[i - 1], &d->items[i]));
		diag_print(&d->items[i], out);
	}
	if (d->failed)
		buf_add_cstr(out, "some are not shown: out of memory\n");
	if (d->errors == 0 && d->warnings == 0)
		return;
	if (d->errors > 0)
		add_count(out, d->errors, "error");
	if (d->errors > 0 && d->warnings > 0)
		buf_add_cstr(out, ", ");
	if (d->warnings > 0)
		add_count(out, d->warnings, "warning");
	if (files > 0) {
		buf_add_cstr(out, " in ");
		add_count(out, files, "file");
	}
	buf_add_char(out, '\n');
}

void diags_tell(struct diags *d, FILE *to)
{
	struct buf text = {0};
	diags_print(d, &text);
	fputs(buf_cstr(&text), to);
	buf_finish(&text);
}
