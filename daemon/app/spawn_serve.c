/* The spawner: a process that starts others by its own copy of the rulebook, and does nothing else.
 */
#include "spawn_serve.h"

#include "app/rulebook.h"
#include "base/command.h"
#include "base/diag.h"
#include "base/limits.h"
#include "message/message_parse.h"
#include "spawn_plan.h"
#include <errno.h>
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SPAWNER_FD 3

struct request {
	struct spawn_head head;
	char text[LIMIT_GUEST_REQUEST];
	size_t len; /* of the text */
	int fds[2]; /* -1: none came */
};

static void take_descriptors(struct msghdr *message, int fds[2])
{
	struct cmsghdr *rights = CMSG_FIRSTHDR(message);
	fds[0] = fds[1] = -1;
	if (rights && rights->cmsg_level == SOL_SOCKET && rights->cmsg_type == SCM_RIGHTS &&
		rights->cmsg_len == CMSG_LEN(2 * sizeof(int)))
		memcpy(fds, CMSG_DATA(rights), 2 * sizeof(int));
}

/* false: the keeper is gone, or not itself any more. */
static bool hear(struct request *r)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct iovec parts[] = {{&r->head, sizeof(r->head)}, {r->text, sizeof(r->text)}};
	struct msghdr message = {
		.msg_iov = parts,
		.msg_iovlen = 2,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	ssize_t got;
	do
		got = recvmsg(SPAWNER_FD, &message, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got < (ssize_t)sizeof(r->head) || message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
		return false;
	take_descriptors(&message, r->fds);
	r->len = (size_t)got - sizeof(r->head);
	return true;
}

/* As fork, but the child is the keeper's, who waits for it, and with whom it dies. */
static pid_t fork_for_keeper(void)
{
	return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
}

static struct spawn_answer started(pid_t child)
{
	return (struct spawn_answer){child, child < 0 ? errno : 0};
}

static struct spawn_answer run_for_guest(
	const struct spawner *s, const struct request *r, pid_t keeper)
{
	char **words = spawn_guest_words(s, (struct str){r->text, r->len});
	if (!words)
		return (struct spawn_answer){-1, EPERM};
	pid_t child = fork_for_keeper();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != keeper)
			_exit(EXIT_FAILURE); /* it died before we asked to die with it */
		command_become(words, (const int[]){-1, r->fds[0], r->fds[1]}, false);
	}
	struct spawn_answer answer = started(child);
	free(words);
	return answer;
}

static struct spawn_answer start(const struct spawner *s, const struct request *r, pid_t keeper)
{
	const struct spawn_order order = {
		.kind = (enum spawn_kind)r->head.kind,
		.number = r->head.number,
		.text = {r->text, r->len},
	};
	union spawn_context room;
	struct process_plan plan;
	if (r->fds[0] < 0)
		return (struct spawn_answer){-1, EINVAL};
	if (order.kind == SPAWN_GUEST)
		return run_for_guest(s, r, keeper);
	if (!spawn_plan(s, &order, &room, &plan))
		return (struct spawn_answer){-1, EINVAL};
	pid_t child = fork_for_keeper();
	if (child == 0)
		process_become(&plan, keeper, &(struct process_ends){r->fds[0], r->fds[1]});
	return started(child);
}

static bool is_sum(const struct rulebook *book, struct str wanted)
{
	char sum[SHA256_HEX_SIZE];
	return rulebook_sum(book, sum, NULL) == 0 && str_eq(str_from(sum), wanted);
}

static bool put_in_force(struct spawner *s, const struct rulebook *book)
{
	struct str *watched;
	size_t count;
	if (rulebook_watched(book, &watched, &count, NULL) < 0)
		return false;
	free(s->watched.items);
	s->watched = (struct strs){watched, count};
	s->book = book;
	return true;
}

/* NULL: they are not well. */
static struct rulebook *read_again(const struct spawner *s)
{
	const struct rulebook_plan plan = {.config = s->book->config_path};
	struct rulebook *book = NULL;
	struct diags diags = {0};
	if (rulebook_load(&plan, &book, &diags, NULL) == 0 && diags.errors) {
		rulebook_free(book);
		book = NULL;
	}
	diags_finish(&diags);
	return book;
}

/* What has been read is in force after it, or forgotten. */
static struct spawn_answer take(struct spawner *s, const struct request *r, struct rulebook *book)
{
	const struct rulebook *before = s->book;
	enum spawner_taken answer = book ? SPAWNER_READ_OTHER : SPAWNER_REFUSED;
	if (book && is_sum(book, (struct str){r->text, r->len}) && put_in_force(s, book)) {
		/* the first was the keeper's: this process has its own copy */
		book = (struct rulebook *)(uintptr_t)before;
		answer = SPAWNER_TOOK_OVER;
	}
	rulebook_free(book);
	malloc_trim(0); /* whoever is started has all of this */
	return (struct spawn_answer){(int32_t)answer + 1, 0};
}

static int answer(struct spawner *s, const struct request *r, struct rulebook **read, pid_t keeper)
{
	struct spawn_answer said;
	if (r->head.kind == SPAWN_READ) {
		rulebook_free(*read);
		*read = read_again(s);
		return 0;
	}
	if (r->head.kind == SPAWN_TAKE) {
		said = take(s, r, *read);
		*read = NULL;
	} else {
		said = start(s, r, keeper);
	}
	return send(SPAWNER_FD, &said, sizeof(said), MSG_NOSIGNAL) < 0 ? -1 : 0;
}

/* Only what the keeper says, or its end, ends it: a terminal's Ctrl-C and a manager's request to
   end go to all processes at once. */
static int settle(pid_t keeper, int fd)
{
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	const int meant_for_keeper[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
	for (size_t i = 0; i < sizeof(meant_for_keeper) / sizeof(*meant_for_keeper); i++)
		sigaction(meant_for_keeper[i], &ignore, NULL);
	prctl(PR_SET_NAME, "overstep-spawn");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != keeper || dup2(fd, SPAWNER_FD) < 0)
		return -1;
	return close_range(SPAWNER_FD + 1, ~0U, 0);
}

void spawn_serve(struct spawner *s, pid_t keeper, int fd)
{
	struct request request;
	struct rulebook *read = NULL; /* and not in force */
	s->fd = -1;
	message_library_start();
	bool goes = settle(keeper, fd) == 0 && put_in_force(s, s->book);
	while (goes && hear(&request)) {
		goes = answer(s, &request, &read, keeper) == 0;
		for (int i = 0; i < 2; i++)
			if (request.fds[i] >= 0)
				close(request.fds[i]);
	}
	_exit(EXIT_SUCCESS);
}
