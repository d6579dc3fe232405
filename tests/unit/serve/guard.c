/* Who gets a page and who does not, in the order in which a browser asks. */
#include "guard.h"
#include "suites.h"
#include <string.h>

static struct guard guard;

static void set_up(void)
{
	struct error err = {0};
	ck_assert_int_eq(guard_init(&guard, 4711, &err), 0);
}

static void tear_down(void)
{
	guard_finish(&guard);
}

/* A question that is in order but for what the test changes. */
static struct guard_question question(void)
{
	static const struct serve_request nothing;
	return (struct guard_question){.method = STR("GET"),
		.host = STR("127.0.0.1:4711"),
		.hosts = 1,
		.request = &nothing};
}

static unsigned ask_with_token(const char *token, const char *cookie)
{
	const struct serve_field field = {STR("token"), str_from(token)};
	const struct serve_request request = {.path = STR("/"), .fields = &field, .field_count = 1};
	struct guard_question q = question();
	q.request = &request;
	q.cookie = str_from(cookie);
	return guard_ask(&guard, &q);
}

START_TEST(secrets_are_random_and_not_each_other)
{
	struct guard other;
	ck_assert_int_eq(guard_init(&other, 4711, NULL), 0);
	ck_assert_uint_eq(strlen(guard.token), 32);
	ck_assert_str_ne(guard.token, guard.cookie);
	ck_assert_str_ne(guard.token, other.token);
	ck_assert_str_ne(guard.cookie, other.cookie);
	guard_finish(&other);
}
END_TEST

START_TEST(a_token_opens_once_and_the_cookie_from_then_on)
{
	struct guard_question q = question();
	ck_assert_uint_eq(guard_ask(&guard, &q), 403);
	ck_assert_uint_eq(ask_with_token("", NULL), 403);
	ck_assert_uint_eq(ask_with_token("0123456789abcdef0123456789abcdef", NULL), 403);
	ck_assert_uint_eq(ask_with_token(guard.cookie, NULL), 403);
	ck_assert_uint_eq(ask_with_token(guard.token, NULL), 303);
	ck_assert_uint_eq(ask_with_token(guard.token, NULL), 403);
	ck_assert_uint_eq(ask_with_token(guard.token, guard.token), 403);
	q.cookie = str_from(guard.cookie);
	ck_assert_uint_eq(guard_ask(&guard, &q), 200);
	/* the browser's own history has the old address */
	ck_assert_uint_eq(ask_with_token(guard.token, guard.cookie), 303);
	guard.cookie[31] ^= 1;
	q.cookie = str_slice(q.cookie, 0, 31);
	ck_assert_uint_eq(guard_ask(&guard, &q), 403);
}
END_TEST

START_TEST(looking_ahead_does_not_spend_the_token)
{
	const struct serve_field field = {STR("token"), str_from(guard.token)};
	const struct serve_request request = {.path = STR("/"), .fields = &field, .field_count = 1};
	struct guard_question q = question();
	q.request = &request;
	q.method = STR("HEAD");
	ck_assert_uint_eq(guard_ask(&guard, &q), 403);
	ck_assert_uint_eq(ask_with_token(guard.token, NULL), 303);
}
END_TEST

static const struct {
	const char *method, *host;
	size_t hosts;
	bool body;
	unsigned status;
} rows[] = {
	{"GET", "127.0.0.1:4711", 1, false, 200},
	{"HEAD", "127.0.0.1:4711", 1, false, 200},
	{"GET", "localhost:4711", 1, false, 200},
	{"GET", "LocalHost:4711", 1, false, 200},
	{"GET", NULL, 0, false, 400},
	{"GET", "127.0.0.1:4711", 2, false, 400},
	{"GET", "127.0.0.1", 1, false, 421},
	{"GET", "127.0.0.1:47110", 1, false, 421},
	{"GET", "127.0.0.1:4711.", 1, false, 421},
	{"GET", "127.0.0.2:4711", 1, false, 421},
	{"GET", "[::1]:4711", 1, false, 421},
	{"GET", "evil.example", 1, false, 421},
	{"GET", "evil.example:4711", 1, false, 421},
	{"GET", "127.0.0.1:4711.evil.example", 1, false, 421},
	{"GET", "localhost:4711@evil.example", 1, false, 421},
	{"GET", "", 1, false, 421},
	{"POST", "127.0.0.1:4711", 1, false, 405},
	{"POST", "127.0.0.1:4711", 1, true, 405},
	{"PUT", "127.0.0.1:4711", 1, false, 405},
	{"DELETE", "127.0.0.1:4711", 1, false, 405},
	{"OPTIONS", "127.0.0.1:4711", 1, false, 405},
	{"TRACE", "127.0.0.1:4711", 1, false, 405},
	{"CONNECT", "127.0.0.1:4711", 1, false, 405},
	{"get", "127.0.0.1:4711", 1, false, 405},
	{"GET", "127.0.0.1:4711", 1, true, 400},
};

START_TEST(even_with_the_cookie_only_reading_and_only_from_here)
{
	struct guard_question q = question();
	q.cookie = str_from(guard.cookie);
	q.method = str_from(rows[_i].method);
	q.host = str_from(rows[_i].host);
	q.hosts = rows[_i].hosts;
	q.has_body = rows[_i].body;
	ck_assert_uint_eq(guard_ask(&guard, &q), rows[_i].status);
}
END_TEST

static const struct {
	const char *site;
	unsigned status;
} sites[] = {
	{NULL, 200}, /* no browser, or an old one */
	{"none", 200},
	{"same-origin", 200},
	{"same-site", 403},
	{"cross-site", 403},
	{"", 403},
};

START_TEST(what_the_page_of_another_asks_is_refused_and_spends_nothing)
{
	const struct serve_field field = {STR("token"), str_from(guard.token)};
	const struct serve_request request = {.path = STR("/"), .fields = &field, .field_count = 1};
	struct guard_question q = question();
	q.site = str_from(sites[_i].site);
	q.cookie = str_from(guard.cookie);
	ck_assert_uint_eq(guard_ask(&guard, &q), sites[_i].status);
	q.cookie = (struct str){0};
	q.request = &request;
	ck_assert_uint_eq(guard_ask(&guard, &q), sites[_i].status == 200 ? 303 : 403);
	ck_assert_int_eq(guard.spent, sites[_i].status == 200);
}
END_TEST

Suite *guard_suite(void)
{
	Suite *s = suite_create("serve: guard");
	TCase *t = tcase_create("guard");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, secrets_are_random_and_not_each_other);
	tcase_add_test(t, a_token_opens_once_and_the_cookie_from_then_on);
	tcase_add_test(t, looking_ahead_does_not_spend_the_token);
	tcase_add_loop_test(t, even_with_the_cookie_only_reading_and_only_from_here, 0,
		sizeof(rows) / sizeof(rows[0]));
	tcase_add_loop_test(t, what_the_page_of_another_asks_is_refused_and_spends_nothing, 0,
		sizeof(sites) / sizeof(sites[0]));
	suite_add_tcase(s, t);
	return s;
}
