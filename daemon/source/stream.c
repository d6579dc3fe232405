/* Carries octets between the IMAP library and a server: every wait has an end, every answer passes
 * the filter, and the first failure is kept as the reason for all that follow.
 */
#include "stream.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "connect.h"
#include "response_filter.h"
#include "tls.h"
#include "wait.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_SIZE (16 * KIB) /* one TLS record */
#define LIBRARY_BUFFER (16 * KIB)
#define READS_BEFORE 16 /* a command: a server that never stops must not hold it up */

struct stream {
	const struct stream_plan *plan;
	int fd;
	struct tls *tls;
	struct patience patience;
	struct response_filter filter;
	struct buf shown; /* what passed the filter */
	size_t shown_at;  /* of it, what was read */
	size_t answered;  /* octets since the command, unfiltered */
	bool quiet;       /* no words of the server's in errors */
	mailstream *library;
	struct error error;
};

/* What an attempt to read or write gives besides a count. */
enum { WANT_READ = TLS_WANT_READ, WANT_WRITE = TLS_WANT_WRITE, FAILED = TLS_FAILED };

int stream_open(const struct stream_plan *plan, struct stream **out, struct error *err)
{
	struct stream *s = calloc(1, sizeof(*s));
	if (!s)
		return error_memory(err);
	s->plan = plan;
	s->patience.wake_fd = plan->wake_fd;
	s->patience.deadline_us = clock_monotonic_us() + plan->timeout_us;
	s->fd = connect_host(plan->host, plan->port, &s->patience, err);
	if (s->fd < 0) {
		stream_free(s);
		return -1;
	}
	*out = s;
	return 0;
}

void stream_free(struct stream *s)
{
	if (!s)
		return;
	tls_free(s->tls);
	if (s->fd >= 0)
		close(s->fd);
	buf_finish(&s->shown);
	free(s);
}

bool stream_searched(const struct stream *s)
{
	return s->filter.searched;
}

const struct error *stream_error(const struct stream *s)
{
	return &s->error;
}

static ssize_t fill(struct stream *s);

/* What is there before a command is sent is no answer to it. */
static void take_what_came(struct stream *s)
{
	for (unsigned i = 0; !s->error.kind && i < READS_BEFORE && fill(s) == 0; i++)
		;
}

void stream_command(struct stream *s, uint32_t tag, uint64_t asked_bytes, uint64_t literal_cap)
{
	take_what_came(s);
	uint64_t seconds = asked_bytes / LIMIT_SLOWEST_BYTES_A_SECOND;
	s->patience.deadline_us =
		clock_monotonic_us() + s->plan->timeout_us + (int64_t)seconds * SECOND_US;
	s->answered = 0;
	s->quiet = false;
	filter_command(&s->filter, tag, literal_cap);
}

void stream_keep_quiet(struct stream *s)
{
	s->quiet = true;
}

static ssize_t read_some(struct stream *s, void *out, size_t size)
{
	if (s->tls)
		return tls_read(s->tls, out, size, &s->error);
	ssize_t got = recv(s->fd, out, size, 0);
	if (got > 0)
		return got;
	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return WANT_READ;
	if (got == 0)
		error_set(&s->error, ERROR_TEMPORARY, "'%.*s' closed the connection",
			STR_ARG(s->plan->host));
	else
		error_set(&s->error, ERROR_TEMPORARY, "lost the connection to '%.*s': %s",
			STR_ARG(s->plan->host), strerror(errno));
	return FAILED;
}

static ssize_t write_some(struct stream *s, const void *octets, size_t len)
{
	if (s->tls)
		return tls_write(s->tls, octets, len, &s->error);
	ssize_t sent = send(s->fd, octets, len, MSG_NOSIGNAL);
	if (sent >= 0)
		return sent;
	if (errno == EAGAIN || errno == EINTR)
		return WANT_WRITE;
	error_set(&s->error, ERROR_TEMPORARY, "lost the connection to '%.*s': %s",
		STR_ARG(s->plan->host), strerror(errno));
	return FAILED;
}

static int not_waited(struct stream *s, enum wait_result waited, const char *doing)
{
	wait_error(&s->error, waited, doing);
	return waited == WAIT_STOPPED ? -1
				      : error_prefix(&s->error, "'%.*s'", STR_ARG(s->plan->host));
}

/* Waits for what a read or write wants, until p's deadline, which is an error. */
static int satisfy(struct stream *s, ssize_t want, const char *doing)
{
	if (want == FAILED)
		return -1;
	enum wait_result waited =
		wait_for(s->fd, want == WANT_READ ? POLLIN : POLLOUT, &s->patience);
	return waited == WAIT_READY ? 0 : not_waited(s, waited, doing);
}

int stream_start_tls(struct stream *s, struct error *err)
{
	if (s->shown_at < s->shown.len || (s->library && s->library->read_buffer_len > 0))
		return error_set(err, ERROR_TEMPORARY,
			"'%.*s' sent more before TLS than it was asked for (somebody may be in between)",
			STR_ARG(s->plan->host));
	if (tls_new(s->fd, s->plan->host, s->plan->ca_file, &s->tls, err) < 0)
		return -1;
	/* nothing that was said in the clear may count afterwards */
	memset(&s->filter, 0, sizeof(s->filter));
	for (;;) {
		ssize_t done = tls_handshake(s->tls, &s->error);
		if (done == 1)
			return 0;
		if (satisfy(s, done, "starting TLS") < 0) {
			*err = s->error;
			return -1;
		}
	}
}

static void goodbye(struct stream *s)
{
	struct str said = str_trim((struct str){s->filter.goodbye, s->filter.goodbye_len});
	struct buf words = {0};
	if (!s->quiet) {
		buf_add_cstr(&words, ": '");
		utf8_add_visible(&words, said, false);
		buf_add_char(&words, '\'');
	}
	error_set(&s->error, ERROR_TEMPORARY, "'%.*s' ended the session%s", STR_ARG(s->plan->host),
		words.len ? buf_cstr(&words) : "");
	buf_finish(&words);
}

/* What the library may see of some octets: all of them, or what passes the filter. */
static void show(struct stream *s, struct str octets)
{
	if (!s->plan->unfiltered) {
		if (filter_feed(&s->filter, octets, &s->shown) < 0)
			error_set(&s->error, ERROR_TEMPORARY, "'%.*s' does not keep to IMAP: %s",
				STR_ARG(s->plan->host), s->filter.reason);
		return;
	}
	s->answered += octets.len;
	if (s->answered > LIMIT_SMTP_ANSWER)
		error_set(&s->error, ERROR_TEMPORARY, "'%.*s' says too much for one command",
			STR_ARG(s->plan->host));
	buf_add_str(&s->shown, octets);
}

/* Reads once without waiting and filters. 0, a wish, or FAILED. */
static ssize_t fill(struct stream *s)
{
	char octets[READ_SIZE];
	ssize_t got = read_some(s, octets, sizeof(octets));
	if (got < 0)
		return got;
	if (s->shown_at == s->shown.len) {
		buf_clear(&s->shown);
		s->shown_at = 0;
	}
	show(s, (struct str){octets, (size_t)got});
	if (!s->error.kind && s->shown.failed)
		error_memory(&s->error);
	else if (!s->error.kind && s->filter.gone)
		goodbye(s);
	return s->error.kind ? FAILED : 0;
}

static ssize_t on_read(mailstream_low *low, void *out, size_t size)
{
	struct stream *s = low->data;
	while (s->shown_at == s->shown.len) {
		/* the library takes 0 inside a literal for "go on", for ever */
		if (s->error.kind)
			return -1;
		ssize_t filled = fill(s);
		/* what a server says before it goes is heard: it may be why */
		if (filled == FAILED && s->shown_at < s->shown.len)
			break;
		if (filled < 0 && satisfy(s, filled, "reading") < 0)
			return -1;
		/* a server that never stops gives no occasion to wait */
		if (clock_monotonic_us() > s->patience.deadline_us)
			return not_waited(s, WAIT_DEADLINE, "reading");
	}
	size_t left = s->shown.len - s->shown_at;
	size_t taken = size < left ? size : left;
	memcpy(out, s->shown.ptr + s->shown_at, taken);
	s->shown_at += taken;
	return (ssize_t)taken;
}

int stream_write(struct stream *s, struct str octets)
{
	size_t at = 0;
	while (at < octets.len) {
		if (s->error.kind)
			return -1;
		ssize_t sent = write_some(s, octets.ptr + at, octets.len - at);
		if (sent >= 0)
			at += (size_t)sent;
		else if (satisfy(s, sent, "sending a command") < 0)
			return -1;
	}
	return 0;
}

static ssize_t on_write(mailstream_low *low, const void *octets, size_t len)
{
	return stream_write(low->data, (struct str){octets, len}) < 0 ? -1 : (ssize_t)len;
}

static bool has_line(const struct stream *s)
{
	if (s->library->read_buffer_len > 0 &&
		memchr(s->library->read_buffer, '\n', s->library->read_buffer_len))
		return true;
	return s->shown.len > s->shown_at &&
		memchr(s->shown.ptr + s->shown_at, '\n', s->shown.len - s->shown_at);
}

int stream_wait_line(struct stream *s, int64_t deadline_us)
{
	struct patience patience = {.deadline_us = deadline_us, .wake_fd = s->patience.wake_fd};
	while (!has_line(s)) {
		if (s->error.kind)
			return -1;
		ssize_t filled = fill(s);
		if (filled == 0)
			continue;
		if (filled == FAILED)
			return -1;
		enum wait_result waited =
			wait_for(s->fd, filled == WANT_READ ? POLLIN : POLLOUT, &patience);
		if (waited == WAIT_DEADLINE)
			return 0;
		if (waited != WAIT_READY)
			return wait_error(&s->error, waited, "waiting for news");
	}
	return 1;
}

static int on_close(mailstream_low *low)
{
	stream_free(low->data);
	low->data = NULL;
	return 0;
}

static int on_get_fd(mailstream_low *low)
{
	struct stream *s = low->data;
	return s->fd;
}

static void on_free(mailstream_low *low)
{
	free(low);
}

static void on_cancel(mailstream_low *low)
{
	(void)low;
}

static mailstream_low_driver driver = {
	.mailstream_read = on_read,
	.mailstream_write = on_write,
	.mailstream_close = on_close,
	.mailstream_get_fd = on_get_fd,
	.mailstream_free = on_free,
	.mailstream_cancel = on_cancel,
};

mailstream *stream_library(struct stream *s)
{
	mailstream_low *low = mailstream_low_new(s, &driver);
	if (!low)
		return NULL;
	s->library = mailstream_new(low, LIBRARY_BUFFER);
	if (!s->library)
		free(low);
	return s->library;
}
