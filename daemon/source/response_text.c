/* The free text behind OK, NO, BAD and +, and the response code in front of it. */
#include "response_parts.h"

#include "response_words.h"

void text_begin(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n') {
		/* the library wants some text there */
		buf_add(out, " -", 2);
		filter_end_line(f, out, true);
	} else {
		buf_add_char(out, ' ');
		f->state = FILTER_TEXT_START;
	}
}

/* The code is not one to pass: it becomes text, with brackets that the library does not read. */
static void code_as_text(struct response_filter *f, struct buf *out)
{
	buf_add_char(out, '(');
	buf_add(out, f->word, f->word_len);
	f->state = FILTER_TEXT;
}

static int on_code(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n') {
		code_as_text(f, out);
		filter_end_line(f, out, true);
	} else if (c != ']') {
		if (f->word_len < sizeof(f->word)) {
			f->word[f->word_len++] = c;
			return 0;
		}
		code_as_text(f, out);
		buf_add_char(out, c);
	} else if (response_code_is_safe((struct str){f->word, f->word_len})) {
		buf_add_char(out, '[');
		buf_add(out, f->word, f->word_len);
		buf_add_char(out, ']');
		/* the library wants a space and text behind it */
		f->state = FILTER_TEXT;
		f->word_len = 0;
	} else {
		code_as_text(f, out);
		buf_add_char(out, ')');
	}
	return 0;
}

/* The library passes over blanks before a code, so they must not hide one. */
static int on_text_start(struct response_filter *f, struct buf *out, char c)
{
	if (c == ' ' || c == '\t')
		return 0;
	if (c == '[') {
		f->word_len = 0;
		f->state = FILTER_CODE;
	} else if (c == '\n') {
		buf_add_char(out, '-');
		filter_end_line(f, out, true);
	} else {
		buf_add_char(out, c);
		f->state = FILTER_TEXT;
	}
	return 0;
}

static int on_plus(struct response_filter *f, struct buf *out, char c)
{
	text_begin(f, out, c);
	return c == ' ' || c == '\n' ? 0 : on_text_start(f, out, c);
}

static int on_text(struct response_filter *f, struct buf *out, char c)
{
	if (c == '\n')
		filter_end_line(f, out, true);
	else
		buf_add_char(out, c);
	return 0;
}

int text_byte(struct response_filter *f, struct buf *out, char c)
{
	switch (f->state) {
	case FILTER_PLUS:
		return on_plus(f, out, c);
	case FILTER_TEXT_START:
		return on_text_start(f, out, c);
	case FILTER_CODE:
		return on_code(f, out, c);
	default:
		return on_text(f, out, c);
	}
}
