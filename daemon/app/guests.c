/* Members of the service's group: over a socket of theirs each may have a reading command run. */
#include "guests.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "control.h"
#include "spawner.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define GUESTS_MOST 8 /* each is a process with readers of its own */
#define ASK_US (5 * SECOND_US)
#define RUN_US (10 * MINUTE_US) /* as long as `poll --wait` has patience */
#define GROUPS_MOST 1024

struct guest {
	int fd; /* 0: free */
	struct buf in;
	pid_t child;  /* 0: it has not asked yet */
	int child_fd; /* tells when the child has ended */
	int64_t deadline_us;
};

struct guests {
	const struct guest_plan *plan;
	const struct spawner *spawner;
	const char *archive;
	char *path; /* the socket's */
	int fd;
	struct guest items[GUESTS_MOST];
};

static int listen_at(const char *path, struct error *err)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(address.sun_path))
		return error_set(err, ERROR_SYSTEM, "'%s' is too long for a socket", path);
	strcpy(address.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return error_system(err, errno, "cannot make the socket '%s'", path);
	/* one that is left behind is a dead service's: the lock on the archive is ours */
	unlink(path);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || chmod(path, 0660) < 0 ||
		listen(fd, GUESTS_MOST) < 0) {
		error_system(err, errno, "cannot listen on '%s'", path);
		close(fd);
		return -1;
	}
	return fd;
}

int guests_open(const struct guest_plan *plan, const struct spawner *spawner, const char *archive,
	struct guests **out, struct error *err)
{
	struct guests *g = calloc(1, sizeof(*g));
	if (!g)
		return error_memory(err);
	g->plan = plan;
	g->spawner = spawner;
	g->archive = archive;
	g->path = file_join(plan->folder, CONTROL_NAME);
	g->fd = g->path ? listen_at(g->path, err) : error_memory(err);
	if (g->fd < 0) {
		free(g->path);
		free(g);
		return -1;
	}
	*out = g;
	return 0;
}

/* Its command ends with it: nobody would hear it. */
static void guest_end(struct guest *guest)
{
	if (guest->child) {
		kill(-guest->child, SIGKILL);
		while (waitpid(guest->child, NULL, 0) < 0 && errno == EINTR)
			continue;
		close(guest->child_fd);
	}
	close(guest->fd);
	buf_finish(&guest->in);
	*guest = (struct guest){0};
}

void guests_close(struct guests *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < GUESTS_MOST; i++)
		if (g->items[i].fd)
			guest_end(&g->items[i]);
	close(g->fd);
	unlink(g->path);
	free(g->path);
	free(g);
}

size_t guests_poll(const struct guests *g, struct pollfd *out, size_t room)
{
	size_t count = 0;
	if (g && room)
		out[count++] = (struct pollfd){.fd = g->fd, .events = POLLIN};
	for (size_t i = 0; g && i < GUESTS_MOST && count + 2 <= room; i++) {
		const struct guest *guest = &g->items[i];
		if (!guest->fd)
			continue;
		/* of one whose command runs nothing is wanted but that it is there */
		out[count++] = (struct pollfd){
			.fd = guest->fd, .events = guest->child ? POLLRDHUP : POLLIN};
		if (guest->child)
			out[count++] = (struct pollfd){.fd = guest->child_fd, .events = POLLIN};
	}
	return count;
}

/* One line, and descriptors with it. It is short and the first that goes out: it fits. */
static void say(int fd, struct buf *line, const int *descriptors, size_t count)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control = {0};
	struct iovec bytes = {.iov_base = line->ptr, .iov_len = line->len};
	struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
	if (count) {
		message.msg_control = control.bytes;
		message.msg_controllen = CMSG_SPACE(count * sizeof(int));
		struct cmsghdr *head = CMSG_FIRSTHDR(&message);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(head), descriptors, count * sizeof(int));
	}
	if (!line->failed)
		sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
	buf_finish(line);
}

static void say_end(int fd, const char *why, int code)
{
	struct buf line = {0};
	struct json_writer w;
	json_begin(&w, &line);
	json_object(&w, NULL);
	json_int(&w, "schema", 1);
	if (why)
		json_cstr(&w, "error", why);
	json_int(&w, "code", code);
	json_object_end(&w);
	buf_add_char(&line, '\n');
	say(fd, &line, NULL, 0);
}

static void say_error(int fd, const struct error *why)
{
	say_end(fd, why->text, error_exit_code(why));
}

static bool in_group(int fd, gid_t group)
{
	gid_t groups[GROUPS_MOST];
	socklen_t size = sizeof(groups);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) < 0)
		return false;
	for (size_t i = 0; i < size / sizeof(*groups); i++)
		if (groups[i] == group)
			return true;
	return false;
}

/* The modes of socket and folder have let it in; this is the wall behind them. */
static bool is_member(int fd)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return false;
	return peer.uid == 0 || peer.uid == geteuid() || peer.gid == getegid() ||
		in_group(fd, getegid());
}

static void refuse(int fd, const char *why)
{
	say_end(fd, why, error_exit_code(&(struct error){.kind = ERROR_TEMPORARY}));
	close(fd);
}

static void accept_guests(struct guests *g)
{
	int fd;
	while ((fd = accept4(g->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct guest *place = NULL;
		for (size_t i = 0; i < GUESTS_MOST && !place; i++)
			place = g->items[i].fd ? NULL : &g->items[i];
		if (!is_member(fd))
			refuse(fd, "not a member of the service's group");
		else if (!place)
			refuse(fd, "too many ask the service at once, try again in a moment");
		else
			*place = (struct guest){
				.fd = fd, .deadline_us = clock_monotonic_us() + ASK_US};
	}
}

/* Starts the command with the writing ends; the guest gets the others. */
static int start_child(
	struct guests *g, struct guest *guest, struct str words, const int *ends, struct error *err)
{
	const struct spawn_order order = {.kind = SPAWN_GUEST, .text = words};
	pid_t child = spawner_run(g->spawner, &order, (const int[]){ends[1], ends[3]}, err);
	if (child < 0)
		return -1;
	guest->child = child;
	guest->child_fd = pidfd_open(child, 0);
	if (guest->child_fd < 0)
		return error_system(err, errno, "cannot watch a process");
	struct buf line = {0};
	buf_add_cstr(&line, "{\"schema\":1}\n");
	say(guest->fd, &line, (const int[]){ends[0], ends[2]}, 2);
	guest->deadline_us = clock_monotonic_us() + RUN_US;
	return 0;
}

/* The pipes are ours: nothing that a guest has made is ever opened, written to or waited for. */
static int run(struct guests *g, struct guest *guest, struct str words, struct error *err)
{
	int ends[4] = {-1, -1, -1, -1};
	int result = pipe2(ends, O_CLOEXEC) < 0 || pipe2(ends + 2, O_CLOEXEC) < 0
		? error_system(err, errno, "cannot make a pipe")
		: start_child(g, guest, words, ends, err);
	for (int i = 0; i < 4; i++)
		if (ends[i] >= 0)
			close(ends[i]);
	return result;
}

/* The words of a request in the arena, and behind each other in *all, a NUL behind each. */
static const char **words_of(const struct json_value *list, struct arena *arena, size_t *count,
	struct buf *all, struct error *err)
{
	*count = json_count(list);
	const char **words = arena_array(arena, *count + 1, sizeof(*words));
	for (size_t i = 0; words && i < *count; i++) {
		struct str word = json_to_str(json_at(list, i));
		words[i] = arena_cstr(arena, word);
		if (!words[i] || !word.ptr || strlen(words[i]) != word.len) {
			error_set(err, ERROR_USAGE, "a request whose words are none");
			return NULL;
		}
		buf_add(all, words[i], word.len + 1);
	}
	if (!words || all->failed) {
		error_memory(err);
		return NULL;
	}
	return words;
}

static int answer(
	struct guests *g, struct guest *guest, const struct json_value *asked, struct error *err)
{
	struct arena arena = {0};
	struct buf all = {0};
	size_t count;
	const char **words = words_of(json_get(asked, "words"), &arena, &count, &all, err);
	int result = words ? 0 : -1;
	if (!result && !str_eq(json_to_str(json_get(asked, "archive")), str_from(g->archive)))
		result = error_set(err, ERROR_CONFIG,
			"the service keeps another archive than the configuration names");
	if (!result)
		result = g->plan->check(words, count, err);
	if (!result)
		result = run(g, guest, buf_str(&all), err);
	buf_finish(&all);
	arena_finish(&arena);
	return result;
}

/* Hears the request; false: the guest is done. */
static bool hear(struct guests *g, struct guest *guest)
{
	struct str line;
	struct json_document *asked = NULL;
	struct error why = {0};
	int result = control_read_line(guest->fd, &guest->in, LIMIT_GUEST_REQUEST, &line);
	if (result <= 0)
		return result == 0;
	result = json_parse(line, &asked, &why);
	if (!result)
		result = answer(g, guest, json_root(asked), &why);
	json_free(asked);
	if (result < 0)
		say_error(guest->fd, &why);
	return result == 0;
}

/* Looks whether its command has ended; false: the guest is done. */
static bool attend(struct guest *guest)
{
	struct pollfd fd = {.fd = guest->fd, .events = POLLRDHUP};
	int status;
	if (waitpid(guest->child, &status, WNOHANG) != guest->child)
		return poll(&fd, 1, 0) == 0;
	close(guest->child_fd);
	guest->child = 0;
	if (WIFEXITED(status))
		say_end(guest->fd, NULL, WEXITSTATUS(status));
	else
		say_end(guest->fd, "the command died",
			error_exit_code(&(struct error){.kind = ERROR_TEMPORARY}));
	return false;
}

static bool serve(struct guests *g, struct guest *guest)
{
	if (clock_monotonic_us() < guest->deadline_us)
		return guest->child ? attend(guest) : hear(g, guest);
	say_end(guest->fd, guest->child ? "the command took too long" : "no request came",
		error_exit_code(&(struct error){.kind = ERROR_TEMPORARY}));
	return false;
}

void guests_turn(struct guests *g)
{
	if (!g)
		return;
	accept_guests(g);
	for (size_t i = 0; i < GUESTS_MOST; i++)
		if (g->items[i].fd && !serve(g, &g->items[i]))
			guest_end(&g->items[i]);
}
