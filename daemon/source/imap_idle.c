/* Waits for news with IDLE, on our own stream.
 *
 * mailimap_idle loses an EXISTS that comes before the + and whatever lies behind it in the buffer;
 * here every line is looked at, wherever it waits. Source: RFC 2177.
 */
#include "imap_session.h"

#include "base/clock.h"

#define RENEW_US (28 * MINUTE_US) /* servers may end a session after 30 minutes */

/* Is that line "* n EXISTS" with more messages than we know of? EXPUNGE lowers what we know. */
static bool is_news(struct imap_session *s, struct str line)
{
	struct str star, number, word;
	uint64_t count;
	if (!str_split(&line, ' ', &star) || !str_eq(star, STR("*")) ||
		!str_split(&line, ' ', &number) || !str_to_u64(number, UINT32_MAX, &count) ||
		!str_split(&line, ' ', &word))
		return false;
	if (str_eq_nocase(word, STR("EXPUNGE")) && s->exists > 0)
		s->exists--;
	if (!str_eq_nocase(word, STR("EXISTS")))
		return false;
	bool more = count > s->exists;
	s->exists = (uint32_t)count;
	return more;
}

/* The tagged answer to IDLE: 1, else 0; -1 when it is not OK. */
static int is_end(struct imap_session *s, struct str line, struct error *err)
{
	char tag_text[16];
	struct str word;
	if (!str_split(&line, ' ', &word) || !str_eq(word, session_tag(s, tag_text)))
		return 0;
	if (str_split(&line, ' ', &word) && str_eq_nocase(word, STR("OK")))
		return 1;
	return error_set(err, ERROR_TEMPORARY, "IDLE refused by '%.*s'", STR_ARG(s->plan->host));
}

/* Sends DONE and reads to the end of IDLE; news on the way count. */
static int finish(struct imap_session *s, bool news, struct error *err)
{
	struct str line;
	int ended = 0;
	/* the deadline of IDLE is over: this is a command like any other, with the same tag */
	stream_command(s->stream, (uint32_t)s->imap->imap_tag, 0, 0);
	if (stream_write(s->stream, STR("DONE\r\n")) < 0)
		return session_error(s, MAILIMAP_ERROR_STREAM, err, "cannot end IDLE");
	while (ended == 0) {
		if (session_hear(s, &line, err) < 0)
			return -1;
		news = is_news(s, line) || news;
		ended = is_end(s, line, err);
	}
	return ended < 0 ? -1 : news;
}

/* One IDLE of at most RENEW_US. */
static int idle_once(struct imap_session *s, int64_t deadline_us, struct error *err)
{
	struct str line;
	bool news = false, begun = false;
	if (session_say(s, "IDLE", err) < 0)
		return -1;
	while (!begun) {
		if (session_hear(s, &line, err) < 0)
			return -1;
		news = is_news(s, line) || news;
		begun = str_starts(line, STR("+"));
		int ended = is_end(s, line, err);
		if (ended != 0)
			return ended < 0 ? -1 : news;
	}
	while (!news) {
		int ready = stream_wait_line(s->stream, deadline_us);
		if (ready == 0)
			break;
		if (ready < 0 || session_hear(s, &line, err) < 0)
			return session_error(s, MAILIMAP_ERROR_STREAM, err, "IDLE");
		news = is_news(s, line);
		int ended = is_end(s, line, err); /* the server ended it by itself */
		if (ended != 0)
			return ended < 0 ? -1 : 1;
	}
	return finish(s, news, err);
}

int session_idle(struct imap_session *s, int64_t deadline_us, struct error *err)
{
	for (;;) {
		int64_t renew_us = clock_monotonic_us() + RENEW_US;
		bool last = deadline_us <= renew_us;
		int news = idle_once(s, last ? deadline_us : renew_us, err);
		if (news != 0 || last)
			return news;
	}
}
