/* The server itself, on libmicrohttpd: one thread, one request after the other. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/limits.h"
#include "guard.h"
#include "target.h"
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define TICK_MS 1000 /* how often connections are looked at that send nothing whole */

/* A connection, and since when it owes a whole request. */
struct guest {
	int fd; /* the library's; -1: nobody */
	int64_t since_us;
};

struct server {
	const struct serve_plan *plan;
	struct guard guard;
	struct MHD_Daemon *daemon;
	struct guest guests[LIMIT_SERVE_CONNECTIONS];
	int64_t asked_us; /* last */
};

/* The library would decode %2f in a path before it is taken apart; target.c does it behind that. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

/* What the handler gets as its state: the target as it was sent. */
static void *keep_target(void *context, const char *target, struct MHD_Connection *connection)
{
	(void)context;
	(void)connection;
	return strdup(target);
}

static struct guest *guest_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

static void end_request(void *context, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode how)
{
	struct guest *guest = guest_of(connection);
	(void)context;
	(void)how;
	if (guest)
		guest->since_us = clock_monotonic_us();
	free(*state);
	*state = NULL;
}

static void watch_connection(void *context, struct MHD_Connection *connection, void **guest_state,
	enum MHD_ConnectionNotificationCode what)
{
	struct server *s = context;
	struct guest *guest = *guest_state;
	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (guest)
			guest->fd = -1;
		return;
	}
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	for (size_t i = 0; info && i < LIMIT_SERVE_CONNECTIONS; i++)
		if (s->guests[i].fd < 0) {
			s->guests[i] = (struct guest){info->connect_fd, clock_monotonic_us()};
			*guest_state = &s->guests[i];
			return;
		}
}

/* The library's own time-out begins anew with every octet. */
static bool end_slow_guests(struct server *s)
{
	int64_t now = clock_monotonic_us();
	bool any = false;
	for (size_t i = 0; i < LIMIT_SERVE_CONNECTIONS; i++) {
		if (s->guests[i].fd < 0)
			continue;
		any = true;
		if (now - s->guests[i].since_us > LIMIT_SERVE_REQUEST_SECONDS * SECOND_US)
			shutdown(s->guests[i].fd, SHUT_RDWR);
	}
	return any;
}

static enum MHD_Result add_headers(
	const struct server *s, struct MHD_Response *response, unsigned status)
{
	const struct {
		const char *name, *value;
	} headers[] = {
		{"Content-Type", "text/html; charset=utf-8"},
		{"Content-Security-Policy", s->plan->policy},
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"},
		{"Referrer-Policy", "no-referrer"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cache-Control", "no-store"},
		{status == 405 ? "Allow" : NULL, "GET, HEAD"},
		{status == 303 ? "Location" : NULL, "/"},
		/* what was refused may have more to say */
		{status == 400 || status == 405 || status == 421 ? "Connection" : NULL, "close"},
	};
	enum MHD_Result result = MHD_YES;
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]) && result; i++)
		if (headers[i].name)
			result = MHD_add_response_header(
				response, headers[i].name, headers[i].value);
	return result;
}

/* Cookies know no ports: each server's has a name of its own. */
static enum MHD_Result add_cookie(const struct server *s, struct MHD_Response *response)
{
	struct buf cookie = {0};
	buf_add_format(&cookie, "overstep-%u=%s; Path=/; HttpOnly; SameSite=Strict", s->guard.port,
		s->guard.cookie);
	enum MHD_Result result = cookie.failed
		? MHD_NO
		: MHD_add_response_header(response, "Set-Cookie", buf_cstr(&cookie));
	buf_wipe(&cookie);
	return result;
}

/* Takes the page. */
static enum MHD_Result send_page(
	struct server *s, struct MHD_Connection *connection, unsigned status, struct buf *page)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(page->len, page->ptr, MHD_RESPMEM_MUST_FREE);
	if (!response) {
		buf_finish(page);
		return MHD_NO;
	}
	*page = (struct buf){0};
	enum MHD_Result result = add_headers(s, response, status);
	if (result && status == 303)
		result = add_cookie(s, response);
	if (result)
		result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result count_one(
	void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	(void)kind;
	(void)value;
	*(size_t *)context += !strcasecmp(name, "Host");
	return MHD_YES;
}

static struct str header(struct MHD_Connection *connection, const char *name)
{
	return str_from(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static unsigned ask_guard(struct server *s, struct MHD_Connection *connection, const char *method,
	const struct serve_request *request)
{
	char name[sizeof("overstep-") + 10];
	snprintf(name, sizeof(name), "overstep-%u", s->guard.port);
	struct guard_question question = {
		.method = str_from(method),
		.host = header(connection, "Host"),
		.cookie = str_from(MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, name)),
		.site = header(connection, "Sec-Fetch-Site"),
		.has_body = header(connection, "Content-Length").ptr ||
			header(connection, "Transfer-Encoding").ptr,
		.request = request,
	};
	MHD_get_connection_values(connection, MHD_HEADER_KIND, count_one, &question.hosts);
	return guard_ask(&s->guard, &question);
}

/* While one page is made the others wait for us, not we for them. */
static void forgive(struct server *s)
{
	int64_t took = clock_monotonic_us() - s->asked_us;
	for (size_t i = 0; i < LIMIT_SERVE_CONNECTIONS; i++)
		s->guests[i].since_us += took;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *path,
	const char *method, const char *version, const char *upload, size_t *upload_size,
	void **state)
{
	struct server *s = context;
	struct arena arena = {0};
	struct buf page = {0};
	struct serve_request request = {0};
	(void)path;
	(void)version;
	(void)upload;
	*upload_size = 0;
	unsigned read = *state ? target_read(str_from(*state), &arena, &request) : 500;
	/* whoever may not look learns nothing of what is there */
	unsigned status = ask_guard(s, connection, method, &request);
	if (status == 200 && read != 200)
		status = read;
	s->asked_us = clock_monotonic_us();
	if (status == 200)
		status = s->plan->answer(s->plan->context, &request, &page);
	else if (status != 303)
		s->plan->refuse(s->plan->context, status, &page);
	forgive(s);
	arena_finish(&arena);
	if (page.failed) {
		buf_finish(&page);
		return MHD_NO;
	}
	return send_page(s, connection, status, &page);
}

/* On the one address that is no network's. */
static int listen_here(unsigned port, unsigned *got, struct error *err)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	int again = 1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return error_system(err, errno, "cannot make a socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &again, sizeof(again));
	if (bind(fd, (const struct sockaddr *)&address, size) < 0 ||
		listen(fd, LIMIT_SERVE_CONNECTIONS) < 0 ||
		getsockname(fd, (struct sockaddr *)&address, &size) < 0) {
		int number = errno;
		close(fd);
		return number == EADDRINUSE
			? error_set(err, ERROR_USAGE, "port %u is taken, expected a free one", port)
			: error_system(err, number, "cannot listen");
	}
	*got = ntohs(address.sin_port);
	return fd;
}

static int start(struct server *s, int fd, struct error *err)
{
	s->daemon = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, handle, s,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)LIMIT_SERVE_CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		LIMIT_SERVE_HEADERS, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)LIMIT_SERVE_REQUEST_SECONDS, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_URI_LOG_CALLBACK,
		keep_target, NULL, MHD_OPTION_NOTIFY_COMPLETED, end_request, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, watch_connection, s, MHD_OPTION_END);
	return s->daemon ? 0 : error_set(err, ERROR_SYSTEM, "cannot start the web server");
}

static int open_signals(struct error *err)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? error_system(err, errno, "cannot wait for signals") : fd;
}

static bool idled(const struct server *s)
{
	return s->plan->idle_s && clock_monotonic_us() - s->asked_us > s->plan->idle_s * SECOND_US;
}

static int loop(struct server *s, int signals, struct error *err)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct pollfd waits[] = {
		{.fd = info->epoll_fd, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
	s->asked_us = clock_monotonic_us();
	while (!waits[1].revents && !idled(s)) {
		MHD_UNSIGNED_LONG_LONG wish;
		int wait = end_slow_guests(s) || s->plan->idle_s ? TICK_MS : -1;
		if (MHD_get_timeout(s->daemon, &wish) == MHD_YES &&
			(wait < 0 || wish < (MHD_UNSIGNED_LONG_LONG)wait))
			wait = (int)(wish > TICK_MS ? TICK_MS : wish);
		if (poll(waits, 2, wait) < 0 && errno != EINTR)
			return error_system(err, errno, "cannot wait for requests");
		if (MHD_run(s->daemon) != MHD_YES)
			return error_set(err, ERROR_SYSTEM, "the web server failed");
	}
	return 0;
}

static int announce(struct server *s, struct error *err)
{
	struct buf address = {0};
	buf_add_format(&address, "http://127.0.0.1:%u/?token=%s", s->guard.port, s->guard.token);
	const char *text = buf_cstr(&address);
	int result = address.failed ? error_memory(err) : 0;
	if (!result)
		s->plan->ready(s->plan->context, text);
	buf_wipe(&address);
	return result;
}

int serve_run(const struct serve_plan *plan, struct error *err)
{
	struct server s = {.plan = plan};
	unsigned port = 0;
	int signals = -1, result = -1;
	for (size_t i = 0; i < LIMIT_SERVE_CONNECTIONS; i++)
		s.guests[i].fd = -1;
	int fd = listen_here(plan->port, &port, err);
	if (fd < 0 || guard_init(&s.guard, port, err) < 0)
		goto out;
	signals = open_signals(err);
	if (signals < 0 || start(&s, fd, err) < 0)
		goto out;
	fd = -1; /* the library's from here on */
	result = announce(&s, err);
	if (!result)
		result = loop(&s, signals, err);
out:
	if (s.daemon)
		MHD_stop_daemon(s.daemon);
	if (signals >= 0)
		close(signals);
	if (fd >= 0)
		close(fd);
	guard_finish(&s.guard);
	return result;
}
