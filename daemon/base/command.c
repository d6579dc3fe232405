/* Another program as a child of ours: its words, its start, its end. */
#include "base/command.h"

#include "base/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY_NS 5000000

char **command_words(const struct str *words, size_t count)
{
	char **made = calloc(count + 1, sizeof(*made));
	for (size_t i = 0; made && i < count; i++) {
		made[i] = str_dup(words[i]);
		if (!made[i]) {
			command_words_free(made);
			return NULL;
		}
	}
	return made;
}

void command_words_free(char **words)
{
	for (size_t i = 0; words && words[i]; i++)
		free(words[i]);
	free(words);
}

static void end_group(int number)
{
	(void)number;
	kill(0, SIGKILL);
}

/* Whoever lets a command run may be killed meanwhile. The command is told by the kernel then, but
   not what it has started itself: so somebody stays who ends them all. Its own end is the
   command's. */
static _Noreturn void watch_over(pid_t command)
{
	int status = 0;
	close_range(0, ~0U, 0);
	while (waitpid(command, &status, 0) < 0 && errno == EINTR)
		continue;
	if (WIFSIGNALED(status))
		kill(getpid(), WTERMSIG(status));
	_exit(WEXITSTATUS(status));
}

static void reset_signals(void)
{
	const struct sigaction plain = {.sa_handler = SIG_DFL}, end = {.sa_handler = end_group};
	sigset_t none;
	for (int number = 1; number < NSIG; number++)
		sigaction(number, &plain, NULL);
	sigaction(SIGHUP, &end, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

void command_become(char **words, const int streams[3], bool with_credentials)
{
	setpgid(0, 0);
	reset_signals();
	prctl(PR_SET_PDEATHSIG, SIGHUP);
	pid_t command = fork();
	if (command > 0)
		watch_over(command);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	unsetenv("NOTIFY_SOCKET");
	if (!with_credentials)
		unsetenv("CREDENTIALS_DIRECTORY");
	int input = streams[0] < 0 ? open("/dev/null", O_RDONLY) : streams[0];
	if (command == 0 && input >= 0 && dup2(input, STDIN_FILENO) >= 0 &&
		(streams[1] < 0 || dup2(streams[1], STDOUT_FILENO) >= 0) &&
		(streams[2] < 0 || dup2(streams[2], STDERR_FILENO) >= 0) &&
		close_range(STDERR_FILENO + 1, ~0U, 0) == 0)
		execvp(words[0], words);
	_exit(COMMAND_NO_PROGRAM);
}

int command_await(pid_t child, int64_t deadline_us, int *status)
{
	const struct timespec pause = {.tv_nsec = LOOK_EVERY_NS};
	for (;;) {
		pid_t ended = waitpid(child, status, WNOHANG);
		if (ended == child)
			return 0;
		if ((ended < 0 && errno != EINTR) || clock_monotonic_us() >= deadline_us)
			break;
		nanosleep(&pause, NULL);
	}
	kill(-child, SIGKILL);
	while (waitpid(child, status, 0) < 0 && errno == EINTR)
		continue;
	return -1;
}
