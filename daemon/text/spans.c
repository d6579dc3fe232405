/* Turns tagged lines and the runs they were read from into the spans of a text. */
#include "spans.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

void spans_finish(struct spans *s)
{
	buf_finish(&s->bytes);
	free(s->items);
	*s = (struct spans){0};
}

static bool of_one_kind(const struct span *a, const struct span *b)
{
	return a->kind == b->kind && a->unsure == b->unsure && a->hidden == b->hidden &&
		a->part == b->part;
}

static void span_append(struct spans *s, size_t start, const struct span *as)
{
	struct span *last = s->count ? &s->items[s->count - 1] : NULL;
	if (last && of_one_kind(last, as)) {
		last->end = s->bytes.len;
		if (last->part_end < as->part_end)
			last->part_end = as->part_end;
		return;
	}
	if (array_room(&s->items, s->count, &s->cap, sizeof(*s->items)) < 0) {
		s->failed = true;
		return;
	}
	s->items[s->count] = *as;
	s->items[s->count].start = start;
	s->items[s->count++].end = s->bytes.len;
}

void spans_add(struct spans *s, struct str bytes, const struct span *as)
{
	size_t start = s->bytes.len, room = LIMIT_TEXT - start;
	if (bytes.len > room) {
		s->cut = true;
		bytes.len = utf8_cut(bytes, room);
	}
	if (bytes.len == 0 || s->failed)
		return;
	buf_add_str(&s->bytes, bytes);
	s->failed = s->bytes.failed;
	if (!s->failed)
		span_append(s, start, as);
}

void spans_paragraph(struct spans *s)
{
	if (s->count == 0)
		return;
	struct span last = s->items[s->count - 1];
	last.part_start = last.part_end;
	struct str text = buf_str(&s->bytes);
	if (!str_ends(text, STR("\n")))
		spans_add(s, STR("\n\n"), &last);
	else if (!str_ends(text, STR("\n\n")))
		spans_add(s, STR("\n"), &last);
}

void spans_add_lines(struct spans *s, const struct lines *l, int part, const enum span_kind *as)
{
	struct str text = buf_str(&l->text);
	size_t run = 0;
	s->cut = s->cut || l->cut;
	for (size_t i = 0; i < l->count; i++) {
		const struct line *line = &l->items[i];
		for (size_t at = line->start; at <= line->end;) {
			while (run + 1 < l->run_count && l->runs[run].end <= at)
				run++;
			const struct run *from = &l->runs[run];
			bool goes_on = from->end > at && from->end < line->end + 1;
			size_t end = goes_on ? from->end : line->end + 1;
			struct span span = {
				.kind = as ? *as : line->kind,
				.unsure = !as && line->unsure,
				.hidden = from->hidden,
				.part = part,
				.part_start = from->part_start,
				.part_end = from->part_end,
			};
			spans_add(s, str_slice(text, at, end), &span);
			at = end;
		}
	}
}

int spans_move(struct spans *s, struct text *out, struct error *err)
{
	if (s->failed)
		return error_memory(err);
	struct str bytes = arena_str(&out->arena, buf_str(&s->bytes));
	struct span *items = arena_array(&out->arena, s->count, sizeof(*items));
	if (!bytes.ptr || !items)
		return error_memory(err);
	if (s->count)
		memcpy(items, s->items, s->count * sizeof(*items));
	out->bytes = bytes;
	out->spans = items;
	out->span_count = s->count;
	out->cut = s->cut;
	return 0;
}
