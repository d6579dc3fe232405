/* The keeper's end of the spawner: an order with two descriptors goes out, a number comes back. */
#include "spawner.h"

#include "base/command.h"
#include "spawn_plan.h"
#include "spawn_serve.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define GONE "the process that starts the others is gone"

int spawner_open(struct spawner *s, struct error *err)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return error_system(err, errno, "cannot make a channel");
	pid_t keeper = getpid();
	s->pid = fork();
	if (s->pid == 0)
		spawn_serve(s, keeper, pair[1]);
	int number = errno;
	close(pair[1]);
	s->fd = pair[0];
	if (s->pid > 0)
		return 0;
	s->pid = 0;
	spawner_close(s);
	return error_system(err, number, "cannot start a process");
}

void spawner_close(struct spawner *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	while (s->pid > 0 && waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	s->pid = 0;
}

bool spawner_is_gone(const struct spawner *s)
{
	/* it speaks only when it is spoken to */
	struct pollfd fd = {.fd = s->fd, .events = POLLIN};
	return s->fd >= 0 && poll(&fd, 1, 0) > 0;
}

/* fds: two, or NULL. */
static int say(const struct spawner *s, const struct spawn_head *head, struct str text,
	const int *fds, struct error *err)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control = {0};
	struct iovec parts[] = {
		{(void *)(uintptr_t)head, sizeof(*head)}, {(void *)(uintptr_t)text.ptr, text.len}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
	if (fds) {
		message.msg_control = control.bytes;
		message.msg_controllen = sizeof(control.bytes);
		struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
		rights->cmsg_level = SOL_SOCKET;
		rights->cmsg_type = SCM_RIGHTS;
		rights->cmsg_len = CMSG_LEN(2 * sizeof(int));
		memcpy(CMSG_DATA(rights), fds, 2 * sizeof(int));
	}
	return sendmsg(s->fd, &message, MSG_NOSIGNAL) < 0 ? error_set(err, ERROR_TEMPORARY, GONE)
							  : 0;
}

/* The number that it answers: above 0, or -1 with *err. */
static pid_t ask(const struct spawner *s, const struct spawn_head *head, struct str text,
	const int *fds, struct error *err)
{
	struct spawn_answer answer;
	ssize_t got;
	if (say(s, head, text, fds, err) < 0)
		return -1;
	do
		got = recv(s->fd, &answer, sizeof(answer), 0);
	while (got < 0 && errno == EINTR);
	if (got != (ssize_t)sizeof(answer))
		return error_set(err, ERROR_TEMPORARY, GONE);
	return answer.number > 0 ? answer.number
				 : error_system(err, answer.error, "cannot start a process");
}

/* Without one apart. */
static int start_here(const struct spawner *s, const struct spawn_order *order, struct process *out,
	struct error *err)
{
	union spawn_context room;
	struct process_plan plan;
	return spawn_plan(s, order, &room, &plan)
		? process_start(&plan, out, err)
		: error_system(err, EINVAL, "cannot start a process");
}

int spawner_start(const struct spawner *s, const struct spawn_order *order, struct process *out,
	struct error *err)
{
	const struct spawn_head head = {(uint32_t)order->kind, order->number};
	struct process made;
	struct process_ends ends;
	if (s->fd < 0)
		return start_here(s, order, out, err);
	if (process_prepare(&made, &ends, err) < 0)
		return -1;
	const int fds[] = {ends.channel_fd, ends.stop_fd};
	pid_t child = ask(s, &head, order->text, fds, err);
	return process_started(&made, child, &ends, out);
}

static pid_t run_here(const struct spawner *s, const struct spawn_order *order,
	const int streams[2], struct error *err)
{
	char **words = spawn_guest_words(s, order->text);
	pid_t child = words ? fork() : -1;
	if (child == 0)
		command_become(words, (const int[]){-1, streams[0], streams[1]}, false);
	int number = words ? errno : EINVAL;
	free(words);
	return child < 0 ? error_system(err, number, "cannot start a process") : child;
}

pid_t spawner_run(const struct spawner *s, const struct spawn_order *order, const int streams[2],
	struct error *err)
{
	const struct spawn_head head = {(uint32_t)order->kind, order->number};
	pid_t child = s->fd < 0 ? run_here(s, order, streams, err)
				: ask(s, &head, order->text, streams, err);
	if (child > 0)
		setpgid(child, child); /* whoever of the two comes first */
	return child;
}

int spawner_read(const struct spawner *s, struct error *err)
{
	const struct spawn_head head = {SPAWN_READ, 0};
	return say(s, &head, (struct str){0}, NULL, err);
}

int spawner_take(
	const struct spawner *s, const char *sum, enum spawner_taken *out, struct error *err)
{
	const struct spawn_head head = {SPAWN_TAKE, 0};
	pid_t answered = ask(s, &head, str_from(sum), NULL, err);
	if (answered < 0)
		return -1;
	*out = (enum spawner_taken)(answered - 1);
	return 0;
}
