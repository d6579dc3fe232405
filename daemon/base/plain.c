/* The letters that people write most: those that stand for themselves in normal form. */
#include "normal.h"

/* One bit a code point, from utf8proc 2.8 (Unicode 15); a test compares them with the utf8proc
   at hand. What is unassigned has no bit: it may become a mark. */
static const uint64_t latin_to_nko[0x800 / 64] = {0xffffffffffffffff, 0xffffffffffffffff,
	0x88c35afeffffffff, 0xffffffffffffffff, 0x7ff3ffffffffffff, 0x7ffffffffffffdfe,
	0xffffffffffffffff, 0xfff1ffffffffe00f, 0xffffffffffffffff, 0xffffffffffffffff,
	0xe600ffffffffffff, 0xffffffe0c0ffffff, 0x0000000000000000, 0xb8ef000000000000,
	0xfffffffbffffd740, 0xfdc8ffffff80ffff, 0xffffffffffffffff, 0xffffffffffffffff,
	0xfffffffffffffc07, 0xffffffffffffffff, 0xfffeffffffffffff, 0xfffffffffe7fffff,
	0x400000000000e77f, 0x001f87ffffff0049, 0xffffffffe800ffff, 0xfe1efc00000007ff,
	0xffffffffffffffff, 0xfc00c260603fffff, 0x0000fffffffdbfff, 0xffffffffffffe000,
	0x0002003fffffffff, 0xc7f007fffffffc00};

static const uint64_t vietnamese_to_currency[(0x2100 - 0x1e00) / 64] = {0xffffffffffffffff,
	0xffffffffffffffff, 0xfffffffff3ffffff, 0xffffffffffffffff, 0xffffffff3f3fffff,
	0x1555ffffaaff3f3f, 0x17dfffffffffffff, 0x15dc17f707c715dc, 0xaf23038ff47d0000,
	0x000000007f7ffc7f, 0xfffffeff00000000, 0x0000000000000001};

static bool bit(const uint64_t *bits, int32_t index)
{
	return bits[index / 64] >> (index % 64) & 1;
}

bool normal_is_plain(int32_t c)
{
	if (c < 0x800)
		return bit(latin_to_nko, c);
	if (c >= 0x1e00 && c < 0x2100)
		return bit(vietnamese_to_currency, c - 0x1e00);
	/* Han and Hangul syllables, whole blocks. */
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3);
}
