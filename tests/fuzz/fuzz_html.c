/* Fuzzes HTML to lines and spans: whatever the bytes, the spans cover the text, are valid UTF-8 and
   lie within the content; and pieces of any size give the same lines. */
#include "base/utf8.h"
#include "html.h"
#include "text/text_extract.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_spans(const struct text *t, size_t content_len)
{
	size_t at = 0;
	for (size_t i = 0; i < t->span_count; i++) {
		const struct span *s = &t->spans[i];
		require(s->start == at && s->end > s->start);
		require(s->part_start <= s->part_end && s->part_end <= content_len);
		require(utf8_valid(str_slice(t->bytes, s->start, s->end)));
		at = s->end;
	}
	require(at == t->bytes.len);
}

static void check_pieces(struct str html, size_t chunk)
{
	struct lines whole = {0}, pieces = {0};
	require(html_read(html, html.len + 1, &whole, NULL) == 0);
	require(html_read(html, chunk, &pieces, NULL) == 0);
	require(str_eq(buf_str(&whole.text), buf_str(&pieces.text)));
	require(whole.count == pieces.count);
	for (size_t i = 0; i < whole.count; i++) {
		const struct line *a = &whole.items[i], *b = &pieces.items[i];
		require(a->start == b->start && a->end == b->end && a->depth == b->depth);
		require(a->hint == b->hint && a->box == b->box && a->ruled == b->ruled);
	}
	lines_finish(&whole);
	lines_finish(&pieces);
}

/* What comes out of the message room is valid UTF-8 without NUL. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf html = {0};
	struct text text;
	text_init(&text);
	utf8_repair((struct str){(const char *)data, size}, &html);
	require(text_tag_html(buf_str(&html), &text, NULL) == 0);
	check_spans(&text, html.len);
	check_pieces(buf_str(&html), 1 + size % 7);
	text_finish(&text);
	buf_finish(&html);
	return 0;
}
