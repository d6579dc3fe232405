/* Asking the service for what its archive holds, by those who may not open it. */
#include "app/guest.h"

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "control.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define ANSWER_MS 5000
#define COPY_SIZE (64 * KIB)

/* One asking: the connection, and what has come over it. */
struct asking {
	int fd;
	int streams[2]; /* the command's output and errors, -1: none, or at their end */
	struct buf said;
};

static int open_socket(const char *folder, struct error *err)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char *path = file_join(folder, CONTROL_NAME);
	int fd = path ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) : error_memory(err);
	if (fd >= 0 && strlen(path) < sizeof(address.sun_path)) {
		strcpy(address.sun_path, path);
		if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
			int number = errno;
			close(fd);
			fd = number == EACCES
				? error_set(err, ERROR_SYSTEM,
					  "the archive is the service's own, and '%s' is for members of "
					  "its group: root adds you to that, then log in again",
					  path)
				: error_set(err, ERROR_TEMPORARY,
					  "the archive is the service's own, and none answers at '%s': "
					  "is it running?",
					  path);
		}
	}
	free(path);
	return fd;
}

static int send_request(int fd, const struct guest_request *request, struct error *err)
{
	struct buf line = {0};
	struct json_writer w;
	json_begin(&w, &line);
	json_object(&w, NULL);
	json_cstr(&w, "archive", request->archive);
	json_array(&w, "words");
	for (size_t i = 0; i < request->word_count; i++)
		json_cstr(&w, NULL, request->words[i]);
	json_array_end(&w);
	json_object_end(&w);
	buf_add_char(&line, '\n');
	int result = line.failed ? error_memory(err) : 0;
	if (!result && line.len > LIMIT_GUEST_REQUEST)
		result =
			error_set(err, ERROR_LIMIT, "a request of %zu bytes, at most %zu are taken",
				line.len, LIMIT_GUEST_REQUEST);
	/* one that is busy hangs up at once, and has said so */
	if (!result && send(fd, line.ptr, line.len, MSG_NOSIGNAL) < 0 && errno != EPIPE)
		result = error_system(err, errno, "cannot ask the service");
	buf_finish(&line);
	return result;
}

static void take_descriptors(struct asking *a, struct msghdr *message)
{
	for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head))
		if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS &&
			head->cmsg_len == CMSG_LEN(sizeof(a->streams)))
			memcpy(a->streams, CMSG_DATA(head), sizeof(a->streams));
}

/* Hears more of what the service says itself: 1, 0 the end, -1. */
static int hear(struct asking *a, struct error *err)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control = {0};
	char *room = a->said.len < LIMIT_GUEST_REQUEST ? buf_reserve(&a->said, KIB) : NULL;
	struct iovec bytes = {.iov_base = room, .iov_len = KIB};
	struct msghdr message = {
		.msg_iov = &bytes,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	if (!room)
		return error_memory(err);
	ssize_t n = recvmsg(a->fd, &message, MSG_CMSG_CLOEXEC);
	if (n < 0 && errno == EINTR)
		return 1;
	if (n < 0 && errno == ECONNRESET)
		return 0;
	if (n < 0)
		return error_system(err, errno, "cannot hear the service");
	take_descriptors(a, &message);
	a->said.len += (size_t)n;
	return n > 0;
}

/* Its first line says whether the command runs. */
static int hear_first(struct asking *a, struct error *err)
{
	for (;;) {
		struct pollfd fd = {.fd = a->fd, .events = POLLIN};
		if (a->said.len && memchr(a->said.ptr, '\n', a->said.len))
			return 0;
		if (poll(&fd, 1, ANSWER_MS) == 0)
			return error_set(err, ERROR_TEMPORARY,
				"the service does not answer: is it stopped?");
		int more = hear(a, err);
		if (more < 0)
			return -1;
		if (!more)
			return error_set(err, ERROR_TEMPORARY, "the service gave no answer");
	}
}

/* Some of a stream to its place: false when there is no more, or nobody reads it. */
static bool copy(int from, FILE *to)
{
	char bytes[COPY_SIZE];
	ssize_t n = read(from, bytes, sizeof(bytes));
	if (n < 0)
		return errno == EINTR;
	return n > 0 && fwrite(bytes, 1, (size_t)n, to) == (size_t)n && fflush(to) == 0;
}

static int copy_streams(struct asking *a, FILE *out, struct error *err)
{
	FILE *const places[] = {out, stderr};
	while (a->streams[0] >= 0 || a->streams[1] >= 0) {
		struct pollfd fds[2];
		for (int i = 0; i < 2; i++)
			fds[i] = (struct pollfd){.fd = a->streams[i], .events = POLLIN};
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return error_system(err, errno, "cannot wait for the service");
		for (int i = 0; i < 2; i++)
			if (fds[i].revents && !copy(a->streams[i], places[i])) {
				close(a->streams[i]);
				a->streams[i] = -1;
			}
	}
	return 0;
}

/* The last line: the tool's exit code, or why it did not come to that. */
static int read_end(struct asking *a, struct error *err)
{
	struct str rest = buf_str(&a->said), line = {0}, last = {0};
	struct json_document *document = NULL;
	while (str_line(&rest, &line))
		last = line;
	if (json_parse(last, &document, err) < 0)
		return -1;
	const struct json_value *v = json_root(document);
	struct str why = json_to_str(json_get(v, "error"));
	int code = (int)json_to_int(json_get(v, "code"), -1);
	if (why.ptr)
		fprintf(stderr, "overstep: %.*s\n", STR_ARG(why));
	json_free(document);
	if (code < 0 || code > 255)
		return error_set(err, ERROR_TEMPORARY, "the service ended in the middle of it");
	return code;
}

int guest_ask(const struct guest_request *request, FILE *out, struct error *err)
{
	struct asking a = {.fd = open_socket(request->folder, err), .streams = {-1, -1}};
	if (a.fd < 0)
		return -1;
	int result = send_request(a.fd, request, err);
	if (!result)
		result = hear_first(&a, err);
	if (!result)
		result = copy_streams(&a, out, err);
	int more = 1;
	while (!result && more > 0)
		more = hear(&a, err);
	if (!result)
		result = more < 0 ? -1 : read_end(&a, err);
	for (int i = 0; i < 2; i++)
		if (a.streams[i] >= 0)
			close(a.streams[i]);
	close(a.fd);
	buf_finish(&a.said);
	return result;
}
