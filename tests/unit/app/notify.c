/* What a service manager hears: through which socket, in which words, and when nothing. */
#include "notify.h"
#include "app_test.h"
#include "base/error.h"
#include "config/config.h"
#include "health.h"
#include "keeper_state.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* The manager's socket, and the environment that names it. */
static int manager;
static char socket_name[128], watchdog[32], watchdog_pid[32];

static char *environment(const char *name)
{
	if (!strcmp(name, "NOTIFY_SOCKET"))
		return socket_name[0] ? socket_name : NULL;
	if (!strcmp(name, "WATCHDOG_USEC"))
		return watchdog[0] ? watchdog : NULL;
	if (!strcmp(name, "WATCHDOG_PID"))
		return watchdog_pid[0] ? watchdog_pid : NULL;
	return NULL;
}

static void listen_as(const char *name)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t len = strlen(name);
	memcpy(address.sun_path, name, len);
	if (name[0] == '@')
		address.sun_path[0] = '\0';
	manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	ck_assert_int_eq(bind(manager, (struct sockaddr *)&address,
				 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)),
		0);
	strcpy(socket_name, name);
}

/* The next message, "" when there is none. */
static const char *heard(void)
{
	static char text[2048];
	ssize_t len = recv(manager, text, sizeof(text) - 1, 0);
	text[len > 0 ? len : 0] = '\0';
	return text;
}

START_TEST(a_path_and_an_abstract_name_are_reached)
{
	char path[100], abstract[100];
	struct notify n;
	snprintf(path, sizeof(path), "%s/notify", folder);
	snprintf(abstract, sizeof(abstract), "@overstep-test-%d/x", (int)getpid());
	const char *const names[] = {path, abstract};
	for (size_t i = 0; i < 2; i++) {
		listen_as(names[i]);
		notify_open(&n, environment);
		ck_assert(notify_send(&n, "READY=1\nSTATUS=well"));
		ck_assert_str_eq(heard(), "READY=1\nSTATUS=well");
		ck_assert_str_eq(heard(), "");
		notify_close(&n);
		close(manager);
	}
}
END_TEST

START_TEST(without_a_manager_nothing_is_said)
{
	char long_name[109];
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[0] = '@';
	long_name[sizeof(long_name) - 1] = '\0';
	const char *const names[] = {
		"", "/", "@", "relative", "vsock:2:1", "/nobody/listens/here", long_name};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct notify n;
		strcpy(socket_name, names[i]);
		notify_open(&n, environment);
		ck_assert_int_eq(n.fd, -1);
		ck_assert(notify_send(&n, "READY=1"));
		notify_close(&n);
	}
}
END_TEST

START_TEST(a_manager_that_takes_nothing_holds_nobody_up)
{
	struct notify n;
	size_t sent = 0;
	listen_as("@overstep-test-full");
	notify_open(&n, environment);
	while (sent < 100000 && notify_send(&n, "STATUS=again"))
		sent++;
	ck_assert_uint_lt(sent, 100000);
	while (heard()[0])
		continue;
	ck_assert(notify_send(&n, "STATUS=again"));
	notify_close(&n);
	close(manager);
}
END_TEST

START_TEST(a_watchdog_is_fed_only_by_whom_it_watches)
{
	static const struct {
		const char *time, *pid;
		int64_t want;
	} rows[] = {
		{"30000000", "", 30000000},
		{"30000000", "self", 30000000},
		{"30000000", "1", 0},
		{"30000000", "none", 0},
		{"", "", 0},
		{"-1", "", 0},
		{"1e6", "", 0},
	};
	listen_as("@overstep-test-watchdog");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct notify n;
		strcpy(watchdog, rows[i].time);
		strcpy(watchdog_pid, rows[i].pid);
		if (!strcmp(rows[i].pid, "self"))
			snprintf(watchdog_pid, sizeof(watchdog_pid), "%d", (int)getpid());
		notify_open(&n, environment);
		ck_assert_int_eq(n.watchdog_us, rows[i].want);
		notify_close(&n);
	}
	close(manager);
}
END_TEST

/* A keeper of two accounts, as it is between two turns. Now is Tue 3 Mar 2026 09:30 in Stockholm.
 */
#define NOW_US (INT64_C(1772526600) * SECOND_US)
static struct rulebook *book;
static struct keeper keeper;
static struct account_link links[2];
static struct account accounts[2];
static struct clock clock_now = {NOW_US};
static const struct keeper_plan plan = {.clock = &clock_now};
static struct store store;

static void make_keeper(void)
{
	make_folder();
	book = make_book(plain_config);
	accounts[0].name = STR("studio");
	accounts[1].name = STR("home");
	for (size_t i = 0; i < 2; i++)
		links[i].account = &accounts[i];
	keeper = (struct keeper){
		.plan = &plan,
		.book = book,
		.store = &store,
		.crew = {.links = links, .link_count = 2},
		.health.notify.fd = -1,
	};
}

static void drop_keeper(void)
{
	health_close(&keeper.health);
	rulebook_free(book);
	drop_folder();
}

static void expect_words(const char *want)
{
	struct buf words = {0};
	status_words(&keeper, NOW_US, 1000, &words);
	ck_assert_str_eq(buf_cstr(&words), want);
	buf_finish(&words);
}

START_TEST(the_status_says_in_words_how_it_goes)
{
	expect_words("watching 2 accounts, no mail since the start");
	keeper.has_last_mail = true;
	keeper.last_mail_at_us = NOW_US - 26 * MINUTE_US;
	expect_words("watching 2 accounts, last mail 09:04");
	keeper.last_mail_at_us = NOW_US - DAY_US;
	expect_words("watching 2 accounts, last mail Mon 09:30");
	keeper.last_mail_at_us = NOW_US - 60 * DAY_US;
	expect_words("watching 2 accounts, last mail 2026-01-02 09:30");
	strcpy(links[1].progress, "acme: back-filling 312 of 1,040 in INBOX");
	expect_words("watching 2 accounts, last mail 2026-01-02 09:30; "
		     "home: acme: back-filling 312 of 1,040 in INBOX");
	strcpy(links[1].progress, "anna@studio.example: fetching 1 of 2");
	expect_words("watching 2 accounts, last mail 2026-01-02 09:30");
	keeper.crew.link_count = 1;
	expect_words("watching 1 account, last mail 2026-01-02 09:30");
}
END_TEST

START_TEST(the_status_says_what_is_wrong_and_when_it_is_tried_again)
{
	error_set(&links[0].error, ERROR_LOGIN, "login as 'anna@studio.example' refused by 'x'");
	links[0].due_at_us = NOW_US + 10 * MINUTE_US;
	expect_words("watching 1 of 2 accounts, no mail since the start; "
		     "studio: login refused, next try 09:40");
	error_set(&links[1].error, ERROR_TEMPORARY, "no answer in time");
	links[1].running = true;
	expect_words("watching none of 2 accounts, no mail since the start; "
		     "studio: login refused, next try 09:40; "
		     "home: no answer in time, trying again now");
	error_set(&links[1].error, ERROR_TEMPORARY, "refused: 'try later, anna@studio.example'");
	keeper.reload_text = folder;
	book->files_left_out = 2;
	expect_words("watching none of 2 accounts, no mail since the start; "
		     "studio: login refused, next try 09:40; home: not read, trying again now; "
		     "new configuration refused, what was in force still is; "
		     "2 rule files left out");
	book->files_left_out = 0;
	keeper.reload_text = NULL;
	links[0].error = links[1].error = (struct error){0};
	keeper.disk.differs = true;
	expect_words("watching 2 accounts, no mail since the start; configuration or rules changed "
		     "on disk, not in force: run 'overstep reload'");
	keeper.disk.errors = 2;
	expect_words("watching 2 accounts, no mail since the start; configuration or rules changed "
		     "on disk, 2 errors, not in force: run 'overstep check'");
	keeper.disk.differs = false;
	keeper.store = NULL;
	error_set(&keeper.trouble, ERROR_SYSTEM, "disk full");
	keeper.resume_us = 1000 + MINUTE_US;
	expect_words("cannot store: disk full, next try 09:31");
}
END_TEST

START_TEST(the_first_turn_means_ready_and_only_news_are_told)
{
	struct health *h = &keeper.health;
	listen_as("@overstep-test-turn");
	strcpy(watchdog, "1");
	watchdog_pid[0] = '\0';
	health_open(h, environment);
	health_busy(h, "indexing", 2000, 6046);
	ck_assert_str_eq(heard(),
		"EXTEND_TIMEOUT_USEC=120000000\nSTATUS=indexing 2,000 of 6,046\nWATCHDOG=1");
	health_turn(h, &keeper);
	ck_assert_str_eq(heard(), "WATCHDOG=1");
	ck_assert_str_eq(heard(), "READY=1\nSTATUS=watching 2 accounts, no mail since the start");
	h->told_us = 0; /* longer ago than the shortest time between two */
	health_turn(h, &keeper);
	ck_assert_str_eq(heard(), "WATCHDOG=1");
	ck_assert_str_eq(heard(), "");
	keeper.has_last_mail = true;
	keeper.last_mail_at_us = NOW_US;
	health_turn(h, &keeper);
	ck_assert_str_eq(heard(), "WATCHDOG=1");
	ck_assert_str_eq(heard(), "STATUS=watching 2 accounts, last mail 09:30");
	health_stopping(h);
	ck_assert_str_eq(heard(), "STOPPING=1\nSTATUS=ending");
	close(manager);
}
END_TEST

START_TEST(a_manager_that_was_busy_hears_later_that_we_are_ready)
{
	struct health *h = &keeper.health;
	listen_as("@overstep-test-later");
	watchdog[0] = '\0';
	health_open(h, environment);
	while (notify_send(&h->notify, "STATUS=x"))
		continue;
	health_turn(h, &keeper);
	while (heard()[0] == 'S')
		continue;
	health_turn(h, &keeper);
	ck_assert_str_eq(heard(), "READY=1\nSTATUS=watching 2 accounts, no mail since the start");
	close(manager);
}
END_TEST

START_TEST(only_what_advances_feeds_the_watchdog)
{
	struct health *h = &keeper.health;
	h->passed_us = 0;
	/* nothing to do is well for ever */
	ck_assert(health_advances(h, &keeper, 30 * DAY_US));
	/* a queue whose front stays is not */
	links[1].queue.count = 5;
	ck_assert(health_advances(h, &keeper, 30 * DAY_US + MINUTE_US));
	ck_assert(!health_advances(h, &keeper, 30 * DAY_US + HOUR_US));
	/* unless something of it passes now and then */
	keeper.passed++;
	ck_assert(health_advances(h, &keeper, 31 * DAY_US));
	ck_assert(health_advances(h, &keeper, 31 * DAY_US + MINUTE_US));
	ck_assert(!health_advances(h, &keeper, 31 * DAY_US + HOUR_US));
	links[1].queue.count = 0;
	ck_assert(health_advances(h, &keeper, 31 * DAY_US + HOUR_US));
}
END_TEST

Suite *notify_suite(void)
{
	Suite *suite = suite_create("app: notify");
	TCase *sockets = tcase_create("socket"), *health = tcase_create("health");
	tcase_add_checked_fixture(sockets, make_folder, drop_folder);
	tcase_add_test(sockets, a_path_and_an_abstract_name_are_reached);
	tcase_add_test(sockets, without_a_manager_nothing_is_said);
	tcase_add_test(sockets, a_manager_that_takes_nothing_holds_nobody_up);
	tcase_add_test(sockets, a_watchdog_is_fed_only_by_whom_it_watches);
	tcase_add_checked_fixture(health, make_keeper, drop_keeper);
	tcase_add_test(health, the_status_says_in_words_how_it_goes);
	tcase_add_test(health, the_status_says_what_is_wrong_and_when_it_is_tried_again);
	tcase_add_test(health, the_first_turn_means_ready_and_only_news_are_told);
	tcase_add_test(health, a_manager_that_was_busy_hears_later_that_we_are_ready);
	tcase_add_test(health, only_what_advances_feeds_the_watchdog);
	suite_add_tcase(suite, sockets);
	suite_add_tcase(suite, health);
	return suite;
}
