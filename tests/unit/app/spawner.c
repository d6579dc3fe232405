/* The spawner starts what its own rulebook names and nothing else, and dies with its keeper. */
#include "spawner.h"
#include "app/guest.h"
#include "app_test.h"
#include "base/file.h"
#include "channel.h"
#include "spawn_serve.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CONFIG                                                                                     \
	"archive = \"archive\"; rules = [ \"my.rules\" ]; languages = [ ];\n"                      \
	"me: { addresses = [ \"anna@studio.example\" ]; time_zone = \"Europe/Stockholm\";\n"       \
	"      hours = [ \"mon-fri 09:00-17:00\" ]; };\n"                                          \
	"clients = ( { id = \"acme\"; addresses = [ \"@acme.example\" ]; } );\n"                   \
	"accounts = ( { name = \"old\"; type = \"maildir\"; path = \"/tmp\"; } );\n"

static struct rulebook *book;
static struct spawner spawner;

static int check(const char *const *words, size_t count, struct error *err)
{
	return count == 1 && !strcmp(words[0], "clients")
		? 0
		: error_set(err, ERROR_USAGE, "not for guests");
}

static const struct guest_plan guests = {.tool = "/bin/echo", .check = check};

/* sh -c SCRIPT, with the test's folder in $0 */
static struct rulebook *book_with(const char *script)
{
	struct buf text = {0};
	buf_add_format(&text, CONFIG "on_finding = [ \"/bin/sh\", \"-c\", \"%s\", \"%s\" ];\n",
		script, folder);
	struct rulebook *made = make_book(buf_cstr(&text));
	buf_finish(&text);
	return made;
}

static void make(void)
{
	struct error err = {0};
	make_folder();
	book = book_with("echo first > $0/heard");
	spawner = (struct spawner){.book = book, .guests = &guests, .fd = -1};
	ck_assert_msg(spawner_open(&spawner, &err) == 0, "%s", err.text);
}

static void drop(void)
{
	spawner_close(&spawner);
	rulebook_free(book);
	drop_folder();
}

START_TEST(what_it_starts_is_its_keepers_child)
{
	struct process p;
	struct error err = {0};
	struct frame frame;
	const struct spawn_order order = {.kind = SPAWN_LOOK};
	ck_assert_msg(spawner_start(&spawner, &order, &p, &err) == 0, "%s", err.text);
	struct pollfd fd = {.fd = channel_fd(p.channel), .events = POLLIN};
	ck_assert_int_eq(poll(&fd, 1, 20000), 1);
	ck_assert_int_eq(channel_next(p.channel, &frame, &err), 1);
	ck_assert_str_eq(frame.verb, "found");
	ck_assert_int_eq(waitpid(p.pid, NULL, 0), p.pid);
	channel_free(p.channel);
	process_stop(&p);
}
END_TEST

static const struct {
	struct spawn_order order;
	const char *what;
} unknown[] = {
	{{.kind = SPAWN_FETCHER, .number = 1}, "an account that is not there"},
	{{.kind = SPAWN_ANCHOR}, "a witness, where there is none"},
	{{.kind = SPAWN_KINDS + 9}, "an unknown kind"},
};

START_TEST(an_order_for_what_its_book_does_not_name_is_refused)
{
	struct process p;
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		struct error err = {0};
		ck_assert_msg(spawner_start(&spawner, &unknown[i].order, &p, &err) < 0, "%s",
			unknown[i].what);
		ck_assert_int_eq(err.kind, ERROR_SYSTEM);
	}
	ck_assert(!spawner_is_gone(&spawner));
}
END_TEST

/* What a guest's command says; "refused" when there is none. */
static void run_for_guest(struct str words, char out[256])
{
	int ends[2], status;
	struct error err = {0};
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	const struct spawn_order order = {.kind = SPAWN_GUEST, .text = words};
	pid_t child = spawner_run(&spawner, &order, (const int[]){ends[1], ends[1]}, &err);
	close(ends[1]);
	ssize_t got = child > 0 ? read(ends[0], out, 255) : -1;
	out[got > 0 ? got : 0] = '\0';
	close(ends[0]);
	if (child > 0)
		ck_assert_int_eq(waitpid(child, &status, 0), child);
	else
		strcpy(out, "refused");
}

START_TEST(a_guest_has_the_tool_run_and_no_word_that_is_not_for_guests)
{
	char said[256], want[256];
	snprintf(want, sizeof(want), "--config %s --no-pager clients\n", book->config_path);
	run_for_guest(STR("clients\0"), said);
	ck_assert_str_eq(said, want);
	static const struct str bad[] = {
		STR(""), STR("clients"), STR("erase\0"), STR("clients\0--config\0"), STR("\0")};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		run_for_guest(bad[i], said);
		ck_assert_str_eq(said, "refused");
	}
}
END_TEST

/* Octets as the keeper would send them. */
static void say(const void *bytes, size_t len)
{
	ck_assert_int_eq(send(spawner.fd, bytes, len, MSG_NOSIGNAL), (ssize_t)len);
}

START_TEST(an_order_without_descriptors_is_refused)
{
	const struct spawn_head head = {SPAWN_READER, 0};
	struct spawn_answer answer;
	say(&head, sizeof(head));
	ck_assert_int_eq(recv(spawner.fd, &answer, sizeof(answer), 0), sizeof(answer));
	ck_assert_int_lt(answer.number, 1);
}
END_TEST

START_TEST(a_keeper_that_speaks_otherwise_is_served_no_more)
{
	struct error err = {0};
	struct process p;
	say("?", 1);
	const struct spawn_order order = {.kind = SPAWN_READER};
	ck_assert_int_lt(spawner_start(&spawner, &order, &p, &err), 0);
	ck_assert_int_eq(err.kind, ERROR_TEMPORARY);
	ck_assert(spawner_is_gone(&spawner));
}
END_TEST

START_TEST(what_is_meant_for_the_keeper_does_not_end_it)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct process p;
	struct error err = {0};
	const struct spawn_order order = {.kind = SPAWN_READER};
	/* once it answers, it has settled */
	ck_assert_int_eq(spawner_start(&spawner, &order, &p, &err), 0);
	process_end(&p);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		ck_assert_int_eq(kill(spawner.pid, signals[i]), 0);
	ck_assert_int_eq(spawner_start(&spawner, &order, &p, &err), 0);
	process_end(&p);
	kill(spawner.pid, SIGKILL);
	ck_assert_int_lt(spawner_start(&spawner, &order, &p, &err), 0);
	ck_assert(spawner_is_gone(&spawner));
}
END_TEST

/* A keeper, who tells of its spawner and its reader and is killed. */
static void be_keeper(int out)
{
	struct process p;
	struct error err = {0};
	struct spawner own = {.book = book, .fd = -1};
	const struct spawn_order order = {.kind = SPAWN_READER};
	if (spawner_open(&own, &err) < 0 || spawner_start(&own, &order, &p, &err) < 0)
		_exit(1);
	const pid_t pids[] = {own.pid, p.pid};
	if (write(out, pids, sizeof(pids)) == (ssize_t)sizeof(pids))
		pause();
	_exit(1);
}

START_TEST(both_die_with_the_keeper)
{
	int pair[2], status;
	pid_t pids[2];
	/* they become ours when their parent is gone */
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	ck_assert_int_eq(pipe(pair), 0);
	pid_t keeper = fork();
	if (keeper == 0)
		be_keeper(pair[1]);
	ck_assert_int_eq(read(pair[0], pids, sizeof(pids)), sizeof(pids));
	kill(keeper, SIGKILL);
	ck_assert_int_eq(waitpid(keeper, NULL, 0), keeper);
	for (size_t i = 0; i < 2; i++)
		ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

static enum spawner_taken reload(const char sum[SHA256_HEX_SIZE])
{
	struct error err = {0};
	enum spawner_taken answer;
	ck_assert_msg(spawner_read(&spawner, &err) == 0, "%s", err.text);
	ck_assert_msg(spawner_take(&spawner, sum, &answer, &err) == 0, "%s", err.text);
	return answer;
}

/* What the command of on_finding writes. */
static void check_hook(const char *want)
{
	struct process p;
	struct error err = {0};
	struct buf text = {0};
	struct frame frame;
	const struct spawn_order order = {.kind = SPAWN_HOOK};
	char *path = file_join(folder, "heard");
	ck_assert_msg(spawner_start(&spawner, &order, &p, &err) == 0, "%s", err.text);
	ck_assert_int_eq(channel_send(p.channel, "finding", STR("{}"), STR("{}\n"), &err), 0);
	struct pollfd fd = {.fd = channel_fd(p.channel), .events = POLLIN};
	ck_assert_int_eq(poll(&fd, 1, 20000), 1);
	ck_assert_int_eq(channel_next(p.channel, &frame, &err), 1);
	ck_assert_str_eq(frame.verb, "done");
	process_end(&p);
	ck_assert_int_eq(file_read(path, 100, &text, &err), 0);
	ck_assert_str_eq(buf_cstr(&text), want);
	buf_finish(&text);
	free(path);
}

START_TEST(it_reads_the_files_itself_and_takes_over_what_its_keeper_has_read)
{
	char sum[SHA256_HEX_SIZE];
	struct error err = {0};
	check_hook("first\n");
	struct rulebook *second = book_with("echo second > $0/heard");
	ck_assert_int_eq(rulebook_sum(book, sum, &err), 0);
	ck_assert_int_eq(reload(sum), SPAWNER_READ_OTHER);
	check_hook("first\n");
	ck_assert_int_eq(rulebook_sum(second, sum, &err), 0);
	ck_assert_int_eq(reload(sum), SPAWNER_TOOK_OVER);
	check_hook("second\n");
	free(put_file("my.rules", "rule urgency/now\n"));
	ck_assert_int_eq(reload(sum), SPAWNER_REFUSED);
	check_hook("second\n");
	rulebook_free(second);
}
END_TEST

Suite *spawner_suite(void)
{
	Suite *suite = suite_create("app: spawner");
	TCase *tests = tcase_create("spawner");
	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, make, drop);
	tcase_add_test(tests, what_it_starts_is_its_keepers_child);
	tcase_add_test(tests, an_order_for_what_its_book_does_not_name_is_refused);
	tcase_add_test(tests, a_guest_has_the_tool_run_and_no_word_that_is_not_for_guests);
	tcase_add_test(tests, an_order_without_descriptors_is_refused);
	tcase_add_test(tests, a_keeper_that_speaks_otherwise_is_served_no_more);
	tcase_add_test(tests, what_is_meant_for_the_keeper_does_not_end_it);
	tcase_add_test(tests, both_die_with_the_keeper);
	tcase_add_test(tests, it_reads_the_files_itself_and_takes_over_what_its_keeper_has_read);
	suite_add_tcase(suite, tests);
	return suite;
}
