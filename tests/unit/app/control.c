/* The control socket answers everybody who asks, and nobody holds it up. */
#include "control.h"
#include "app/control_ask.h"
#include "app_test.h"
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static struct control *control;
static volatile bool stop;
static pthread_t service;

static void answer(void *context, struct str request, struct buf *out)
{
	(void)context;
	if (str_eq(request, STR("large")))
		for (int i = 0; i < 100000; i++)
			buf_add_cstr(out, "0123456789");
	else
		buf_add_format(out, "{\"asked\":\"%.*s\"}", STR_ARG(request));
}

static void *serve(void *context)
{
	(void)context;
	while (!stop) {
		struct pollfd fds[32];
		size_t count = control_poll(control, fds, 32);
		poll(fds, (nfds_t)count, 20);
		control_turn(control);
	}
	return NULL;
}

static void make(void)
{
	struct error err = {0};
	make_folder();
	ck_assert_msg(control_open(folder, answer, NULL, &control, &err) == 0, "%s", err.text);
	stop = false;
	ck_assert_int_eq(pthread_create(&service, NULL, serve, NULL), 0);
}

static void drop(void)
{
	stop = true;
	pthread_join(service, NULL);
	control_close(control);
	drop_folder();
}

static int call(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/control", folder);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static struct buf rest_of(int fd)
{
	struct buf out = {0};
	char bytes[4096];
	ssize_t n;
	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		buf_add(&out, bytes, (size_t)n);
	close(fd);
	return out;
}

static void check_answer(const char *request, const char *want)
{
	struct buf got = {0};
	struct error err = {0};
	ck_assert_msg(control_ask(folder, request, &got, &err) == 0, "%s", err.text);
	ck_assert_str_eq(buf_cstr(&got), want);
	buf_finish(&got);
}

START_TEST(a_question_is_answered)
{
	check_answer("status", "{\"asked\":\"status\"}\n");
	check_answer("poll studio", "{\"asked\":\"poll studio\"}\n");
}
END_TEST

START_TEST(only_i_can_ask)
{
	struct stat info;
	char path[128];
	snprintf(path, sizeof(path), "%s/control", folder);
	ck_assert_int_eq(stat(path, &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0600);
}
END_TEST

START_TEST(a_slow_caller_keeps_nobody_waiting)
{
	int slow = call(), silent = call();
	ck_assert_int_eq(write(slow, "sta", 3), 3);
	check_answer("other", "{\"asked\":\"other\"}\n");
	ck_assert_int_eq(write(slow, "tus\n", 4), 4);
	struct buf got = rest_of(slow);
	ck_assert_str_eq(buf_cstr(&got), "{\"asked\":\"status\"}\n");
	buf_finish(&got);
	close(silent);
}
END_TEST

START_TEST(an_answer_that_nobody_reads_waits)
{
	int fd = call();
	ck_assert_int_eq(write(fd, "large\n", 6), 6);
	check_answer("other", "{\"asked\":\"other\"}\n");
	struct buf got = rest_of(fd);
	ck_assert_uint_eq(got.len, 1000001);
	buf_finish(&got);
}
END_TEST

START_TEST(a_request_without_end_is_cut_off)
{
	struct buf request = {0};
	int fd = call();
	for (int i = 0; i < 20000; i++)
		buf_add_char(&request, 'x');
	/* it may hang up before all is written */
	send(fd, request.ptr, request.len, MSG_NOSIGNAL);
	struct buf got = rest_of(fd);
	ck_assert_uint_eq(got.len, 0);
	buf_finish(&got);
	buf_finish(&request);
	check_answer("other", "{\"asked\":\"other\"}\n");
}
END_TEST

START_TEST(callers_that_say_nothing_make_room)
{
	int silent[40];
	for (int i = 0; i < 40; i++)
		silent[i] = call();
	int fd = call();
	ck_assert_int_eq(write(fd, "status\n", 7), 7);
	struct buf got = rest_of(fd);
	ck_assert_str_eq(buf_cstr(&got), "{\"asked\":\"status\"}\n");
	buf_finish(&got);
	for (int i = 0; i < 40; i++)
		close(silent[i]);
}
END_TEST

START_TEST(a_second_service_is_refused)
{
	struct control *second = NULL;
	struct error err = {0};
	ck_assert_int_eq(control_open(folder, answer, NULL, &second, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	ck_assert_ptr_null(second);
	check_answer("status", "{\"asked\":\"status\"}\n");
}
END_TEST

START_TEST(a_socket_left_behind_is_replaced)
{
	struct error err = {0};
	struct control *left = NULL;
	char place[128], path[160];
	snprintf(place, sizeof(place), "%s/other", folder);
	snprintf(path, sizeof(path), "%s/control", place);
	ck_assert_int_eq(mkdir(place, 0700), 0);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, path);
	int dead = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(bind(dead, (struct sockaddr *)&address, sizeof(address)), 0);
	close(dead);
	struct buf none = {0};
	ck_assert_int_eq(control_ask(place, "status", &none, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_NOT_FOUND);
	ck_assert_int_eq(control_open(place, answer, NULL, &left, &err), 0);
	control_close(left);
	ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

Suite *control_suite(void)
{
	Suite *suite = suite_create("app: control");
	TCase *tests = tcase_create("control");
	tcase_set_timeout(tests, 40);
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, a_question_is_answered);
	tcase_add_test(tests, only_i_can_ask);
	tcase_add_test(tests, a_slow_caller_keeps_nobody_waiting);
	tcase_add_test(tests, an_answer_that_nobody_reads_waits);
	tcase_add_test(tests, a_request_without_end_is_cut_off);
	tcase_add_test(tests, callers_that_say_nothing_make_room);
	tcase_add_test(tests, a_second_service_is_refused);
	tcase_add_test(tests, a_socket_left_behind_is_replaced);
	suite_add_tcase(suite, tests);
	return suite;
}
