/* Arenas and growing arrays. */
#include "base/arena.h"
#include "base/array.h"
#include "expect.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

START_TEST(arena_memory_is_zeroed_aligned_and_stays)
{
	struct arena a = {0};
	unsigned char *kept[400];
	for (size_t i = 0; i < COUNT(kept); i++) {
		size_t size = i * 7 % 500;
		kept[i] = arena_alloc(&a, size);
		ck_assert_ptr_nonnull(kept[i]);
		ck_assert_uint_eq((uintptr_t)kept[i] % _Alignof(max_align_t), 0);
		for (size_t j = 0; j < size; j++)
			ck_assert_uint_eq(kept[i][j], 0);
		memset(kept[i], (int)(i & 0xff), size);
	}
	for (size_t i = 0; i < COUNT(kept); i++)
		for (size_t j = 0; j < i * 7 % 500; j++)
			ck_assert_uint_eq(kept[i][j], i & 0xff);
	arena_finish(&a);
	ck_assert_ptr_null(a.last);
	arena_finish(NULL);
}
END_TEST

START_TEST(a_large_piece_leaves_the_current_block_in_use)
{
	struct arena a = {0};
	char *small = arena_alloc(&a, 16);
	char *large = arena_alloc(&a, 1 << 20);
	char *next = arena_alloc(&a, 16);
	large[0] = large[(1 << 20) - 1] = 1;
	ck_assert_ptr_eq(next, small + 16);
	arena_finish(&a);
}
END_TEST

START_TEST(sizes_that_overflow_give_no_memory)
{
	struct arena a = {0};
	ck_assert_ptr_null(arena_array(&a, SIZE_MAX / 2, 3));
	ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX));
	ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX - 40));
	ck_assert_ptr_nonnull(arena_array(&a, 0, 8));
	arena_finish(&a);
}
END_TEST

START_TEST(arena_text_is_a_copy_with_nul)
{
	struct arena a = {0};
	char original[] = "abc";
	struct str copy = arena_str(&a, (struct str){original, 2});
	original[0] = 'x';
	expect_str(copy, STR("ab"));
	ck_assert_int_eq(copy.ptr[2], '\0');
	ck_assert_ptr_nonnull(arena_str(&a, (struct str){NULL, 0}).ptr);
	ck_assert_str_eq(arena_cstr(&a, STR("xyz")), "xyz");
	expect_str(arena_format(&a, "%s-%d", "n", 42), STR("n-42"));
	arena_finish(&a);
}
END_TEST

START_TEST(an_array_keeps_its_items_while_it_grows)
{
	struct pair {
		int a;
		double b;
	} *items = NULL;
	size_t count = 0, cap = 0;
	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(array_room(&items, count, &cap, sizeof(*items)), 0);
		items[count++] = (struct pair){i, i / 2.0};
	}
	for (int i = 0; i < 1000; i++)
		ck_assert(items[i].a == i && items[i].b == i / 2.0);
	free(items);
}
END_TEST

START_TEST(an_array_too_large_to_count_is_refused_unchanged)
{
	char *items = NULL;
	size_t cap = SIZE_MAX / 2 + 1;
	ck_assert_int_eq(array_room(&items, cap, &cap, 8), -1);
	ck_assert_ptr_null(items);
	ck_assert_uint_eq(cap, SIZE_MAX / 2 + 1);
}
END_TEST

Suite *memory_suite(void)
{
	Suite *suite = suite_create("memory");
	TCase *all = tcase_create("arena and array");
	tcase_add_test(all, arena_memory_is_zeroed_aligned_and_stays);
	tcase_add_test(all, a_large_piece_leaves_the_current_block_in_use);
	tcase_add_test(all, sizes_that_overflow_give_no_memory);
	tcase_add_test(all, arena_text_is_a_copy_with_nul);
	tcase_add_test(all, an_array_keeps_its_items_while_it_grows);
	tcase_add_test(all, an_array_too_large_to_count_is_refused_unchanged);
	suite_add_tcase(suite, all);
	return suite;
}
