/* Decodes base64 and quoted-printable as far as they can be read. */
#include "transfer.h"

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_char(char c)
{
	return c == '=' || base64_value(c) >= 0;
}

void base64_end(struct base64 *b, struct buf *out)
{
	/* Two characters hold one octet, three hold two; one alone holds none. */
	if (b->count >= 2)
		buf_add_char(out, (char)(b->bits >> (b->count == 2 ? 4 : 10)));
	if (b->count == 3)
		buf_add_char(out, (char)(b->bits >> 2));
	*b = (struct base64){0};
}

void base64_add(struct base64 *b, struct str piece, struct buf *out)
{
	for (size_t i = 0; i < piece.len; i++) {
		int value = base64_value(piece.ptr[i]);
		if (value < 0) {
			if (piece.ptr[i] == '=')
				base64_end(b, out);
			continue;
		}
		b->bits = b->bits << 6 | (uint32_t)value;
		if (++b->count == 4) {
			char octets[3] = {
				(char)(b->bits >> 16), (char)(b->bits >> 8), (char)b->bits};
			buf_add(out, octets, sizeof(octets));
			*b = (struct base64){0};
		}
	}
}

/* "=C3" at s[at]; false when the two digits are not there. */
static bool take_hex(struct str s, size_t at, char *octet)
{
	if (at + 2 >= s.len)
		return false;
	int high = hex_value(s.ptr[at + 1]), low = hex_value(s.ptr[at + 2]);
	if (high < 0 || low < 0)
		return false;
	*octet = (char)(high << 4 | low);
	return true;
}

/* The length of a soft line break at s[at]: "=", white space that a relay added, the line end. */
static size_t soft_break(struct str s, size_t at)
{
	size_t end = at + 1;
	while (end < s.len && (s.ptr[end] == ' ' || s.ptr[end] == '\t'))
		end++;
	if (end < s.len && s.ptr[end] == '\r')
		end++;
	if (end == s.len)
		return end - at;
	return s.ptr[end] == '\n' ? end + 1 - at : 0;
}

void quoted_printable_decode(struct str text, struct buf *out)
{
	size_t plain = 0, at = 0;
	while (at < text.len) {
		char octet;
		size_t skip;
		if (text.ptr[at] != '=') {
			at++;
			continue;
		}
		buf_add_str(out, str_slice(text, plain, at));
		plain = at;
		if (take_hex(text, at, &octet)) {
			buf_add_char(out, octet);
			plain = at += 3;
		} else if ((skip = soft_break(text, at)) > 0) {
			plain = at += skip;
		} else {
			at++;
		}
	}
	buf_add_str(out, str_slice(text, plain, text.len));
}

void q_decode(struct str text, struct buf *out)
{
	for (size_t at = 0; at < text.len; at++) {
		char octet;
		if (text.ptr[at] == '=' && take_hex(text, at, &octet)) {
			buf_add_char(out, octet);
			at += 2;
		} else {
			buf_add_char(out, text.ptr[at] == '_' ? ' ' : text.ptr[at]);
		}
	}
}
