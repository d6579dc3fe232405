/* What Unicode says of a code point: category, width, normal form; the only door to utf8proc. */
#include "base/utf8.h"

#include "base/limits.h"
#include "normal.h"

#include <utf8proc.h>

bool utf8_is_word(int32_t code_point)
{
	utf8proc_category_t category = utf8proc_category(code_point);
	return code_point == '_' ||
		(category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO);
}

bool utf8_is_space(int32_t code_point)
{
	utf8proc_category_t category = utf8proc_category(code_point);
	return (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP) ||
		(code_point >= '\t' && code_point <= '\r') || code_point == 0x85;
}

static bool is_mark(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);
	return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_control(int32_t code_point)
{
	switch (utf8proc_category(code_point)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

size_t utf8_width(struct str s)
{
	size_t columns = 0, at = 0;
	for (int32_t c; (c = utf8_next(s, &at)) >= 0;) {
		int width = utf8proc_charwidth(c);
		columns += width > 0 ? (size_t)width : 0;
	}
	return columns;
}

int32_t utf8_bare(int32_t code_point)
{
	int32_t form[4]; /* no canonical decomposition is longer */
	utf8proc_ssize_t count =
		utf8proc_decompose_char(code_point, form, 4, UTF8PROC_DECOMPOSE, NULL);
	return count > 1 && count <= 4 && is_mark(form[1]) ? form[0] : code_point;
}

/* Hangul vowels and finals, which join the syllable before them. */
static bool is_joining_jamo(int32_t c)
{
	return c >= 0x1161 && c <= 0x11ff;
}

/* The value of a decimal digit: Unicode encodes each script's ten in order, and where several
   sets follow each other without a gap, each has its ten. */
static int32_t digit_value(int32_t c)
{
	int32_t zero = c;
	while (utf8proc_category(zero - 1) == UTF8PROC_CATEGORY_ND)
		zero--;
	return (c - zero) % 10;
}

/* What people type for an apostrophe, and every script's decimal digits. */
static int32_t simplify(int32_t c)
{
	switch (c) {
	case 0x00b4: /* acute accent, which NFKC would take apart */
	case 0x02bb:
	case 0x02bc:
	case 0x2018:
	case 0x2019:
	case 0x201b:
	case 0x2032:
		return '\'';
	default:
		break;
	}
	if (c > '9' && utf8proc_category(c) == UTF8PROC_CATEGORY_ND)
		return '0' + digit_value(c);
	return c;
}

enum normal_class normal_class(int32_t c)
{
	int32_t form[NORMAL_ROOM];
	if (normal_is_plain(c))
		return NORMAL_STABLE;
	utf8proc_ssize_t count = utf8proc_decompose_char(
		c, form, NORMAL_ROOM, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE, NULL);
	if (count == 0)
		return NORMAL_IGNORED;
	if (simplify(c) != c)
		return NORMAL_BEGINS;
	if (is_mark(form[0]) || is_joining_jamo(form[0]))
		return NORMAL_CONTINUES;
	return count == 1 && form[0] == c ? NORMAL_STABLE : NORMAL_BEGINS;
}

/* Canonical order: marks by their class, those of one class as they came (UAX #15). Insertion
   sort: a character has few marks. */
static void order_marks(int32_t *points, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		int32_t moving = points[i];
		int class = (int)utf8proc_get_property(moving)->combining_class;
		size_t to = i;
		while (class > 0 && to > 0 &&
			(int)utf8proc_get_property(points[to - 1])->combining_class > class) {
			points[to] = points[to - 1];
			to--;
		}
		points[to] = moving;
	}
}

size_t normal_form(const int32_t *character, size_t count, int32_t out[NORMAL_ROOM])
{
	size_t used = 0;
	/* The common case, an apostrophe: what it is simplified to is ASCII, and stays. */
	if (count == 1 && simplify(character[0]) != character[0]) {
		out[0] = simplify(character[0]);
		return 1;
	}
	for (size_t i = 0; i < count; i++) {
		utf8proc_ssize_t added = utf8proc_decompose_char(simplify(character[i]), out + used,
			(utf8proc_ssize_t)(NORMAL_ROOM - used),
			UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE, NULL);
		/* More than the room is impossible for what Unicode holds today. */
		if (added > 0 && (size_t)added <= NORMAL_ROOM - used)
			used += (size_t)added;
	}
	order_marks(out, used);
	utf8proc_ssize_t composed = utf8proc_normalize_utf32(
		out, (utf8proc_ssize_t)used, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	return composed > 0 ? (size_t)composed : 0;
}

int32_t normal_fold_case(int32_t c)
{
	/* No script of East Asia has case. */
	if ((c >= 0x2e80 && c < 0xa000) || (c >= 0xac00 && c <= 0xd7a3))
		return c;
	/* The Turkish pair has no simple folding; through toupper the dotless one would meet i. */
	if (c == 0x130 || c == 0x131)
		return c;
	/* There and back: final sigma and its like meet their plain letter only in upper case. */
	return utf8proc_tolower(utf8proc_toupper(c));
}
