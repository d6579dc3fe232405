/* Makes a folded text equal for the literal index: case away, white space as one blank. */
#include "base/array.h"
#include "literal.h"
#include <stdlib.h>
#include <string.h>

#define PADDING 8
/* Latin-1 letters are 0xC3 and a byte; their small letters 0x20 further. */
#define LATIN_1 0xC3

unsigned literal_rarity(struct str bytes)
{
	/* of the languages of the packs together; a blank is every sixth byte */
	static const unsigned char letters[26] = {
		4, 6, 5, 5, 3, 6, 6, 5, 4, 9, 7, 5, 5, 4, 4, 6, 10, 4, 4, 4, 5, 7, 7, 9, 6, 9};
	unsigned bits = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		char c = bytes.ptr[i];
		if (c >= 'a' && c <= 'z')
			bits += letters[c - 'a'];
		else
			bits += c == ' ' ? 3 : 7;
	}
	return bits;
}

void literal_text_finish(struct literal_text *t)
{
	buf_finish(&t->bytes);
	free(t->shifts);
	free(t->paragraphs);
	*t = (struct literal_text){0};
}

static bool is_white(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static unsigned char latin_1_small(unsigned char c)
{
	/* 0x97 is the sign of multiplication, 0x9F the sharp s */
	return c >= 0x80 && c <= 0x9E && c != 0x97 ? (unsigned char)(c + 0x20) : c;
}

static int add_shift(struct literal_text *t, size_t at, size_t shift)
{
	if (array_room(&t->shifts, t->shift_count, &t->shift_cap, sizeof(*t->shifts)) < 0)
		return -1;
	t->shifts[t->shift_count++] = (struct literal_shift){at, shift};
	return 0;
}

/* The white space that begins at `at` becomes one blank, which stands at `len`. Returns where it
   ends, or 0 (memory). */
static size_t fold_white(struct literal_text *t, struct str source, size_t at, size_t len)
{
	bool line_end = false, empty_line = false;
	size_t end = at;
	for (; end < source.len && is_white((unsigned char)source.ptr[end]); end++) {
		char c = source.ptr[end];
		empty_line = empty_line || (line_end && c == '\n');
		line_end = c == '\n' || (line_end && c != '\v' && c != '\f');
	}
	if (end > at + 1 && add_shift(t, len + 1, end - (len + 1)) < 0)
		return 0;
	if (!empty_line)
		return end;
	if (array_room(&t->paragraphs, t->paragraph_count, &t->paragraph_cap,
		    sizeof(*t->paragraphs)) < 0)
		return 0;
	t->paragraphs[t->paragraph_count++] = len + 1;
	return end;
}

int literal_fold(struct str source, struct literal_text *out)
{
	const unsigned char *from = (const unsigned char *)source.ptr;
	buf_clear(&out->bytes);
	out->shift_count = 0;
	out->paragraph_count = 0;
	unsigned char *to = (unsigned char *)buf_reserve(&out->bytes, source.len + PADDING);
	if (!to)
		return -1;
	size_t len = 0, i = 0;
	while (i < source.len) {
		unsigned char c = from[i++];
		if (c >= 'A' && c <= 'Z') {
			c |= 0x20;
		} else if (is_white(c)) {
			i = fold_white(out, source, i - 1, len);
			if (i == 0)
				return -1;
			c = ' ';
		} else if (c == LATIN_1 && i < source.len) {
			to[len++] = c;
			c = latin_1_small(from[i++]);
		}
		to[len++] = c;
	}
	memset(to + len, 0, PADDING);
	out->bytes.len = len;
	return 0;
}

size_t literal_first(const struct literal_text *t, size_t at)
{
	size_t low = 0, high = t->shift_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (t->shifts[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return at + (low > 0 ? t->shifts[low - 1].shift : 0);
}
