/* A child has its channel and nothing else, and does not outlive its parent. */
#include "process.h"
#include "app_test.h"
#include "base/command.h"
#include "channel.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Waits for the next frame of a child; what is in it. */
static struct buf heard(struct process *p)
{
	struct buf out = {0};
	struct frame frame;
	struct error err = {0};
	int result;
	while ((result = channel_next(p->channel, &frame, &err)) == 0) {
		struct pollfd fd = {.fd = channel_fd(p->channel), .events = POLLIN};
		ck_assert_int_ge(poll(&fd, 1, 20000), 1);
	}
	if (result > 0)
		buf_add_str(&out, frame.payload);
	else
		buf_add_cstr(&out, "gone");
	return out;
}

static void check_heard(struct process *p, const char *want)
{
	struct buf got = heard(p);
	ck_assert_str_eq(buf_cstr(&got), want);
	buf_finish(&got);
}

static int tell(struct channel *to, const char *text)
{
	return channel_send(to, "say", STR("{}"), str_from(text), NULL);
}

/* Its descriptors above standard error; what reading from standard input gives. */
static int report_descriptors(struct channel *to_parent, int stop_fd, const void *context)
{
	(void)context;
	(void)stop_fd;
	char text[256] = "";
	size_t len = 0;
	for (int fd = 3; fd < 200; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%d ", fd);
	char byte;
	snprintf(text + len, sizeof(text) - len, "stdin %zd, stdout %s",
		read(STDIN_FILENO, &byte, 1), isatty(STDOUT_FILENO) ? "a terminal" : "none");
	return tell(to_parent, text);
}

START_TEST(a_child_holds_its_channel_and_its_stop_descriptor)
{
	struct process p;
	struct error err = {0};
	int secret = open("/dev/zero", O_RDONLY), pair[2];
	ck_assert_int_eq(pipe(pair), 0);
	const struct process_plan plan = {.title = "test", .run = report_descriptors};
	ck_assert_msg(process_start(&plan, &p, &err) == 0, "%s", err.text);
	check_heard(&p, "3 4 stdin 0, stdout none");
	process_end(&p);
	ck_assert_int_eq(p.pid, 0);
	process_end(&p);
	close(secret);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

static int report_privileges(struct channel *to_parent, int stop_fd, const void *context)
{
	(void)context;
	(void)stop_fd;
	char text[128];
	snprintf(text, sizeof(text), "privileges %d, default %d",
		prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), signal(SIGUSR1, SIG_DFL) == SIG_DFL);
	return tell(to_parent, text);
}

static void ignore_signal(int number)
{
	(void)number;
}

START_TEST(a_child_gains_no_privileges_and_has_plain_signals)
{
	struct process p;
	struct error err = {0};
	sigset_t blocked, before;
	signal(SIGUSR1, ignore_signal);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	const struct process_plan plan = {.title = "test", .run = report_privileges};
	ck_assert_int_eq(process_start(&plan, &p, &err), 0);
	check_heard(&p, "privileges 1, default 1");
	process_end(&p);
	sigprocmask(SIG_SETMASK, &before, NULL);
}
END_TEST

static int wait_for_stop(struct channel *to_parent, int stop_fd, const void *context)
{
	(void)context;
	struct pollfd fd = {.fd = stop_fd, .events = POLLIN};
	tell(to_parent, "waiting");
	poll(&fd, 1, 20000);
	return tell(to_parent, fd.revents ? "stopped" : "nothing came");
}

START_TEST(stopping_wakes_a_child_and_lets_it_finish)
{
	struct process p;
	struct error err = {0};
	const struct process_plan plan = {.title = "test", .run = wait_for_stop};
	ck_assert_int_eq(process_start(&plan, &p, &err), 0);
	check_heard(&p, "waiting");
	process_stop(&p);
	check_heard(&p, "stopped");
	check_heard(&p, "gone");
	process_end(&p);
}
END_TEST

static int sleep_long(struct channel *to_parent, int stop_fd, const void *context)
{
	(void)to_parent;
	(void)stop_fd;
	(void)context;
	return (int)sleep(60);
}

/* A parent in between, that is killed: its child must go with it. */
static void be_parent(int out)
{
	struct process p;
	struct error err = {0};
	const struct process_plan plan = {.title = "test", .run = sleep_long};
	if (process_start(&plan, &p, &err) < 0 ||
		write(out, &p.pid, sizeof(p.pid)) != (ssize_t)sizeof(p.pid))
		_exit(1);
	pause();
	_exit(0);
}

START_TEST(a_child_dies_with_its_parent)
{
	int pair[2];
	pid_t grandchild;
	/* it becomes ours when its parent is gone */
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	ck_assert_int_eq(pipe(pair), 0);
	pid_t parent = fork();
	if (parent == 0)
		be_parent(pair[1]);
	ck_assert_int_eq(read(pair[0], &grandchild, sizeof(grandchild)), sizeof(grandchild));
	kill(parent, SIGKILL);
	ck_assert_int_eq(waitpid(parent, NULL, 0), parent);
	int status;
	ck_assert_int_eq(waitpid(grandchild, &status, 0), grandchild);
	/* killed, or too young for that and ended by itself */
	ck_assert_int_ne(status, 0);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(a_command_is_waited_for_until_its_time_is_up)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0)
		_exit(3);
	ck_assert_int_eq(command_await(child, INT64_MAX, &status), 0);
	ck_assert_int_eq(WEXITSTATUS(status), 3);
	child = fork();
	while (child == 0)
		pause();
	setpgid(child, child);
	ck_assert_int_eq(command_await(child, 0, &status), -1);
	ck_assert_int_eq(WTERMSIG(status), SIGKILL);
}
END_TEST

/* Somebody who lets a command run, that is killed: what the command has started must go too. */
static void let_run(int out)
{
	const struct str said[] = {STR("sh"), STR("-c"), STR("sleep 60 & echo $!; wait")};
	char **words = command_words(said, 3);
	if (fork() == 0)
		command_become(words, (const int[]){-1, out, -1}, false);
	close(out);
	pause();
	_exit(0);
}

START_TEST(what_a_command_has_started_dies_with_who_let_it_run)
{
	int pair[2], status;
	char text[32] = "";
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	ck_assert_int_eq(pipe(pair), 0);
	pid_t parent = fork();
	if (parent == 0)
		let_run(pair[1]);
	ck_assert_int_gt(read(pair[0], text, sizeof(text) - 1), 0);
	pid_t started = (pid_t)strtol(text, NULL, 10);
	kill(parent, SIGKILL);
	ck_assert_int_eq(waitpid(parent, NULL, 0), parent);
	/* it becomes ours when those between are gone, who are killed at the same time */
	while (waitpid(started, &status, 0) < 0)
		ck_assert_int_eq(poll(NULL, 0, 1), 0);
	ck_assert_int_eq(WTERMSIG(status), SIGKILL);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

Suite *process_suite(void)
{
	Suite *suite = suite_create("app: process");
	TCase *tests = tcase_create("process");
	tcase_set_timeout(tests, 30);
	tcase_add_test(tests, a_child_holds_its_channel_and_its_stop_descriptor);
	tcase_add_test(tests, a_child_gains_no_privileges_and_has_plain_signals);
	tcase_add_test(tests, stopping_wakes_a_child_and_lets_it_finish);
	tcase_add_test(tests, a_child_dies_with_its_parent);
	tcase_add_test(tests, what_a_command_has_started_dies_with_who_let_it_run);
	tcase_add_test(tests, a_command_is_waited_for_until_its_time_is_up);
	suite_add_tcase(suite, tests);
	return suite;
}
