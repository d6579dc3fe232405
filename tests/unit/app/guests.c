/* Guests are given what they may have, one by one refused what they may not, and end when they go.
 */
#include "guests.h"
#include "app_test.h"
#include "base/file.h"
#include "config/config.h"
#include "spawner.h"
#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARCHIVE "/somewhere/archive"

static struct guests *guests;
static struct guest_plan plan;
static char config_path[] = "/etc/test.conf";
static struct config config;
static struct rulebook book = {.config = &config, .config_path = config_path};
static struct spawner spawner;
static char *tool;
static volatile bool stop;
static pthread_t service;

/* Says its words; "sleep" tells its number and stays. */
static const char script[] = "#!/bin/sh\n"
			     "case \"$*\" in\n"
			     "*sleep*) echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 60 ;;\n"
			     "esac\n"
			     "echo \"$@\"\n"
			     "case \"$*\" in\n"
			     "*much*) head -c 3000000 /dev/zero ;;\n"
			     "*die*) kill -9 $$ ;;\n"
			     "esac\n"
			     "exit 3\n";

static int check(const char *const *words, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(words[i], "forbidden"))
			return error_set(err, ERROR_USAGE, "'forbidden' is not for guests");
	return 0;
}

static void *serve(void *context)
{
	(void)context;
	while (!stop) {
		struct pollfd fds[32];
		size_t count = guests_poll(guests, fds, 32);
		poll(fds, (nfds_t)count, 20);
		guests_turn(guests);
	}
	return NULL;
}

static void make(void)
{
	struct error err = {0};
	make_folder();
	tool = put_file("tool", script);
	ck_assert_int_eq(chmod(tool, 0700), 0);
	plan = (struct guest_plan){.folder = folder, .tool = tool, .check = check};
	spawner = (struct spawner){.book = &book, .guests = &plan, .fd = -1};
	ck_assert_msg(spawner_open(&spawner, &err) == 0, "%s", err.text);
	ck_assert_msg(guests_open(&plan, &spawner, ARCHIVE, &guests, &err) == 0, "%s", err.text);
	stop = false;
	ck_assert_int_eq(pthread_create(&service, NULL, serve, NULL), 0);
}

static void drop(void)
{
	stop = true;
	pthread_join(service, NULL);
	guests_close(guests);
	spawner_close(&spawner);
	free(tool);
	drop_folder();
}

/* What the tool said goes to *out; the value is guest_ask's. */
static int ask(const char *archive, const char *word, struct buf *out, struct error *err)
{
	const char *const words[] = {"--json", word};
	const struct guest_request request = {folder, archive, words, 2};
	FILE *file = tmpfile();
	ck_assert_ptr_nonnull(file);
	int result = guest_ask(&request, file, err);
	rewind(file);
	ck_assert_int_eq(file_read_fd(fileno(file), "what it said", 8 << 20, out, NULL), 0);
	fclose(file);
	return result;
}

START_TEST(a_command_is_run_with_our_configuration)
{
	struct buf out = {0};
	struct error err = {0};
	ck_assert_int_eq(ask(ARCHIVE, "clients", &out, &err), 3);
	ck_assert_str_eq(buf_cstr(&out), "--config /etc/test.conf --no-pager --json clients\n");
	buf_finish(&out);
	ck_assert_int_eq(ask(ARCHIVE, "much", &out, &err), 3);
	ck_assert_uint_gt(out.len, 3000000);
	buf_finish(&out);
}
END_TEST

START_TEST(what_is_not_for_guests_is_refused)
{
	struct buf out = {0};
	struct error err = {0};
	ck_assert_int_eq(ask(ARCHIVE, "forbidden", &out, &err), 2);
	ck_assert_uint_eq(out.len, 0);
	ck_assert_int_eq(ask("/another/archive", "clients", &out, &err), 78);
	ck_assert_uint_eq(out.len, 0);
	buf_finish(&out);
}
END_TEST

START_TEST(a_command_that_dies_is_told)
{
	struct buf out = {0};
	struct error err = {0};
	ck_assert_int_eq(ask(ARCHIVE, "die", &out, &err), 75);
	buf_finish(&out);
}
END_TEST

static int call(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/control", folder);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void say(int fd, const char *line)
{
	ck_assert_int_eq(write(fd, line, strlen(line)), (ssize_t)strlen(line));
}

/* The line that comes back, without the descriptors. */
static void check_said(int fd, const char *want)
{
	char line[512];
	ssize_t n = read(fd, line, sizeof(line) - 1);
	ck_assert_int_gt(n, 0);
	line[n] = '\0';
	ck_assert_str_eq(line, want);
}

START_TEST(what_is_no_request_is_refused)
{
	static const char *const lines[] = {"status\n", "{}\n", "[]\n",
		"{\"archive\":\"" ARCHIVE "\",\"words\":[1]}\n",
		"{\"archive\":\"" ARCHIVE "\",\"words\":[\"a\\u0000b\"]}\n"};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char answer[512] = "";
		int fd = call();
		say(fd, lines[i]);
		ck_assert_int_gt(read(fd, answer, sizeof(answer) - 1), 0);
		ck_assert_msg(strstr(answer, "\"error\":"), "%s%s", lines[i], answer);
		close(fd);
	}
}
END_TEST

static pid_t sleeper(void)
{
	struct buf text = {0};
	char path[128];
	uint64_t pid = 0;
	snprintf(path, sizeof(path), "%s/pid", folder);
	for (int i = 0; i < 500 && !pid; i++) {
		usleep(10000);
		buf_clear(&text);
		if (file_read(path, 100, &text, NULL) == 0)
			str_to_u64(str_trim(buf_str(&text)), INT32_MAX, &pid);
	}
	buf_finish(&text);
	ck_assert_uint_gt(pid, 1);
	return (pid_t)pid;
}

static const char sleeping[] = "{\"archive\":\"" ARCHIVE "\",\"words\":[\"sleep\"]}\n";

START_TEST(a_guest_that_hangs_up_ends_its_command)
{
	int fd = call();
	say(fd, sleeping);
	pid_t pid = sleeper();
	ck_assert_int_eq(kill(pid, 0), 0);
	close(fd);
	for (int i = 0; i < 500 && kill(pid, 0) == 0; i++)
		usleep(10000);
	ck_assert_int_eq(kill(pid, 0), -1);
	ck_assert_int_eq(errno, ESRCH);
}
END_TEST

START_TEST(the_ninth_at_once_is_told_to_wait)
{
	int fds[8];
	for (int i = 0; i < 8; i++) {
		fds[i] = call();
		say(fds[i], sleeping);
		check_said(fds[i], "{\"schema\":1}\n");
	}
	int late = call();
	check_said(late,
		"{\"schema\":1,\"error\":\"too many ask the service at once, try again in a "
		"moment\",\"code\":75}\n");
	close(late);
	close(fds[0]);
	struct buf out = {0};
	struct error err = {0};
	int code = 75;
	for (int i = 0; i < 500 && code == 75; i++) {
		usleep(10000);
		buf_finish(&out);
		code = ask(ARCHIVE, "clients", &out, &err);
	}
	ck_assert_int_eq(code, 3);
	buf_finish(&out);
	for (int i = 1; i < 8; i++)
		close(fds[i]);
}
END_TEST

START_TEST(its_group_alone_may_ask)
{
	char path[128];
	struct stat info;
	snprintf(path, sizeof(path), "%s/control", folder);
	ck_assert_int_eq(stat(path, &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0660);
	ck_assert_uint_eq(info.st_gid, getegid());
	if (geteuid() != 0) {
		printf("# skip: another's rights need root\n");
		return;
	}
	/* even with a socket that lets everybody in */
	ck_assert_int_eq(chmod(path, 0666), 0);
	ck_assert_int_eq(chmod(folder, 0755), 0);
	pid_t child = fork();
	if (child == 0) {
		char answer[512] = "";
		if (setgroups(0, NULL) < 0 || setgid(65534) < 0 || setuid(65534) < 0)
			_exit(1);
		int fd = call();
		if (read(fd, answer, sizeof(answer) - 1) <= 0)
			_exit(2);
		_exit(strstr(answer, "not a member of the service's group") ? 0 : 3);
	}
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(without_a_service_there_is_nobody_to_ask)
{
	const char *const words[] = {"clients"};
	const struct guest_request request = {"/nowhere", ARCHIVE, words, 1};
	struct error err = {0};
	ck_assert_int_eq(guest_ask(&request, stdout, &err), -1);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
}
END_TEST

Suite *guests_suite(void)
{
	Suite *s = suite_create("guests");
	TCase *t = tcase_create("guests");
	tcase_add_checked_fixture(t, make, drop);
	tcase_add_test(t, a_command_is_run_with_our_configuration);
	tcase_add_test(t, what_is_not_for_guests_is_refused);
	tcase_add_test(t, a_command_that_dies_is_told);
	tcase_add_test(t, what_is_no_request_is_refused);
	tcase_add_test(t, a_guest_that_hangs_up_ends_its_command);
	tcase_add_test(t, the_ninth_at_once_is_told_to_wait);
	tcase_add_test(t, its_group_alone_may_ask);
	tcase_add_test(t, without_a_service_there_is_nobody_to_ask);
	suite_add_tcase(s, t);
	return s;
}
