/* What waits to be committed: in order, and large mails without their bulk. */
#include "queue.h"
#include "app_test.h"
#include "archive/blob.h"
#include "base/limits.h"
#include <string.h>

static struct world world;

static void make(void)
{
	make_world(&world);
}

static void drop(void)
{
	drop_world(&world);
}

START_TEST(items_leave_in_the_order_in_which_they_came)
{
	struct queue q = {0};
	struct item *a = queue_add(&q, ITEM_MESSAGE), *b = queue_add(&q, ITEM_POSITION);
	struct item *c = queue_add(&q, ITEM_MESSAGE);
	ck_assert(!a->ready && b->ready);
	ck_assert_ptr_eq(q.first, a);
	queue_drop(&q, 1);
	ck_assert_ptr_eq(q.first, b);
	ck_assert_uint_eq(q.count, 2);
	queue_drop(&q, 1);
	ck_assert_ptr_eq(q.first, c);
	queue_drop(&q, 5);
	ck_assert_uint_eq(q.count, 0);
	ck_assert_ptr_nonnull(queue_add(&q, ITEM_MESSAGE));
	ck_assert_ptr_eq(q.first, q.last);
	queue_finish(&q);
}
END_TEST

START_TEST(pieces_become_one_message_whose_start_is_kept)
{
	struct queue q = {0};
	struct error err = {0};
	struct buf piece = {0};
	for (size_t i = 0; i < MIB; i++)
		buf_add_char(&piece, (char)i);
	for (int i = 0; i < 12; i++)
		ck_assert_int_eq(
			queue_add_piece(&q, world.store->archive, buf_str(&piece), &err), 0);
	struct item *item = queue_add(&q, ITEM_MESSAGE);
	ck_assert_int_eq(queue_take_pieces(&q, item, &err), 0);
	ck_assert_uint_eq(item->raw.size_bytes, 12 * MIB);
	ck_assert_uint_eq(item->raw.octets.len, LIMIT_PARSE);
	ck_assert_int_eq(memcmp(item->raw.octets.ptr, piece.ptr, piece.len), 0);
	ck_assert_ptr_nonnull(item->large);
	ck_assert_ptr_null(q.large);
	/* the next one begins anew */
	ck_assert_int_eq(queue_add_piece(&q, world.store->archive, STR("short"), &err), 0);
	struct item *next = queue_add(&q, ITEM_MESSAGE);
	ck_assert_int_eq(queue_take_pieces(&q, next, &err), 0);
	ck_assert_uint_eq(next->raw.size_bytes, 5);
	buf_finish(&piece);
	queue_finish(&q);
}
END_TEST

START_TEST(pieces_of_a_message_that_never_comes_are_dropped)
{
	struct queue q = {0};
	struct error err = {0};
	struct item *item = queue_add(&q, ITEM_MESSAGE);
	ck_assert_int_eq(queue_take_pieces(&q, item, &err), -1);
	ck_assert_int_eq(queue_add_piece(&q, world.store->archive, STR("half"), &err), 0);
	queue_drop_pieces(&q);
	ck_assert_ptr_null(q.large);
	ck_assert_uint_eq(q.start.len, 0);
	ck_assert_int_eq(queue_take_pieces(&q, item, &err), -1);
	queue_finish(&q);
}
END_TEST

Suite *queue_suite(void)
{
	Suite *suite = suite_create("app: queue");
	TCase *tests = tcase_create("queue");
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, items_leave_in_the_order_in_which_they_came);
	tcase_add_test(tests, pieces_become_one_message_whose_start_is_kept);
	tcase_add_test(tests, pieces_of_a_message_that_never_comes_are_dropped);
	suite_add_tcase(suite, tests);
	return suite;
}
