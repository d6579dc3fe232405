/* The canonical forms of header fields and bodies (RFC 6376 section 3.4). */
#include "canonical.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* 3.4.1: as it is; every line ends in CRLF. */
static void simple_field(struct buf *out, struct str field)
{
	for (size_t i = 0; i < field.len; i++) {
		if (field.ptr[i] == '\n' && (i == 0 || field.ptr[i - 1] != '\r'))
			buf_add_char(out, '\r');
		buf_add_char(out, field.ptr[i]);
	}
}

/* 3.4.2: small letters, unfolded, blanks as one, none at the ends. */
static void relaxed_field(struct buf *out, struct str field)
{
	size_t colon = 0;
	if (!str_find(field, STR(":"), &colon))
		colon = field.len;
	struct str name = str_trim(str_slice(field, 0, colon));
	for (size_t i = 0; i < name.len; i++)
		buf_add_char(out, lower(name.ptr[i]));
	buf_add_char(out, ':');
	bool blank = false, begun = false;
	for (size_t i = colon + 1; i < field.len; i++) {
		char c = field.ptr[i];
		bool end =
			c == '\n' || (c == '\r' && i + 1 < field.len && field.ptr[i + 1] == '\n');
		if (is_blank(c)) {
			blank = begun;
		} else if (!end) {
			if (blank)
				buf_add_char(out, ' ');
			buf_add_char(out, c);
			blank = false;
			begun = true;
		}
	}
	buf_add(out, "\r\n", 2);
}

void canonical_field(struct buf *out, struct str field, bool relaxed, bool last)
{
	if (relaxed)
		relaxed_field(out, field);
	else
		simple_field(out, field);
	if (last && str_ends(buf_str(out), STR("\r\n")))
		out->len -= 2;
}

static int flush(struct canonical_body *b, struct error *err)
{
	int result = sha256_add(b->hash, (struct str){b->piece, b->piece_len}, err);
	b->piece_len = 0;
	return result;
}

static int put(struct canonical_body *b, char c, struct error *err)
{
	if (b->bytes++ >= b->limit)
		return 0;
	b->piece[b->piece_len++] = c;
	return b->piece_len == sizeof(b->piece) ? flush(b, err) : 0;
}

static int put_line_end(struct canonical_body *b, struct error *err)
{
	return put(b, '\r', err) < 0 ? -1 : put(b, '\n', err);
}

/* An octet of a line: what was held back before it does not fall away. */
static int put_octet(struct canonical_body *b, char c, struct error *err)
{
	for (; b->empty_lines; b->empty_lines--)
		if (put_line_end(b, err) < 0)
			return -1;
	if (b->blank && put(b, ' ', err) < 0)
		return -1;
	b->blank = false;
	b->in_line = true;
	return put(b, c, err);
}

static int end_line(struct canonical_body *b, struct error *err)
{
	b->blank = false;
	if (!b->in_line) {
		b->empty_lines++;
		return 0;
	}
	b->in_line = false;
	return put_line_end(b, err);
}

static int take(struct canonical_body *b, char c, struct error *err)
{
	if (b->relaxed && is_blank(c)) {
		b->blank = true;
		return 0;
	}
	return put_octet(b, c, err);
}

int canonical_body_add(struct canonical_body *b, struct str octets, struct error *err)
{
	int result = 0;
	for (size_t i = 0; i < octets.len && !result; i++) {
		char c = octets.ptr[i];
		if (b->carriage && c != '\n')
			result = take(b, '\r', err);
		b->carriage = c == '\r';
		if (result || b->carriage)
			continue;
		result = c == '\n' ? end_line(b, err) : take(b, c, err);
	}
	return result;
}

int canonical_body_end(struct canonical_body *b, struct error *err)
{
	int result = 0;
	if (b->carriage)
		result = take(b, '\r', err);
	if (!result && b->in_line)
		result = end_line(b, err);
	/* 3.4.3: no body at all is one empty line */
	if (!result && !b->relaxed && !b->bytes)
		result = put_line_end(b, err);
	return result ? result : flush(b, err);
}
