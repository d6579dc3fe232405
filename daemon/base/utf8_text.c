/* UTF-8 read, written, repaired, and shown to people without its traps. */
#include "base/utf8.h"

#include <string.h>

static unsigned char byte_at(struct str s, size_t at)
{
	return at < s.len ? (unsigned char)s.ptr[at] : 0;
}

static bool continues(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* Bytes of the well-formed character at `at` (Unicode, table 3-7), 0 when it is none. */
static size_t character_size(struct str s, size_t at)
{
	unsigned char first = byte_at(s, at), second = byte_at(s, at + 1);
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4 || !continues(second))
		return 0;
	if (first < 0xe0)
		return 2;
	/* Overlong forms, surrogates, and what is above U+10FFFF. */
	if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
		(first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
		return 0;
	if (!continues(byte_at(s, at + 2)))
		return 0;
	if (first < 0xf0)
		return 3;
	return continues(byte_at(s, at + 3)) ? 4 : 0;
}

int32_t utf8_next(struct str s, size_t *at)
{
	if (*at >= s.len)
		return -1;
	const unsigned char *byte = (const unsigned char *)s.ptr + *at;
	if (byte[0] < 0x80) {
		(*at)++;
		return byte[0];
	}
	size_t size = character_size(s, *at);
	*at += size > 0 ? size : 1;
	switch (size) {
	case 2:
		return (byte[0] & 0x1f) << 6 | (byte[1] & 0x3f);
	case 3:
		return (byte[0] & 0x0f) << 12 | (byte[1] & 0x3f) << 6 | (byte[2] & 0x3f);
	case 4:
		return (byte[0] & 0x07) << 18 | (byte[1] & 0x3f) << 12 | (byte[2] & 0x3f) << 6 |
			(byte[3] & 0x3f);
	default:
		return 0xfffd;
	}
}

size_t utf8_encode(int32_t code_point, char out[4])
{
	uint32_t c = (uint32_t)code_point;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* Where the next byte is that is no ASCII, or NUL, or one of the last eight: most text is ASCII. */
static size_t skip_plain(struct str s, size_t at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t eight;
	for (; s.len - at > sizeof(eight); at += sizeof(eight)) {
		memcpy(&eight, s.ptr + at, sizeof(eight));
		if ((eight | (eight - ones)) & tops)
			break;
	}
	return at;
}

bool utf8_valid(struct str s)
{
	for (size_t at = 0, size; at < s.len; at += size) {
		at = skip_plain(s, at);
		if ((size = character_size(s, at)) == 0)
			return false;
	}
	return true;
}

size_t utf8_cut(struct str s, size_t most)
{
	if (s.len <= most)
		return s.len;
	while (most > 0 && continues(byte_at(s, most)))
		most--;
	return most;
}

size_t utf8_whole(struct str s)
{
	size_t lead = s.len;
	while (lead > 0 && continues(byte_at(s, lead - 1)))
		lead--;
	if (lead == 0)
		return s.len;
	unsigned char first = byte_at(s, --lead);
	size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
	return lead + size > s.len ? lead : s.len;
}

void utf8_repair(struct str s, struct buf *out)
{
	size_t good = 0, at = 0;
	while (at < s.len) {
		at = skip_plain(s, at);
		size_t size = character_size(s, at);
		if (size > 0 && s.ptr[at] != '\0') {
			at += size;
			continue;
		}
		buf_add_str(out, str_slice(s, good, at));
		buf_add_str(out, size == 0 ? STR("\xef\xbf\xbd") : STR("\xe2\x90\x80"));
		good = ++at;
	}
	buf_add_str(out, str_slice(s, good, at));
}

size_t utf8_length(struct str s)
{
	size_t count = 0, at = 0;
	while (utf8_next(s, &at) >= 0)
		count++;
	return count;
}

void utf8_add_visible(struct buf *out, struct str s, bool keep_lines)
{
	size_t good = 0, at = 0;
	while (at < s.len) {
		size_t start = at;
		if (s.ptr[at] >= ' ' && s.ptr[at] < 0x7f) {
			at++;
			continue;
		}
		bool valid = character_size(s, at) > 0;
		int32_t c = utf8_next(s, &at);
		if ((keep_lines && (c == '\n' || c == '\t')) || (valid && !utf8_is_control(c)))
			continue;
		buf_add_str(out, str_slice(s, good, start));
		good = at;
		if (!valid)
			buf_add_cstr(out, "\xef\xbf\xbd");
		else if (c < 0x100)
			buf_add_format(out, "\\x%02x", (unsigned)c);
		else
			buf_add_format(out, c < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)c);
	}
	buf_add_str(out, str_slice(s, good, at));
}
