/* The service manager's ear: sd_notify(3) without libsystemd. */
#include "notify.h"

#include "base/str.h"
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A connected socket, or -1. */
static int connect_to(const char *name)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t len = strlen(name);
	if ((name[0] != '/' && name[0] != '@') || len < 2 || len >= sizeof(address.sun_path))
		return -1;
	memcpy(address.sun_path, name, len);
	if (name[0] == '@')
		address.sun_path[0] = '\0';
	/* an abstract name is as long as the address says, a path may end with its NUL */
	size_t size = offsetof(struct sockaddr_un, sun_path) + len + (name[0] == '/');
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, (socklen_t)size) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int64_t watchdog_of(char *(*environment)(const char *))
{
	uint64_t time_us = 0, pid = 0;
	const char *whose = environment("WATCHDOG_PID");
	if (whose && (!str_to_u64(str_from(whose), INT32_MAX, &pid) || pid != (uint64_t)getpid()))
		return 0;
	if (!str_to_u64(str_from(environment("WATCHDOG_USEC")), INT64_MAX, &time_us))
		return 0;
	return (int64_t)time_us;
}

void notify_open(struct notify *n, char *(*environment)(const char *))
{
	const char *name = environment("NOTIFY_SOCKET");
	n->fd = name ? connect_to(name) : -1;
	n->watchdog_us = n->fd >= 0 ? watchdog_of(environment) : 0;
}

void notify_close(struct notify *n)
{
	if (n->fd >= 0)
		close(n->fd);
	n->fd = -1;
}

bool notify_send(const struct notify *n, const char *assignments)
{
	size_t len = strlen(assignments);
	return n->fd < 0 || send(n->fd, assignments, len, MSG_NOSIGNAL) == (ssize_t)len;
}
