/* Frames between the processes: a verb, a small JSON head and octets, over a socketpair. */
#include "channel.h"

#include "base/limits.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FIRST_LINE_MAX 64 /* a verb and two numbers */
#define READ_SIZE (64 * KIB)
/* What one that works ahead has of requests: they last while the other end writes to the disk. */
#define READ_AHEAD (768 * KIB)
#define GONE "the process at the other end is gone"

struct channel {
	int fd;
	bool blocking;
	bool works_ahead;
	struct buf in;
	size_t taken; /* bytes of `in` that were frames already handed out */
	struct buf out;
	size_t written;
};

int channel_new(int fd, bool blocking, struct channel **out, struct error *err)
{
	struct channel *c = calloc(1, sizeof(*c));
	if (!c)
		return error_memory(err);
	int flags = fcntl(fd, F_GETFL);
	if (flags < 0 ||
		fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK) < 0) {
		free(c);
		return error_system(err, errno, "cannot prepare a channel");
	}
	c->fd = fd;
	c->blocking = blocking;
	*out = c;
	return 0;
}

void channel_free(struct channel *c)
{
	if (!c)
		return;
	close(c->fd);
	buf_finish(&c->in);
	buf_finish(&c->out);
	free(c);
}

int channel_fd(const struct channel *c)
{
	return c->fd;
}

void channel_work_ahead(struct channel *c)
{
	assert(c->blocking);
	c->works_ahead = true;
}

size_t channel_queued(const struct channel *c)
{
	return c->out.len - c->written;
}

bool channel_holds(const struct channel *c)
{
	return c->in.len > c->taken;
}

static int flush(struct channel *c, int flags, struct error *err)
{
	while (c->written < c->out.len) {
		ssize_t n = send(c->fd, c->out.ptr + c->written, c->out.len - c->written,
			MSG_NOSIGNAL | flags);
		if (n >= 0) {
			c->written += (size_t)n;
			continue;
		}
		if (errno == EINTR)
			continue;
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			return 0;
		return error_set(err, ERROR_TEMPORARY, GONE);
	}
	/* a buffer that one large frame has blown up is given back */
	if (c->out.cap > LIMIT_IMAP_PIECE)
		buf_finish(&c->out);
	buf_clear(&c->out);
	c->written = 0;
	return 0;
}

int channel_flush(struct channel *c, struct error *err)
{
	return flush(c, 0, err);
}

int channel_send(
	struct channel *c, const char *verb, struct str head, struct str payload, struct error *err)
{
	if (head.len + payload.len > LIMIT_FRAME)
		return error_set(err, ERROR_LIMIT, "a frame of %zu bytes, at most %zu are sent",
			head.len + payload.len, LIMIT_FRAME);
	buf_add_format(&c->out, "%s %zu %zu\n", verb, head.len, payload.len);
	buf_add_str(&c->out, head);
	buf_add_str(&c->out, payload);
	if (c->out.failed)
		return error_memory(err);
	return flush(c, c->works_ahead ? MSG_DONTWAIT : 0, err);
}

int channel_say(struct channel *c, const char *verb, struct buf *head, struct str payload,
	struct error *err)
{
	int result = head->failed ? error_memory(err)
				  : channel_send(c, verb, buf_str(head), payload, err);
	buf_finish(head);
	return result;
}

static int bad_frame(struct error *err)
{
	return error_set(err, ERROR_INPUT, "a frame that does not keep to the form");
}

static bool verb_copy(struct str word, char out[CHANNEL_VERB_SIZE])
{
	if (!word.len || word.len >= CHANNEL_VERB_SIZE)
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (!((word.ptr[i] >= 'a' && word.ptr[i] <= 'z') || word.ptr[i] == '-'))
			return false;
	memcpy(out, word.ptr, word.len);
	out[word.len] = '\0';
	return true;
}

/* A whole frame from what was read: 1, 0 or -1. */
static int take_frame(struct channel *c, struct frame *out, struct error *err)
{
	struct str rest = str_slice(buf_str(&c->in), c->taken, c->in.len);
	const char *end = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;
	if (!end)
		return rest.len > FIRST_LINE_MAX ? bad_frame(err) : 0;
	size_t line_len = (size_t)(end - rest.ptr);
	struct str line = str_slice(rest, 0, line_len), verb, head, payload;
	uint64_t head_len, payload_len;
	if (!str_split(&line, ' ', &verb) || !str_split(&line, ' ', &head) ||
		!str_split(&line, ' ', &payload) || line.len || !verb_copy(verb, out->verb) ||
		!str_to_u64(head, LIMIT_FRAME, &head_len) ||
		!str_to_u64(payload, LIMIT_FRAME, &payload_len) ||
		head_len + payload_len > LIMIT_FRAME)
		return bad_frame(err);
	size_t body = line_len + 1;
	if (rest.len - body < head_len + payload_len)
		return 0;
	out->head = str_slice(rest, body, body + head_len);
	out->payload = str_slice(rest, body + head_len, body + head_len + payload_len);
	c->taken += body + head_len + payload_len;
	return 1;
}

/* What was handed out is forgotten, and a buffer given back as in channel_flush. */
static void drop_taken(struct channel *c)
{
	if (!c->taken)
		return;
	if (c->taken == c->in.len && c->in.cap > LIMIT_IMAP_PIECE) {
		buf_finish(&c->in);
	} else {
		memmove(c->in.ptr, c->in.ptr + c->taken, c->in.len - c->taken);
		c->in.len -= c->taken;
	}
	c->taken = 0;
}

/* 1 something came, 0 nothing now, -1. */
static int fill(struct channel *c, int flags, struct error *err)
{
	char *room = buf_reserve(&c->in, READ_SIZE);
	if (!room)
		return error_memory(err);
	for (;;) {
		ssize_t n = recv(c->fd, room, READ_SIZE, flags);
		if (n > 0) {
			c->in.len += (size_t)n;
			return 1;
		}
		if (n == 0)
			return error_set(err, ERROR_TEMPORARY, GONE);
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			return 0;
		if (errno == ECONNRESET)
			return error_set(err, ERROR_TEMPORARY, GONE);
		if (errno != EINTR)
			return error_system(err, errno, "cannot read from a channel");
	}
}

/* Takes what has come already, and lets the other end take what it will. */
static int fill_ahead(struct channel *c, struct error *err)
{
	int more = 1;
	if (flush(c, MSG_DONTWAIT, err) < 0)
		return -1;
	if (c->taken > c->in.len / 2)
		drop_taken(c);
	while (more > 0 && c->in.len - c->taken < READ_AHEAD)
		more = fill(c, MSG_DONTWAIT, err);
	return more;
}

int channel_next(struct channel *c, struct frame *out, struct error *err)
{
	if (c->works_ahead && fill_ahead(c, err) < 0)
		return -1;
	for (;;) {
		int result = take_frame(c, out, err);
		if (result)
			return result;
		drop_taken(c);
		if (c->works_ahead && channel_flush(c, err) < 0)
			return -1;
		result = fill(c, 0, err);
		if (result <= 0)
			return result;
	}
}
