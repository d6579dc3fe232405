/* When an account is looked at next: ever later while it fails, never later than an hour or so. */
#include "account_link.h"

#include "app_test.h"
#include "base/clock.h"
#include "config/config.h"

static const struct account account = {.poll_s = 120};

/* Up to a quarter less or more, by chance. */
static void expect_wait(const struct account_link *link, int64_t seconds)
{
	int64_t wait_s = (link->due_us - link->over_us) / SECOND_US;
	ck_assert_msg(wait_s >= seconds * 3 / 4 && wait_s <= seconds * 5 / 4,
		"%lld s after %u failures, expected about %lld", (long long)wait_s, link->failures,
		(long long)seconds);
}

static const struct {
	enum error_kind kind;
	int64_t seconds[12];
} rows[] = {
	{ERROR_TEMPORARY, {15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600}},
	{ERROR_LOGIN, {300, 600, 1200, 2400, 3600, 3600, 3600, 3600, 3600, 3600, 3600, 3600}},
	{ERROR_CONFIG, {300, 600, 1200, 2400, 3600, 3600, 3600, 3600, 3600, 3600, 3600, 3600}},
};

START_TEST(who_fails_is_looked_at_ever_later)
{
	struct account_link link = {.account = &account};
	const struct error why = {.kind = rows[_i].kind};
	for (size_t i = 0; i < 12; i++) {
		account_link_over(&link, &why, 0);
		expect_wait(&link, rows[_i].seconds[i]);
	}
	account_link_over(&link, NULL, 0);
	ck_assert_uint_eq(link.failures, 0);
	ck_assert_int_eq(link.due_us - link.over_us, 120 * SECOND_US);
	account_link_over(&link, &why, 0);
	expect_wait(&link, rows[_i].seconds[0]);
}
END_TEST

START_TEST(who_is_asked_for_is_due_at_once)
{
	struct account_link link = {.account = &account};
	const struct error why = {.kind = ERROR_LOGIN};
	account_link_over(&link, &why, 0);
	account_link_hurry(&link);
	ck_assert_int_le(link.due_us, clock_monotonic_us());
}
END_TEST

Suite *account_link_suite(void)
{
	Suite *suite = suite_create("app: accounts");
	TCase *tests = tcase_create("accounts");
	tcase_add_loop_test(tests, who_fails_is_looked_at_ever_later, 0, 3);
	tcase_add_test(tests, who_is_asked_for_is_due_at_once);
	suite_add_tcase(suite, tests);
	return suite;
}
