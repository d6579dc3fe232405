/* Folding against utf8proc on everything, and its way back to the source. */
#include "base/limits.h"
#include "base/utf8.h"
#include "expect.h"
#include "normal.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The oracle reads each character with no fast path: what must come before NFKC, then NFKC of the
   whole text at once, then case. */
static utf8proc_int32_t before_nfkc(utf8proc_int32_t c, void *unused)
{
	(void)unused;
	static const utf8proc_int32_t apostrophes[] = {
		0xb4, 0x2bb, 0x2bc, 0x2018, 0x2019, 0x201b, 0x2032};
	for (size_t i = 0; i < COUNT(apostrophes); i++)
		if (c == apostrophes[i])
			return '\'';
	if (utf8proc_category(c) != UTF8PROC_CATEGORY_ND)
		return c;
	utf8proc_int32_t first = c;
	while (utf8proc_category(first - 1) == UTF8PROC_CATEGORY_ND)
		first--;
	return '0' + (c - first) % 10;
}

static void oracle(struct str valid, bool fold_case, struct buf *out)
{
	utf8proc_uint8_t *nfkc = NULL;
	utf8proc_ssize_t len = utf8proc_map_custom((const utf8proc_uint8_t *)valid.ptr,
		(utf8proc_ssize_t)valid.len, &nfkc,
		UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE | UTF8PROC_IGNORE, before_nfkc,
		NULL);
	ck_assert_int_ge(len, 0);
	struct str text = {(const char *)nfkc, (size_t)len};
	size_t at = 0;
	for (int32_t c; (c = utf8_next(text, &at)) >= 0;) {
		char bytes[4];
		if (fold_case && c != 0x130 && c != 0x131)
			c = utf8proc_tolower(utf8proc_toupper(c));
		buf_add(out, bytes, utf8_encode(c, bytes));
	}
	free(nfkc);
}

static void expect_like_oracle(struct str in, struct folded *f)
{
	for (int fold_case = 0; fold_case <= 1; fold_case++) {
		struct buf want = {0};
		oracle(in, fold_case, &want);
		ck_assert_int_eq(utf8_fold(in, fold_case, f), 0);
		if (!str_eq(buf_str(&f->text), buf_str(&want)))
			ck_abort_msg("\"%.*s\" gave \"%.*s\", utf8proc \"%.*s\"", STR_ARG(in),
				STR_ARG(buf_str(&f->text)), STR_ARG(buf_str(&want)));
		buf_finish(&want);
	}
}

static void add_point(struct buf *out, int32_t c)
{
	char bytes[4];
	buf_add(out, bytes, utf8_encode(c, bytes));
}

START_TEST(every_code_point_folds_as_utf8proc_does_alone_and_among_others)
{
	/* before it: nothing to join, a letter, a jamo, a mark; behind it the same */
	static const int32_t around[][2] = {
		{0, 0}, {'a', 0x301}, {0x1100, 0x11a8}, {0x301, 'e'}, {0xac00, 0x200d}};
	struct folded f = {0};
	struct buf in = {0};
	for (int32_t c = 1; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		for (size_t i = 0; i < COUNT(around); i++) {
			buf_clear(&in);
			if (around[i][0])
				add_point(&in, around[i][0]);
			add_point(&in, c);
			if (around[i][1])
				add_point(&in, around[i][1]);
			expect_like_oracle(buf_str(&in), &f);
		}
		/* Han and Hangul are of one kind, and the planes without letters need no more than
		   their borders. */
		if ((c > 0x4e00 && c < 0x9f00) || (c > 0xac00 && c < 0xd700) ||
			(c > 0x17000 && c < 0x18a00) || (c > 0x20000 && c < 0x2f700))
			c += 28 - 1;
		if (c == 0x32000)
			c = 0xe0000 - 1;
		if (c == 0xe1000)
			c = 0x10f000 - 1;
	}
	buf_finish(&in);
	folded_finish(&f);
}
END_TEST

/* A code point of a kind that matters, so that short texts meet every path. */
static int32_t random_point(void)
{
	static const struct {
		int32_t from, to;
	} kinds[] = {
		{0x20, 0x7e},
		{0x20, 0x7e},
		{0x20, 0x7e},
		{0xa0, 0x17f},
		{0x300, 0x36f},
		{0x370, 0x52f},
		{0x5b0, 0x669},
		{0x900, 0x9ff},
		{0xe30, 0xe5f},
		{0x1100, 0x11ff},
		{0x1ea0, 0x1fff},
		{0x2000, 0x206f},
		{0x2460, 0x24ff},
		{0x3040, 0x33ff},
		{0xac00, 0xd7a3},
		{0xf900, 0xfdff},
		{0xfe00, 0xffff},
		{0x1d400, 0x1d7ff},
		{0x1f600, 0x1f64f},
	};
	size_t kind = (size_t)random() % COUNT(kinds);
	return kinds[kind].from + (int32_t)(random() % (kinds[kind].to - kinds[kind].from + 1));
}

START_TEST(random_text_folds_as_utf8proc_does)
{
	struct folded f = {0};
	struct buf in = {0};
	srandom(20261122);
	for (int round = 0; round < 40000; round++) {
		buf_clear(&in);
		/* Letters mostly, then anything at all: the fast path begins and ends at any place.
		 */
		for (long left = random() % 24; left > 0; left--)
			add_point(&in,
				random() % 3 ? (int32_t)('A' + random() % 58) : random_point());
		for (long left = random() % 8; left > 0; left--)
			add_point(&in, random_point());
		expect_like_oracle(buf_str(&in), &f);
	}
	buf_finish(&in);
	folded_finish(&f);
}
END_TEST

START_TEST(each_byte_knows_the_character_it_came_from)
{
	/* Characters that do not touch each other: so each folds alone, and begins where it begins.
	 */
	static const char *const characters[] = {"a", "Q", " ", "\xc3\xa9", "e\xcc\x81",
		"\xef\xac\x81", "\xe2\x80\x99", "\xd9\xa3", "x\xc2\xad", "y\xe2\x80\x8b\xcc\x88",
		"\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "\xea\xb0\x80", "\xc2\xbd", "\xef\xb7\xba",
		"\xe6\xbc\xa2", "\xf0\x9f\x98\x80", "\xc4\xb0", "\xe1\xba\x9e", "\xc8\xba"};
	struct folded f = {0}, one = {0};
	srandom(7);
	for (int round = 0; round < 3000; round++) {
		struct buf in = {0}, want = {0};
		uint32_t origin[2048];
		for (long left = random() % 20; left > 0; left--) {
			size_t kind = random() % 2 ? 0 : (size_t)random() % COUNT(characters);
			uint32_t begins = (uint32_t)in.len;
			buf_add_cstr(&in, characters[kind]);
			ck_assert_int_eq(utf8_fold(str_from(characters[kind]), true, &one), 0);
			for (size_t i = 0; i < one.text.len; i++)
				origin[want.len + i] = begins;
			buf_add_str(&want, buf_str(&one.text));
		}
		ck_assert_int_eq(utf8_fold(buf_str(&in), true, &f), 0);
		expect_str(buf_str(&f.text), buf_str(&want));
		for (size_t i = 0; i < want.len; i++)
			ck_assert_uint_eq(f.origin[i], origin[i]);
		ck_assert_uint_eq(f.origin[f.text.len], in.len);
		buf_finish(&in);
		buf_finish(&want);
	}
	folded_finish(&one);
	folded_finish(&f);
}
END_TEST

START_TEST(evasions_fold_to_the_plain_word)
{
	static const struct {
		const char *name, *in, *want;
	} rows[] = {
		{"upper case", "IDIOT", "idiot"},
		{"full width", "\xef\xbc\xa9\xef\xbc\xa4\xef\xbc\xa9\xef\xbc\xaf\xef\xbc\xb4",
			"idiot"},
		{"zero-width space", "id\xe2\x80\x8biot", "idiot"},
		{"soft hyphen", "idi\xc2\xadot", "idiot"},
		{"bold letters", "\xf0\x9d\x90\xa2\xf0\x9d\x90\x9d\xf0\x9d\x90\xa2ot", "idiot"},
		{"typographic apostrophe", "you\xe2\x80\x99re", "you're"},
		{"acute accent for apostrophe", "you\xc2\xb4re", "you're"},
		{"arabic digits", "\xd9\xa1\xd9\xa2", "12"},
		{"accents stay", "H\xc3\x96RA", "h\xc3\xb6ra"},
		{"accent apart", "HO\xcc\x88RA", "h\xc3\xb6ra"},
		{"sharp s stays one letter",
			"STRA\xe1\xba\x9e"
			"E",
			"stra\xc3\x9f"
			"e"},
		{"final sigma", "\xce\xa3\xcf\x82\xcf\x83", "\xcf\x83\xcf\x83\xcf\x83"},
		{"long s", "\xc5\xbf", "s"},
		{"kelvin sign", "\xe2\x84\xaa", "k"},
	};
	struct folded f = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		ck_assert_int_eq(utf8_fold(str_from(rows[i].in), true, &f), 0);
		ck_assert_msg(str_eq(buf_str(&f.text), str_from(rows[i].want)), "%s: \"%.*s\"",
			rows[i].name, STR_ARG(buf_str(&f.text)));
	}
	folded_finish(&f);
}
END_TEST

START_TEST(a_special_character_is_seen_at_every_place_of_the_fast_path)
{
	struct folded f = {0};
	for (size_t len = 0; len < 30; len++) {
		for (size_t place = 0; place <= len; place++) {
			struct buf in = {0};
			for (size_t i = 0; i < len; i++) {
				if (i == place)
					buf_add_cstr(&in, "\xcc\x88");
				buf_add_char(&in, "AbO@[`{zZ"[i % 9]);
			}
			expect_like_oracle(buf_str(&in), &f);
			buf_finish(&in);
		}
	}
	folded_finish(&f);
}
END_TEST

START_TEST(invalid_bytes_fold_like_their_replacement)
{
	struct folded f = {0}, repaired = {0};
	struct buf fixed = {0};
	srandom(11);
	for (int round = 0; round < 5000; round++) {
		char bytes[24];
		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = (char)(random() % 2 ? 1 + random() % 127 : 128 + random() % 128);
		struct str in = {bytes, (size_t)random() % sizeof(bytes)};
		buf_clear(&fixed);
		utf8_repair(in, &fixed);
		ck_assert_int_eq(utf8_fold(in, true, &f), 0);
		ck_assert_int_eq(utf8_fold(buf_str(&fixed), true, &repaired), 0);
		expect_str(buf_str(&f.text), buf_str(&repaired.text));
	}
	buf_finish(&fixed);
	folded_finish(&repaired);
	folded_finish(&f);
}
END_TEST

START_TEST(a_flood_of_marks_begins_new_characters_and_stays_linear)
{
	/* Ordering n marks of one character takes n squared steps: a million would be hours. */
	struct folded f = {0};
	struct buf in = {0};
	buf_add_char(&in, 'a');
	for (int i = 0; i < 1000000; i++)
		add_point(&in, i % 2 ? 0x316 : 0x301);
	ck_assert_int_eq(utf8_fold(buf_str(&in), true, &f), 0);
	ck_assert_uint_gt(f.origin[f.text.len - 1], in.len - 2 * (2 + LIMIT_COMBINING));
	/* Zero-width ones are not marks: they never count. */
	buf_clear(&in);
	buf_add_char(&in, 'e');
	for (int i = 0; i < 1000; i++)
		add_point(&in, 0x200b);
	add_point(&in, 0x301);
	ck_assert_int_eq(utf8_fold(buf_str(&in), true, &f), 0);
	expect_str(buf_str(&f.text), STR("\xc3\xa9"));
	buf_finish(&in);
	folded_finish(&f);
}
END_TEST

START_TEST(what_is_taken_for_plain_is_left_alone_by_nfkc)
{
	size_t plain = 0;
	for (int32_t c = 0; c <= 0x10ffff; c++) {
		struct buf in = {0}, out = {0};
		if ((c >= 0xd800 && c <= 0xdfff) || !normal_is_plain(c))
			continue;
		plain++;
		utf8proc_category_t category = utf8proc_category(c);
		ck_assert_msg(category != UTF8PROC_CATEGORY_MN &&
				category != UTF8PROC_CATEGORY_MC &&
				category != UTF8PROC_CATEGORY_ME,
			"U+%04X is a mark", (unsigned)c);
		add_point(&in, c);
		if (c > 0)
			oracle(buf_str(&in), false, &out);
		ck_assert_msg(c == 0 || str_eq(buf_str(&in), buf_str(&out)), "U+%04X", (unsigned)c);
		buf_finish(&in);
		buf_finish(&out);
	}
	/* Han, Hangul, and most of the letters of the two tables. */
	ck_assert_uint_gt(plain, 20992 + 11172 + 2000);
}
END_TEST

START_TEST(nothing_folds_to_nothing)
{
	struct folded f = {0};
	ck_assert_int_eq(utf8_fold((struct str){NULL, 0}, true, &f), 0);
	ck_assert_uint_eq(f.text.len, 0);
	ck_assert_uint_eq(f.origin[0], 0);
	ck_assert_int_eq(utf8_fold(STR("\xe2\x80\x8b"), true, &f), 0);
	ck_assert_uint_eq(f.text.len, 0);
	ck_assert_uint_eq(f.origin[0], 3);
	folded_finish(&f);
	folded_finish(NULL);
}
END_TEST

Suite *fold_suite(void)
{
	Suite *suite = suite_create("folding");
	TCase *all = tcase_create("fold");
	tcase_set_timeout(all, 300);
	tcase_add_test(all, every_code_point_folds_as_utf8proc_does_alone_and_among_others);
	tcase_add_test(all, random_text_folds_as_utf8proc_does);
	tcase_add_test(all, each_byte_knows_the_character_it_came_from);
	tcase_add_test(all, evasions_fold_to_the_plain_word);
	tcase_add_test(all, a_special_character_is_seen_at_every_place_of_the_fast_path);
	tcase_add_test(all, invalid_bytes_fold_like_their_replacement);
	tcase_add_test(all, a_flood_of_marks_begins_new_characters_and_stays_linear);
	tcase_add_test(all, what_is_taken_for_plain_is_left_alone_by_nfkc);
	tcase_add_test(all, nothing_folds_to_nothing);
	suite_add_tcase(suite, all);
	return suite;
}
