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

void command_become(char **words, const int streams[3], bool with_credentials)
{
	struct sigaction plain = {.sa_handler = SIG_DFL};
	sigset_t none;
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int number = 1; number < NSIG; number++)
		sigaction(number, &plain, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	unsetenv("NOTIFY_SOCKET");
	if (!with_credentials)
		unsetenv("CREDENTIALS_DIRECTORY");
	int input = streams[0] < 0 ? open("/dev/null", O_RDONLY) : streams[0];
	if (input >= 0 && dup2(input, STDIN_FILENO) >= 0 &&
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
