/* Base64 (RFC 4648 section 4), with padding and without line ends. */
#include "base/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_write(struct buf *out, const void *octets, size_t len)
{
	const unsigned char *in = octets;
	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		unsigned bits = (unsigned)in[i] << 16;
		bits |= left > 1 ? (unsigned)in[i + 1] << 8 : 0;
		bits |= left > 2 ? in[i + 2] : 0;
		buf_add_char(out, digits[bits >> 18]);
		buf_add_char(out, digits[bits >> 12 & 63]);
		buf_add_char(out, left > 1 ? digits[bits >> 6 & 63] : '=');
		buf_add_char(out, left > 2 ? digits[bits & 63] : '=');
	}
}

static int value_of(char c)
{
	for (int i = 0; i < 64; i++)
		if (digits[i] == c)
			return i;
	return -1;
}

/* Four digits: the number of octets in them, 0 when they are not base64. */
static size_t group_read(const char *in, bool last, unsigned char out[3])
{
	size_t padding = 0;
	unsigned bits = 0;
	if (last && in[3] == '=')
		padding = in[2] == '=' ? 2 : 1;
	for (size_t i = 0; i < 4; i++) {
		int value = i < 4 - padding ? value_of(in[i]) : 0;
		if (value < 0)
			return 0;
		bits = bits << 6 | (unsigned)value;
	}
	for (size_t i = 0; i < 3; i++)
		out[i] = (unsigned char)(bits >> (16 - 8 * i));
	/* one spelling: the bits that fall away are zero */
	for (size_t i = 3 - padding; i < 3; i++)
		if (out[i])
			return 0;
	return 3 - padding;
}

bool base64_read(struct str text, struct buf *out)
{
	size_t start = out->len;
	bool fits = text.len % 4 == 0;
	for (size_t i = 0; fits && i < text.len; i += 4) {
		unsigned char octets[3];
		size_t count = group_read(text.ptr + i, i + 4 == text.len, octets);
		fits = count > 0;
		buf_add(out, octets, count);
	}
	if (!fits)
		out->len = start;
	return fits;
}
