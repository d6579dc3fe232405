/* Three clocks from look to look: what is a sleep, what a clock that was set, and what is neither.
 */
#include "clock_watch.h"

#include "app_test.h"
#include "base/clock.h"

#define START (1772614800 * SECOND_US)

/* Seconds since the look before by each of the clocks, and what is told of them, in seconds. */
static const struct {
	const char *name;
	int64_t wall, passed, awake;
	int64_t slept, set;
} rows[] = {
	{"a turn", 1, 1, 1, 0, 0},
	{"a slow turn", 3600, 3600, 3600, 0, 0},
	{"a nap", 21, 21, 1, 0, 0},
	{"a night", 36000, 36000, 1, 35999, 0},
	{"set ahead", 7201, 1, 1, 0, 7200},
	{"set back", -7199, 1, 1, 0, -7200},
	{"moved a little", 6, 1, 1, 0, 0},
	{"moved back a little", -4, 1, 1, 0, 0},
	{"a night, and its clock was wrong", 3600, 36000, 1, 35999, -32400},
};

START_TEST(a_sleep_and_a_setting_are_told_apart)
{
	struct clock_watch w = {0};
	struct instant now = {START, HOUR_US, HOUR_US};
	struct clock_news first = clock_watch_look(&w, &now);
	ck_assert_msg(!first.slept_us && !first.set_us, "the first look");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		now.at_us += rows[i].wall * SECOND_US;
		now.passed_us += rows[i].passed * SECOND_US;
		now.awake_us += rows[i].awake * SECOND_US;
		struct clock_news news = clock_watch_look(&w, &now);
		ck_assert_msg(news.slept_us == rows[i].slept * SECOND_US, "%s: slept %lld us",
			rows[i].name, (long long)news.slept_us);
		ck_assert_msg(news.set_us == rows[i].set * SECOND_US, "%s: set by %lld us",
			rows[i].name, (long long)news.set_us);
	}
}
END_TEST

Suite *clock_watch_suite(void)
{
	Suite *suite = suite_create("app: clocks");
	TCase *tests = tcase_create("clocks");
	tcase_add_test(tests, a_sleep_and_a_setting_are_told_apart);
	suite_add_tcase(suite, tests);
	return suite;
}
