/* Children of the keeper: forked with one channel and nothing else of what the keeper holds. */
#include "process.h"

#include "app/sandbox.h"
#include "channel.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHANNEL_FD 3
#define STOP_FD 4

static void reset_signals(void)
{
	struct sigaction plain = {.sa_handler = SIG_DFL};
	for (int number = 1; number < NSIG; number++)
		sigaction(number, &plain, NULL);
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigaction(SIGPIPE, &ignore, NULL);
	/* a terminal's Ctrl-C is the keeper's to hear: it lets its children finish */
	sigaction(SIGINT, &ignore, NULL);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Moves the two descriptors to their places and closes all others. */
static int keep_descriptors(int channel_fd, int stop_fd)
{
	int channel_copy = fcntl(channel_fd, F_DUPFD, STOP_FD + 1);
	int stop_copy = fcntl(stop_fd, F_DUPFD, STOP_FD + 1);
	int nothing = open("/dev/null", O_RDWR);
	if (channel_copy < 0 || stop_copy < 0 || nothing < 0)
		return -1;
	if (dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0 ||
		dup2(channel_copy, CHANNEL_FD) < 0 || dup2(stop_copy, STOP_FD) < 0)
		return -1;
	return close_range(STOP_FD + 1, ~0U, 0);
}

static void bound(const struct process_plan *plan)
{
	struct rlimit no_core = {0, 0};
	setrlimit(RLIMIT_CORE, &no_core);
	/* a sanitizer maps terabytes of shadow: such a bound would end it at once */
	if (plan->memory_bytes && !SANITIZED) {
		struct rlimit memory = {plan->memory_bytes, plan->memory_bytes};
		setrlimit(RLIMIT_AS, &memory);
	}
}

void process_become(const struct process_plan *plan, pid_t parent, const struct process_ends *ends)
{
	reset_signals();
	prctl(PR_SET_NAME, plan->title);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_FAILURE); /* it died before we asked to die with it */
	struct channel *to_parent;
	if (keep_descriptors(ends->channel_fd, ends->stop_fd) < 0 ||
		channel_new(CHANNEL_FD, true, &to_parent, NULL) < 0)
		_exit(EXIT_FAILURE);
	if (plan->prepare)
		plan->prepare();
	bound(plan);
	int status = plan->run(to_parent, STOP_FD, plan->context);
	channel_free(to_parent);
	/* exit handlers are the parent's: sqlite and stdio of the copy are left alone */
	_exit(status);
}

int process_prepare(struct process *out, struct process_ends *child, struct error *err)
{
	int pair[2] = {-1, -1}, stop[2] = {-1, -1};
	struct channel *channel;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 ||
		pipe2(stop, O_CLOEXEC) < 0) {
		error_system(err, errno, "cannot make a channel");
	} else if (channel_new(pair[0], false, &channel, err) == 0) {
		*out = (struct process){.channel = channel, .stop_fd = stop[1]};
		*child = (struct process_ends){pair[1], stop[0]};
		return 0;
	}
	for (int i = 0; i < 2; i++) {
		if (pair[i] >= 0)
			close(pair[i]);
		if (stop[i] >= 0)
			close(stop[i]);
	}
	return -1;
}

int process_started(
	struct process *p, pid_t child, const struct process_ends *ends, struct process *out)
{
	close(ends->channel_fd);
	close(ends->stop_fd);
	p->pid = child;
	if (child > 0) {
		*out = *p;
		return 0;
	}
	process_stop(p);
	channel_free(p->channel);
	return -1;
}

int process_start(const struct process_plan *plan, struct process *out, struct error *err)
{
	struct process made;
	struct process_ends ends;
	if (process_prepare(&made, &ends, err) < 0)
		return -1;
	pid_t parent = getpid(), child = fork();
	if (child == 0)
		process_become(plan, parent, &ends);
	if (child < 0)
		error_system(err, errno, "cannot start a process");
	return process_started(&made, child, &ends, out);
}

void process_stop(struct process *p)
{
	if (p->stop_fd >= 0)
		close(p->stop_fd);
	p->stop_fd = -1;
}

bool process_end(struct process *p)
{
	int status = 0;
	if (p->pid <= 0)
		return false;
	process_stop(p);
	channel_free(p->channel);
	kill(p->pid, SIGKILL);
	while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	*p = (struct process){.stop_fd = -1};
	return WIFSIGNALED(status) && WTERMSIG(status) == SANDBOX_SIGNAL;
}
