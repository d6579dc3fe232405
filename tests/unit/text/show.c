/* What the suites share: cases in plain files, what must hold for any text, a text to read. */
#include "suites.h"

#include "base/utf8.h"

void check_spans(const struct text *t, size_t content_len)
{
	size_t at = 0;
	for (size_t i = 0; i < t->span_count; i++) {
		const struct span *s = &t->spans[i];
		ck_assert_uint_eq(s->start, at);
		ck_assert_uint_gt(s->end, s->start);
		ck_assert_uint_le(s->part_start, s->part_end);
		ck_assert_uint_le(s->part_end, content_len);
		ck_assert(utf8_valid(str_slice(t->bytes, s->start, s->end)));
		at = s->end;
	}
	ck_assert_uint_eq(at, t->bytes.len);
}

static void show_line(const struct span *s, struct str words, struct buf *out)
{
	words = str_trim(words);
	while (str_starts(words, STR("\u00a0")))
		words = str_trim(str_slice(words, 2, words.len));
	if (words.len == 0)
		return;
	buf_add_format(out, "%s%s%s | ", span_kind_name(s->kind), s->unsure ? "?" : "",
		s->hidden ? " hidden" : "");
	buf_add_str(out, words);
	buf_add_char(out, '\n');
}

void show_spans(const struct text *t, struct buf *out)
{
	for (size_t i = 0; i < t->span_count; i++) {
		struct str rest = str_slice(t->bytes, t->spans[i].start, t->spans[i].end), line;
		while (str_line(&rest, &line))
			show_line(&t->spans[i], line, out);
	}
}

bool given_next(struct str *rest, struct given *out)
{
	size_t at, end;
	if (!str_find(*rest, STR("== "), &at))
		return false;
	struct str one = str_slice(*rest, at + 3, rest->len);
	*rest = str_find(one, STR("\n== "), &end) ? str_slice(one, end + 1, one.len)
						  : (struct str){0};
	one = rest->len ? str_slice(one, 0, end + 1) : one;
	ck_assert(str_line(&one, &out->title) && str_line(&one, &out->form));
	out->rest = one;
	return true;
}
