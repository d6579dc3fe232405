/* Builds the text of a chat message: a buffer and its spans. */
#include "chat_text.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include <stdlib.h>

void chat_text_finish(struct chat_text *t)
{
	buf_finish(&t->bytes);
	free(t->spans);
	*t = (struct chat_text){0};
}

void chat_text_add(struct chat_text *t, struct str words, enum span_kind kind)
{
	size_t start = t->bytes.len;
	t->cut |= words.len > LIMIT_TEXT - start;
	utf8_repair(str_slice(words, 0, utf8_cut(words, LIMIT_TEXT - start)), &t->bytes);
	if (t->bytes.len > LIMIT_TEXT) {
		t->bytes.len = utf8_cut(buf_str(&t->bytes), LIMIT_TEXT);
		t->cut = true;
	}
	struct span *last = t->count ? &t->spans[t->count - 1] : NULL;
	if (t->bytes.len == start) {
		/* nothing came */
	} else if (last && last->kind == kind) {
		last->end = last->part_end = t->bytes.len;
	} else if (t->count == LIMIT_TEXT_LINES) {
		t->cut = true;
		t->bytes.len = start;
	} else if (array_room(&t->spans, t->count, &t->cap, sizeof(*t->spans)) < 0) {
		t->failed = true;
		t->bytes.len = start;
	} else {
		t->spans[t->count++] = (struct span){.start = start,
			.end = t->bytes.len,
			.kind = kind,
			.part_start = start,
			.part_end = t->bytes.len};
	}
}

void chat_text_next_line(struct chat_text *t)
{
	chat_text_add(t, STR("\n"), t->count ? t->spans[t->count - 1].kind : SPAN_NEW);
}

void chat_text_new_line(struct chat_text *t)
{
	if (t->count && t->bytes.ptr[t->bytes.len - 1] != '\n')
		chat_text_next_line(t);
}

static bool is_quoted(struct str line, bool tight)
{
	return str_starts(line, STR(">")) &&
		(tight || line.len == 1 || line.ptr[1] == ' ' || str_starts(line, STR(">>> ")));
}

void chat_text_add_lines(struct chat_text *t, struct str lines, bool tight)
{
	struct str line;
	bool rest_quoted = false;
	for (bool first = true; str_line(&lines, &line); first = false) {
		bool quoted = rest_quoted || is_quoted(line, tight);
		rest_quoted |= quoted && str_starts(line, STR(">>>"));
		if (!first)
			chat_text_next_line(t);
		chat_text_add(t, line, quoted ? SPAN_QUOTED : SPAN_NEW);
	}
}

int chat_text_move(struct chat_text *t, struct text *out)
{
	struct text made = {.cut = t->cut};
	struct str bytes = buf_str(&t->bytes);
	while (bytes.len && (unsigned char)bytes.ptr[bytes.len - 1] <= ' ')
		bytes.len--;
	while (t->count && t->spans[t->count - 1].start >= bytes.len)
		t->count--;
	if (t->count)
		t->spans[t->count - 1].end = t->spans[t->count - 1].part_end = bytes.len;
	made.bytes = arena_str(&made.arena, bytes);
	made.spans = arena_array(&made.arena, t->count, sizeof(*made.spans));
	if (t->failed || t->bytes.failed || !made.bytes.ptr || !made.spans) {
		text_finish(&made);
		return -1;
	}
	for (size_t i = 0; i < t->count; i++)
		made.spans[i] = t->spans[i];
	made.span_count = t->count;
	text_finish(out);
	*out = made;
	return 0;
}
