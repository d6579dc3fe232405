/* Offers to keep watching: the unit of the user's own service manager. */
#include "doctor.h"
#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Runs systemctl --user with these words. quiet: nobody hears it. The exit code, 127 when it
   cannot be run. */
static int run_systemctl(const char *const *words, bool quiet)
{
	posix_spawn_file_actions_t actions;
	pid_t child = -1;
	int status = 0;
	if (posix_spawn_file_actions_init(&actions))
		return 127;
	int failed =
		posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	for (int fd = STDOUT_FILENO; quiet && !failed && fd <= STDERR_FILENO; fd++)
		failed = posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_WRONLY, 0);
	if (!failed)
		/* posix_spawn changes no word of them */
		failed = posix_spawnp(
			&child, "systemctl", &actions, NULL, (char *const *)words, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (failed)
		return 127;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return 127;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int init_find_service(struct init *i, struct error *err)
{
	static const char *const words[] = {
		"systemctl", "--user", "cat", "overstepd.service", NULL};
	const char *value = option(i->in, "start");
	i->can_start = i->in_its_place && run_systemctl(words, true) == 0;
	if (i->can_start || !value || strcmp(value, "yes") != 0)
		return 0;
	return error_set(err, ERROR_USAGE,
		i->in_its_place
			? "--start: no service manager of yours knows the unit, expected "
			  "'systemctl --user cat overstepd' to show it"
			: "--start: the unit reads the configuration in its usual place, expected "
			  "no other");
}

int init_ask_start(struct init *i, bool *start, struct error *err)
{
	const struct question q = {
		.option = "start",
		.text = "Keep watching from now on, as a service that starts when you log in?",
		.fallback = i->dialogue.asks ? "yes" : "no",
	};
	*start = false;
	return i->can_start ? ask_yes(&i->dialogue, &q, start, err) : 0;
}

static void say_lingering(void)
{
	struct advice a = {0};
	advise_on_my_lingering(&a);
	if (a.mend.len)
		remark("%s; so that it goes on, and starts with the machine: %s", buf_cstr(&a.text),
			buf_cstr(&a.mend));
	advice_finish(&a);
}

int init_start(struct error *err)
{
	static const char *const words[] = {
		"systemctl", "--user", "enable", "--now", "overstepd.service", NULL};
	int code = run_systemctl(words, false);
	if (code)
		return error_set(err, ERROR_SYSTEM,
			"the service did not start (%d), see 'systemctl --user status overstepd'",
			code);
	remark("overstepd is running: 'systemctl --user status overstepd' tells what it does");
	say_lingering();
	return 0;
}
