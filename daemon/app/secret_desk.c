/* The desk for a secret: who reads it for a process whose box lets it read no such thing. */
#include "secret_desk.h"

#include "base/limits.h"
#include "config/config.h"
#include "source/source.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define DESK_FD 3

/* Asked with an octet; answers with one message: the kind of the error, ERROR_NONE for none, and
   the secret or the error's text behind it. */
#define ANSWER_MOST (1 + LIMIT_SECRET + sizeof(((struct error *)NULL)->text))

static int answer(const struct secret_source *source)
{
	struct buf secret = {0};
	struct error why = {0};
	unsigned char kind = ERROR_NONE;
	if (secret_read(source->file, &source->command, source->credential, &secret, &why) < 0)
		kind = (unsigned char)why.kind;
	struct iovec parts[] = {
		{&kind, 1},
		{secret.ptr, secret.len},
		{why.text, kind ? strlen(why.text) : 0},
	};
	const struct msghdr message = {.msg_iov = parts, .msg_iovlen = 3};
	ssize_t sent = sendmsg(DESK_FD, &message, MSG_NOSIGNAL);
	buf_wipe(&secret);
	return sent < 0 ? -1 : 0;
}

static _Noreturn void desk_run(const struct secret_source *source, pid_t parent, int fd)
{
	char asked;
	prctl(PR_SET_NAME, "overstep-secret");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0); /* nobody may look into it */
	if (getppid() != parent || dup2(fd, DESK_FD) < 0 || close_range(DESK_FD + 1, ~0U, 0) < 0)
		_exit(EXIT_FAILURE);
	while (recv(DESK_FD, &asked, 1, 0) == 1 && answer(source) == 0)
		continue;
	_exit(EXIT_SUCCESS);
}

int secret_desk_start(
	const struct secret_source *secret, struct secret_desk *out, struct error *err)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return error_system(err, errno, "cannot make a channel");
	pid_t parent = getpid(), child = fork();
	if (child == 0)
		desk_run(secret, parent, pair[1]);
	int number = errno;
	close(pair[1]);
	if (child < 0) {
		close(pair[0]);
		return error_system(err, number, "cannot start a process");
	}
	out->fd = pair[0];
	return 0;
}

int secret_desk_ask(const void *context, struct buf *out, struct error *err)
{
	const struct secret_desk *d = context;
	struct buf answer = {0};
	int result = -1;
	char *room = buf_reserve(&answer, ANSWER_MOST);
	if (!room)
		return error_memory(err);
	ssize_t got = send(d->fd, "", 1, MSG_NOSIGNAL) == 1 ? recv(d->fd, room, ANSWER_MOST, 0) : 0;
	answer.len = got > 0 ? (size_t)got : 0;
	struct str text = str_slice(buf_str(&answer), 1, answer.len);
	if (!answer.len)
		error_set(err, ERROR_TEMPORARY, "the process that reads the secret is gone");
	else if (room[0] != ERROR_NONE)
		error_set(err, (enum error_kind)room[0], "%.*s", STR_ARG(text));
	else {
		buf_add_str(out, text);
		result = out->failed ? error_memory(err) : 0;
	}
	buf_wipe(&answer);
	return result;
}

void secret_desk_end(struct secret_desk *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}
