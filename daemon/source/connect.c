/* Looks a host up and connects to it, neither longer than its deadline.
 *
 * getaddrinfo cannot be given a deadline and cannot be interrupted, so it runs in a thread that is
 * left behind when it takes too long; whoever of the two is last frees what they share.
 */
#include "connect.h"

#include "base/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HOST_SIZE 256
#define PORT_SIZE 6

/* A peer that is gone shows while we only listen in IDLE, after six minutes. That asks sooner than
   most routers forget who speaks to whom (five minutes) keeps them from it. */
static const struct {
	int level, name, value;
} socket_options[] = {
	{IPPROTO_TCP, TCP_NODELAY, 1},
	{SOL_SOCKET, SO_KEEPALIVE, 1},
	{IPPROTO_TCP, TCP_KEEPIDLE, 240},
	{IPPROTO_TCP, TCP_KEEPINTVL, 30},
	{IPPROTO_TCP, TCP_KEEPCNT, 4},
};

/* Shared by the one who asks and the thread that looks up. */
struct lookup {
	char host[HOST_SIZE];
	char port[PORT_SIZE];
	pthread_mutex_t lock;
	int done_fd[2]; /* the thread writes one byte when it is ready */
	int holders;
	int code;
	int number; /* errno, which is each thread's own */
	struct addrinfo *found;
};

static const struct addrinfo lookup_hints = {
	.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG};

static void lookup_release(struct lookup *l)
{
	pthread_mutex_lock(&l->lock);
	int left = --l->holders;
	pthread_mutex_unlock(&l->lock);
	if (left > 0)
		return;
	if (l->found)
		freeaddrinfo(l->found);
	close(l->done_fd[0]);
	close(l->done_fd[1]);
	pthread_mutex_destroy(&l->lock);
	free(l);
}

static void *lookup_run(void *context)
{
	struct lookup *l = context;
	l->code = getaddrinfo(l->host, l->port, &lookup_hints, &l->found);
	l->number = errno;
	ssize_t written;
	do
		written = write(l->done_fd[1], "", 1);
	while (written < 0 && errno == EINTR);
	lookup_release(l);
	return NULL;
}

static struct lookup *lookup_new(const char *host, const char *port)
{
	struct lookup *l = calloc(1, sizeof(*l));
	if (!l)
		return NULL;
	snprintf(l->host, sizeof(l->host), "%s", host);
	snprintf(l->port, sizeof(l->port), "%s", port);
	l->holders = 1;
	if (pipe2(l->done_fd, O_CLOEXEC) < 0) {
		free(l);
		return NULL;
	}
	pthread_mutex_init(&l->lock, NULL);
	return l;
}

static int lookup_start(struct lookup *l)
{
	pthread_t thread;
	pthread_attr_t attributes;
	sigset_t all, before;
	/* signals are for the thread that knows what they mean */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	l->holders++;
	int failed = pthread_create(&thread, &attributes, lookup_run, l);
	if (failed)
		l->holders--;
	pthread_attr_destroy(&attributes);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed ? -1 : 0;
}

static int lookup_error(struct error *err, const char *host, int code, int number)
{
	if (code == EAI_NONAME || code == EAI_NODATA)
		return error_set(err, ERROR_TEMPORARY,
			"no host '%s' in the DNS (check its spelling, and the network)", host);
	return error_set(err, ERROR_TEMPORARY, "cannot look up host '%s': %s", host,
		code == EAI_SYSTEM ? strerror(number) : gai_strerror(code));
}

/* *out: freeaddrinfo it. */
static int resolve(const char *host, const char *port, const struct patience *p,
	struct addrinfo **out, struct error *err)
{
	struct addrinfo numeric = lookup_hints;
	numeric.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
	if (getaddrinfo(host, port, &numeric, out) == 0)
		return 0;
	struct lookup *l = lookup_new(host, port);
	if (!l)
		return error_system(err, errno, "cannot look up host '%s'", host);
	int result = -1;
	if (lookup_start(l) < 0) {
		error_set(err, ERROR_SYSTEM, "cannot start a thread to look up host '%s'", host);
		goto out;
	}
	enum wait_result waited = wait_for(l->done_fd[0], POLLIN, p);
	if (waited != WAIT_READY) {
		wait_error(err, waited, "looking up the host");
		if (waited != WAIT_STOPPED)
			error_prefix(err, "'%s'", host);
		goto out;
	}
	if (l->code != 0) {
		lookup_error(err, host, l->code, l->number);
		goto out;
	}
	*out = l->found;
	l->found = NULL;
	result = 0;
out:
	lookup_release(l);
	return result;
}

/* A connected socket, or -1 with errno or WAIT_DEADLINE, WAIT_STOPPED in *waited. */
static int connect_address(
	const struct addrinfo *a, const struct patience *p, enum wait_result *waited)
{
	*waited = WAIT_READY;
	int fd =
		socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, a->ai_protocol);
	if (fd < 0)
		return -1;
	for (size_t i = 0; i < sizeof(socket_options) / sizeof(*socket_options); i++)
		setsockopt(fd, socket_options[i].level, socket_options[i].name,
			&socket_options[i].value, sizeof(int));
	if (connect(fd, a->ai_addr, a->ai_addrlen) == 0)
		return fd;
	int number = errno;
	if (number == EINPROGRESS) {
		socklen_t size = sizeof(number);
		*waited = wait_for(fd, POLLOUT, p);
		if (*waited == WAIT_READY &&
			getsockopt(fd, SOL_SOCKET, SO_ERROR, &number, &size) == 0 && number == 0)
			return fd;
	}
	close(fd);
	errno = number;
	return -1;
}

static int connect_any(const struct addrinfo *found, const char *host, int port,
	const struct patience *p, struct error *err)
{
	int count = 0;
	enum wait_result waited = WAIT_READY;
	for (const struct addrinfo *a = found; a; a = a->ai_next)
		count++;
	for (const struct addrinfo *a = found; a; a = a->ai_next, count--) {
		int64_t now = clock_monotonic_us();
		struct patience share = *p;
		share.deadline_us = now + (p->deadline_us - now) / count;
		int fd = connect_address(a, &share, &waited);
		if (fd >= 0)
			return fd;
		if (waited == WAIT_STOPPED)
			break;
	}
	int number = errno;
	if (waited != WAIT_READY) {
		wait_error(err, waited, "connecting");
		return waited == WAIT_STOPPED ? -1 : error_prefix(err, "'%s' port %d", host, port);
	}
	if (number == ECONNREFUSED)
		return error_set(err, ERROR_TEMPORARY,
			"connection refused by '%s' port %d (check host and port)", host, port);
	return error_set(err, ERROR_TEMPORARY, "cannot connect to '%s' port %d: %s", host, port,
		strerror(number));
}

int connect_host(struct str host, int port, const struct patience *p, struct error *err)
{
	char name[HOST_SIZE], service[PORT_SIZE];
	if (host.len == 0 || host.len >= sizeof(name) || port < 1 || port > 65535)
		return error_set(err, ERROR_CONFIG, "no usable host and port");
	for (size_t i = 0; i < host.len; i++)
		if (host.ptr[i] <= ' ' || host.ptr[i] >= 0x7f)
			return error_set(err, ERROR_CONFIG,
				"a host name in other than ASCII letters (write its 'xn--' form)");
	memcpy(name, host.ptr, host.len);
	name[host.len] = '\0';
	snprintf(service, sizeof(service), "%d", port);

	struct addrinfo *found = NULL;
	if (resolve(name, service, p, &found, err) < 0)
		return -1;
	int fd = connect_any(found, name, port, p, err);
	freeaddrinfo(found);
	return fd;
}
