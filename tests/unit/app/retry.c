/* Messages that could not be had are asked for again: at the start, ever more seldom, when asked.
 */
#include "retry.h"

#include "app_test.h"
#include "base/clock.h"
#include "base/limits.h"

#define BEFORE 10 /* the last record at the start */

static const struct unread waiting[] = {
	{3, 103}, {4, 104}, {5, 105}, {6, 106}, {7, 107}, {8, 108}, {11, 111}};

static struct retries retries;

static void expect_chosen(int64_t hours, bool hurry, const char *want)
{
	uint32_t uids[LIMIT_IMAP_RETRIES];
	size_t count;
	struct buf got = {0};
	struct error err = {0};
	ck_assert_int_eq(retries_choose(&retries, waiting, sizeof(waiting) / sizeof(*waiting),
				 BEFORE, hurry, DAY_US + hours * HOUR_US, uids, &count, &err),
		0);
	for (size_t i = 0; i < count; i++)
		buf_add_format(&got, " %u", uids[i]);
	ck_assert_str_eq(buf_cstr(&got), want);
	buf_finish(&got);
}

START_TEST(what_is_old_is_tried_at_the_start_and_ever_more_seldom)
{
	expect_chosen(0, false, " 103 104 105 106 107");
	expect_chosen(0, false, " 108");
	expect_chosen(0, false, "");
	expect_chosen(1, false, " 103 104 105 106 107");
	expect_chosen(1, false, " 108 111");
	expect_chosen(2, false, " 111");
	expect_chosen(3, false, " 103 104 105 106 107");
	retries_finish(&retries);
}
END_TEST

START_TEST(a_person_who_asks_need_not_wait)
{
	expect_chosen(0, false, " 103 104 105 106 107");
	expect_chosen(0, true, " 108 103 104 105 106");
	expect_chosen(0, true, " 107 108 111 103 104");
	retries_finish(&retries);
}
END_TEST

Suite *retry_suite(void)
{
	Suite *suite = suite_create("app: retries");
	TCase *tests = tcase_create("retries");
	tcase_add_test(tests, what_is_old_is_tried_at_the_start_and_ever_more_seldom);
	tcase_add_test(tests, a_person_who_asks_need_not_wait);
	suite_add_tcase(suite, tests);
	return suite;
}
