/* The control socket: one request line in, one JSON line out. */
#include "control.h"

#include "app/control_ask.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define REQUEST_MAX 4096
#define CALLERS 16
#define ANSWER_MAX (4 * MIB)
#define ASK_TIMEOUT_MS 5000

struct caller {
	int fd; /* 0: free */
	struct buf in;
	struct buf out; /* once it is not empty, the request is answered */
	size_t written;
	uint64_t number; /* in the order of coming */
};

struct control {
	int folder;
	int fd;
	control_answer *answer;
	void *context;
	struct caller callers[CALLERS];
	uint64_t calls;
};

/* sun_path holds 107 bytes and a folder's name may be longer: reached by its descriptor it is
 * short.
 */
static struct sockaddr_un address_in(int folder)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "/proc/self/fd/%d/%s", folder,
		CONTROL_NAME);
	return address;
}

/* A connected socket, or -1 with errno. */
static int connect_in(int folder)
{
	struct sockaddr_un address = address_in(folder);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		int number = errno;
		close(fd);
		errno = number;
		return -1;
	}
	return fd;
}

static int open_folder(const char *folder, struct error *err)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? error_system(err, errno, "cannot open '%s'", folder) : fd;
}

static int listen_in(int folder, struct error *err)
{
	/* the lock goes with the process, however it ends: a socket left behind is a dead one's */
	if (flock(folder, LOCK_EX | LOCK_NB) < 0)
		return errno == EWOULDBLOCK
			? error_set(err, ERROR_TEMPORARY,
				  "another overstepd is running on this archive")
			: error_system(err, errno, "cannot lock the archive's folder");
	unlinkat(folder, CONTROL_NAME, 0);
	struct sockaddr_un address = address_in(folder);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return error_system(err, errno, "cannot make the control socket");
	/* made 0600 from the first moment on: the mode is the socket's own before it has a name */
	if (fchmod(fd, 0600) < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
		listen(fd, CALLERS) < 0) {
		error_system(err, errno, "cannot listen on the control socket");
		close(fd);
		return -1;
	}
	return fd;
}

int control_open(const char *folder, control_answer *answer, void *context, struct control **out,
	struct error *err)
{
	struct control *c = calloc(1, sizeof(*c));
	if (!c)
		return error_memory(err);
	c->answer = answer;
	c->context = context;
	c->folder = open_folder(folder, err);
	c->fd = c->folder < 0 ? -1 : listen_in(c->folder, err);
	if (c->fd < 0) {
		if (c->folder >= 0)
			close(c->folder);
		free(c);
		return -1;
	}
	*out = c;
	return 0;
}

static void caller_end(struct caller *caller)
{
	close(caller->fd);
	buf_finish(&caller->in);
	buf_finish(&caller->out);
	*caller = (struct caller){0};
}

void control_close(struct control *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < CALLERS; i++)
		if (c->callers[i].fd)
			caller_end(&c->callers[i]);
	close(c->fd);
	unlinkat(c->folder, CONTROL_NAME, 0);
	close(c->folder);
	free(c);
}

size_t control_poll(const struct control *c, struct pollfd *out, size_t room)
{
	size_t count = 0;
	if (room)
		out[count++] = (struct pollfd){.fd = c->fd, .events = POLLIN};
	for (size_t i = 0; i < CALLERS && count < room; i++)
		if (c->callers[i].fd)
			out[count++] = (struct pollfd){.fd = c->callers[i].fd,
				.events = c->callers[i].out.len ? POLLOUT : POLLIN};
	return count;
}

static bool accept_caller(struct control *c, struct caller *place)
{
	int fd = accept4(c->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0)
		return false;
	if (place->fd)
		caller_end(place);
	*place = (struct caller){.fd = fd, .number = ++c->calls};
	return true;
}

/* Whoever had something to ask was served in the turn before: when all places are taken, the one
   who has been here longest without asking, or without taking the answer, makes room. */
static void accept_callers(struct control *c)
{
	struct caller *oldest = &c->callers[0];
	bool full = true;
	for (size_t i = 0; i < CALLERS; i++) {
		struct caller *caller = &c->callers[i];
		full = full && caller->fd;
		if (!caller->fd && !accept_caller(c, caller))
			return;
		if (caller->number < oldest->number)
			oldest = caller;
	}
	if (full)
		accept_caller(c, oldest);
}

int control_read_line(int fd, struct buf *in, size_t most, struct str *line)
{
	char *room = buf_reserve(in, most);
	ssize_t n = room ? read(fd, room, most) : -1;
	if (n < 0 && room && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0)
		return -1;
	in->len += (size_t)n;
	const char *end = memchr(in->ptr, '\n', in->len);
	if (!end)
		return in->len > most ? -1 : 0;
	*line = str_slice(buf_str(in), 0, (size_t)(end - in->ptr));
	return 1;
}

/* false: the caller is to be ended. */
static bool write_answer(struct caller *caller)
{
	while (caller->written < caller->out.len) {
		ssize_t n = send(caller->fd, caller->out.ptr + caller->written,
			caller->out.len - caller->written, MSG_NOSIGNAL);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		caller->written += (size_t)n;
	}
	return false;
}

static bool serve(struct control *c, struct caller *caller)
{
	struct str line;
	if (caller->out.len)
		return write_answer(caller);
	int result = control_read_line(caller->fd, &caller->in, REQUEST_MAX, &line);
	if (result <= 0)
		return result == 0;
	c->answer(c->context, line, &caller->out);
	buf_add_char(&caller->out, '\n');
	return !caller->out.failed && write_answer(caller);
}

void control_turn(struct control *c)
{
	accept_callers(c);
	for (size_t i = 0; i < CALLERS; i++)
		if (c->callers[i].fd && !serve(c, &c->callers[i]))
			caller_end(&c->callers[i]);
}

static int wait_until(int fd, short events, struct error *err)
{
	struct pollfd p = {.fd = fd, .events = events};
	int n = poll(&p, 1, ASK_TIMEOUT_MS);
	if (n < 0)
		return error_system(err, errno, "cannot wait for the service");
	return n ? 0
		 : error_set(err, ERROR_TEMPORARY, "the service does not answer: is it stopped?");
}

static int ask(int fd, const char *request, struct buf *answer, struct error *err)
{
	struct buf line = {0};
	buf_add_format(&line, "%s\n", request);
	int result = line.failed ? error_memory(err) : file_write_all(fd, line.ptr, line.len, err);
	buf_finish(&line);
	while (!result) {
		result = wait_until(fd, POLLIN, err);
		char *room = result ? NULL : buf_reserve(answer, 64 * KIB);
		if (!room || answer->len > ANSWER_MAX)
			return result ? result : error_memory(err);
		ssize_t n = read(fd, room, 64 * KIB);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return error_system(err, errno, "cannot hear the service");
		if (n == 0)
			break;
		answer->len += n > 0 ? (size_t)n : 0;
	}
	if (!result && !answer->len)
		return error_set(err, ERROR_TEMPORARY, "the service gave no answer");
	return result;
}

int control_ask(const char *folder, const char *request, struct buf *answer, struct error *err)
{
	int place = open_folder(folder, NULL);
	int fd = place < 0 ? -1 : connect_in(place);
	int number = errno;
	if (place >= 0)
		close(place);
	if (fd < 0 && (number == ENOENT || number == ENOTDIR || number == ECONNREFUSED))
		return error_set(err, ERROR_NOT_FOUND,
			"no overstepd is running on '%s' (start it, or run 'overstepd --once')",
			folder);
	if (fd < 0 && number == EACCES)
		return error_set(err, ERROR_SYSTEM,
			"the service on '%s' takes that from its own user and from root alone",
			folder);
	if (fd < 0)
		return error_system(err, number, "cannot reach the service");
	int result = ask(fd, request, answer, err);
	close(fd);
	return result;
}

bool control_runs(struct str folder)
{
	char *path = str_dup(folder);
	struct buf answer = {0};
	bool runs = path && control_ask(path, "status", &answer, NULL) == 0;
	buf_finish(&answer);
	free(path);
	return runs;
}

const struct json_value *control_account(const struct json_document *status, struct str name)
{
	const struct json_value *list = status ? json_get(json_root(status), "accounts") : NULL;
	for (size_t i = 0; i < json_count(list); i++)
		if (str_eq(json_to_str(json_get(json_at(list, i), "account")), name))
			return json_at(list, i);
	return NULL;
}
