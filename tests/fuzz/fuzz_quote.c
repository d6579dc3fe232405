/* Fuzzes the tagging of plain bodies, fixed and flowed: the spans cover the text and lie within the
   content, a line that begins with a mark is never surely new, and no quote below takes new words
   away. */
#include "base/utf8.h"
#include "text/text_extract.h"
#include <ctype.h>
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

static void check_marks(const struct text *t)
{
	for (size_t i = 0; i < t->span_count; i++) {
		const struct span *s = &t->spans[i];
		struct str rest = str_slice(t->bytes, s->start, s->end), line;
		if (s->kind != SPAN_NEW || s->unsure)
			continue;
		while (str_line(&rest, &line))
			require(!str_starts(line, STR("> ")));
	}
}

static const char quote[] = "\n\nOn Mon, 4 May 2026 at 09:12, Jane <jane@acme.example> wrote:\n"
			    "> Which one?\n> Red?\n";

/* Is every new word of `alone` new in `quoted` too? Only letters are words. */
static void check_kept(const struct text *alone, const struct text *quoted)
{
	const struct span *was = alone->spans, *is = quoted->spans;
	for (size_t at = 0; at < alone->bytes.len; at++) {
		was += was->end <= at;
		is += is->end <= at;
		require(alone->bytes.ptr[at] == quoted->bytes.ptr[at]);
		require(was->kind != SPAN_NEW || is->kind == SPAN_NEW ||
			!isalpha((unsigned char)alone->bytes.ptr[at]));
	}
}

/* The first byte chooses the form. What comes out of the message room is valid UTF-8. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf body = {0};
	struct text text, quoted;
	if (size == 0)
		return 0;
	text_init(&text);
	text_init(&quoted);
	utf8_repair((struct str){(const char *)data + 1, size - 1}, &body);
	require(text_tag_plain(buf_str(&body), data[0] & 1, data[0] & 2, &text, NULL) == 0);
	check_spans(&text, body.len);
	check_marks(&text);
	buf_add_cstr(&body, quote);
	require(text_tag_plain(buf_str(&body), data[0] & 1, data[0] & 2, &quoted, NULL) == 0);
	if (!text.cut && !quoted.cut)
		check_kept(&text, &quoted);
	text_finish(&text);
	text_finish(&quoted);
	buf_finish(&body);
	return 0;
}
