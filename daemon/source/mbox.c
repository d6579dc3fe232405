/* Mails out of an mbox file, by their From_ lines or, where each states it, by their length. */
#include "mbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Enough to tell a From_ line and the header behind it. */
#define AHEAD 4096
_Static_assert(MBOX_WINDOW_LEAST >= 2 * AHEAD, "a window moves on by AHEAD at least");

#define NO_LENGTH UINT64_MAX

struct mbox {
	int fd;
	char *window;
	size_t room;
	uint64_t base;     /* in the file, of window[0] */
	size_t len, at;    /* of the window: filled, and given out */
	bool at_end;       /* nothing of the file lies behind the window */
	bool in_mail;      /* its octets come */
	bool in_header;    /* and are its header */
	bool line_start;   /* a line begins at `at` */
	bool blank_before; /* behind an empty line */
	uint64_t start;    /* of the mail */
	uint64_t length;   /* that its header states for its body; or NO_LENGTH */
	uint64_t body;     /* octets of a body whose length holds, still to come; or NO_LENGTH */
	uint64_t mails;    /* so far */
	bool states;       /* the file's mails state their lengths */
};

int mbox_open(int fd, uint64_t start, size_t window, struct mbox **out, struct error *err)
{
	struct mbox *m = calloc(1, sizeof(*m));
	if (m)
		m->window = malloc(window);
	if (!m || !m->window) {
		free(m);
		return error_memory(err);
	}
	m->fd = fd;
	m->room = window;
	m->base = start;
	m->line_start = true;
	m->blank_before = true;
	m->body = m->length = NO_LENGTH;
	*out = m;
	return 0;
}

void mbox_close(struct mbox *m)
{
	if (m)
		free(m->window);
	free(m);
}

static ssize_t read_at(int fd, char *out, size_t len, uint64_t at)
{
	ssize_t got;
	do
		got = pread(fd, out, len, (off_t)at);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Moves what is not given out to the window's start and fills it up. */
static int fill(struct mbox *m, struct error *err)
{
	memmove(m->window, m->window + m->at, m->len - m->at);
	m->base += m->at;
	m->len -= m->at;
	m->at = 0;
	while (!m->at_end && m->len < m->room) {
		ssize_t got =
			read_at(m->fd, m->window + m->len, m->room - m->len, m->base + m->len);
		if (got < 0)
			return error_system(err, errno, "cannot read");
		m->at_end = got == 0;
		m->len += (size_t)got;
	}
	return 0;
}

static struct str from(const struct mbox *m, size_t at)
{
	return (struct str){m->window + at, m->len - at};
}

/* An empty line there: its octets, else 0. */
static size_t blank_at(struct str text)
{
	if (str_starts(text, STR("\n")))
		return 1;
	return str_starts(text, STR("\r\n")) ? 2 : 0;
}

static size_t line_length(struct str text)
{
	const char *lf = memchr(text.ptr, '\n', text.len);
	return lf ? (size_t)(lf - text.ptr) + 1 : text.len;
}

static bool is_quoted(struct str line)
{
	size_t quotes = 0;
	while (quotes < line.len && line.ptr[quotes] == '>')
		quotes++;
	return quotes && str_starts(str_slice(line, quotes, line.len), STR("From "));
}

static void note_field(struct mbox *m, struct str line)
{
	static const struct str name = {"Content-Length:", 15};
	uint64_t length;
	if (m->length == NO_LENGTH && str_starts_nocase(line, name) &&
		str_to_u64(str_trim(str_slice(line, name.len, line.len)), INT64_MAX / 2, &length))
		m->length = length;
}

/* Would the mail of that body end where another begins, or the file? *states: the one there states
   its length, too, or there is none. */
static int length_fits(const struct mbox *m, uint64_t end, bool *states, struct error *err)
{
	char ahead[2 * AHEAD];
	ssize_t got = read_at(m->fd, ahead, sizeof(ahead), end);
	if (got < 0)
		return error_system(err, errno, "cannot read");
	struct str text = {ahead, (size_t)got};
	size_t at, skipped = blank_at(text);
	text = str_slice(text, skipped, text.len);
	/* a body that ends behind the file's end was cut off, and its length is of no use */
	*states = !text.len || str_find_nocase(text, STR("\nContent-Length:"), &at);
	char last = '\n';
	if (!text.len && !skipped && end && read_at(m->fd, &last, 1, end - 1) != 1)
		return 0;
	return !text.len || mbox_separates(text, true);
}

/* The header is over, and the body begins there. */
static int begin_body(struct mbox *m, uint64_t at, struct error *err)
{
	m->in_header = false;
	if (m->length == NO_LENGTH || (m->mails && !m->states))
		return 0;
	bool states;
	int fits = length_fits(m, at + m->length, &states, err);
	if (fits < 0)
		return -1;
	if (!m->mails)
		m->states = fits && states;
	if (fits && m->states)
		m->body = m->length;
	return 0;
}

static void begin_mail(struct mbox *m)
{
	if (str_starts(from(m, m->at), STR("From ")) &&
		mbox_separates(from(m, m->at), m->blank_before))
		m->at += line_length(from(m, m->at));
	m->start = m->base + m->at;
	m->in_mail = m->in_header = m->line_start = true;
	m->blank_before = false;
	m->body = m->length = NO_LENGTH;
}

/* The octets up to there, which the mail has as they stand; false: there are none. */
static bool give(struct mbox *m, size_t until, struct mbox_event *out)
{
	struct str octets = str_slice(from(m, m->at), 0, until - m->at);
	*out = (struct mbox_event){.kind = MBOX_OCTETS, .found = octets, .own = octets};
	m->at = until;
	return octets.len > 0;
}

/* Behind it, `skipped` octets on, the next one begins. */
static bool end_mail(struct mbox *m, size_t skipped, struct mbox_event *out)
{
	bool is_empty = m->base + m->at == m->start;
	m->at += skipped;
	*out = (struct mbox_event){
		.kind = MBOX_MAIL,
		.start = m->start,
		.end = m->base + m->at,
		.format = m->body == NO_LENGTH ? "mboxrd" : "mboxcl2",
	};
	m->in_mail = false;
	m->line_start = m->blank_before = true;
	m->body = NO_LENGTH;
	m->mails += !is_empty;
	return !is_empty;
}

/* What a line is to the mail: of its run, or the end of it. */
enum step { STEP_ON, STEP_GIVE, STEP_QUOTE, STEP_END };

/* Looks at the line at *to; moves *to behind it when it goes on. *skipped: of STEP_END. */
static int step(struct mbox *m, size_t *to, enum step *out, size_t *skipped, struct error *err)
{
	struct str text = from(m, *to);
	size_t blank = blank_at(text);
	*out = STEP_ON;
	*skipped = 0;
	if (blank) {
		struct str behind = str_slice(text, blank, text.len);
		bool last = m->at_end && !behind.len;
		bool ends = last || mbox_separates(behind, true);
		/* the empty line of a header that nothing follows is the mail's own */
		if (ends && (!m->in_header || m->base + *to == m->start)) {
			*out = STEP_END;
			*skipped = blank;
			return 0;
		}
		*to += blank;
		m->blank_before = true;
		int result = m->in_header ? begin_body(m, m->base + *to, err) : 0;
		*out = m->body == NO_LENGTH ? STEP_ON : STEP_GIVE;
		return result;
	}
	if (mbox_separates(text, m->blank_before)) {
		*out = STEP_END;
		return 0;
	}
	size_t len = line_length(text);
	struct str line = str_slice(text, 0, len);
	if (!m->in_header && is_quoted(line)) {
		*out = STEP_QUOTE;
		return 0;
	}
	if (m->in_header)
		note_field(m, line);
	*to += len;
	m->blank_before = false;
	m->line_start = line.ptr[len - 1] == '\n';
	return 0;
}

/* A body of stated length, straight through. true: there is something to say. */
static bool next_of_body(struct mbox *m, struct mbox_event *out)
{
	size_t there = m->len - m->at;
	if (m->body) {
		size_t len = m->body < there ? (size_t)m->body : there;
		m->body -= len;
		return give(m, m->at + len, out);
	}
	return end_mail(m, blank_at(from(m, m->at)), out);
}

/* As many lines as go on, then what is to be said: 1, 0 the window is too short for more, -1. */
static int next_of_lines(struct mbox *m, struct mbox_event *out, struct error *err)
{
	size_t to = m->at, skipped = 0;
	enum step what = STEP_ON;
	while (what == STEP_ON && to < m->len && (m->at_end || m->len - to >= AHEAD)) {
		if (!m->line_start) {
			size_t len = line_length(from(m, to));
			to += len;
			m->line_start = m->window[to - 1] == '\n';
		} else if (step(m, &to, &what, &skipped, err) < 0) {
			return -1;
		}
	}
	if (give(m, to, out))
		return 1;
	if (what == STEP_QUOTE) {
		give(m, m->at + 1, out);
		out->own.len = 0;
		m->line_start = false;
		m->blank_before = false;
		return 1;
	}
	return what == STEP_END && end_mail(m, skipped, out);
}

int mbox_next(struct mbox *m, struct mbox_event *out, struct error *err)
{
	for (;;) {
		if (!m->at_end && m->len - m->at < 2 * AHEAD && fill(m, err) < 0)
			return -1;
		bool over = m->at_end && m->at == m->len;
		if (over && !m->in_mail)
			return 0;
		if (!m->in_mail) {
			begin_mail(m);
			continue;
		}
		if (over || (m->body != NO_LENGTH)) {
			if (over ? end_mail(m, 0, out) : next_of_body(m, out))
				return 1;
			continue;
		}
		int result = next_of_lines(m, out, err);
		if (result)
			return result;
	}
}
