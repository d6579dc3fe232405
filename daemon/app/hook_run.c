/* The process that runs the command of on_finding, one finding after the other. */
#include "hook_run.h"

#include "base/clock.h"
#include "base/command.h"
#include "channel.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs it once; NULL, or what went wrong in words. */
static const char *run_once(char **argv, struct str input, int64_t limit_us, char reason[160])
{
	int ends[2], status = 0;
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return "cannot make a pipe";
	/* less than a pipe holds: nobody has to wait for the command to read it */
	bool written = write(ends[1], input.ptr, input.len) == (ssize_t)input.len;
	fcntl(ends[0], F_SETFL, 0);
	pid_t child = written ? fork() : -1;
	if (child == 0)
		command_become(argv, (const int[]){ends[0], -1, -1}, false);
	close(ends[0]);
	close(ends[1]);
	if (child < 0)
		return "cannot start a process";
	setpgid(child, child); /* whoever of the two comes first */
	if (command_await(child, clock_monotonic_us() + limit_us, &status) < 0) {
		snprintf(reason, 160, "'%s' took too long and was ended", argv[0]);
	} else if (WIFSIGNALED(status)) {
		snprintf(reason, 160, "'%s' was ended by signal %d", argv[0], WTERMSIG(status));
	} else if (WEXITSTATUS(status) == COMMAND_NO_PROGRAM) {
		snprintf(reason, 160, "'%s' cannot be run", argv[0]);
	} else if (WEXITSTATUS(status)) {
		snprintf(
			reason, 160, "'%s' failed with exit code %d", argv[0], WEXITSTATUS(status));
	} else {
		return NULL;
	}
	return reason;
}

int hook_main(struct channel *to_keeper, int stop_fd, const void *context)
{
	const struct hook_orders *orders = context;
	struct frame frame;
	char **argv = command_words(orders->command->items, orders->command->count), reason[160];
	(void)stop_fd;
	while (argv && channel_next(to_keeper, &frame, NULL) > 0) {
		const char *why = run_once(argv, frame.payload, orders->limit_us, reason);
		if (channel_send(
			    to_keeper, why ? "failed" : "done", STR("{}"), str_from(why), NULL) < 0)
			break;
	}
	command_words_free(argv);
	return EXIT_FAILURE;
}
