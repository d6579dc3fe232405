/* Waits for news with IDLE, on our own stream.
 *
 * mailimap_idle loses an EXISTS that comes before the + and whatever lies behind it in the buffer;
 * here every line is looked at, wherever it waits. Source: RFC 2177.
 */
#include "imap_session.h"

#include "base/clock.h"
#include "wait.h"

#define RENEW_US (28 * MINUTE_US) /* servers may end a session after 30 minutes */
#define SHORT_US MINUTE_US        /* one that ends IDLE sooner may always do so */

/* How one IDLE went; below 0: the connection is lost. */
enum idle_end { IDLE_OVER, IDLE_NEWS, IDLE_ENDED, IDLE_REFUSED };

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

/* The tagged answer to IDLE; *good: it is OK. */
static bool is_end(struct imap_session *s, struct str line, bool *good)
{
	char tag_text[16];
	struct str word;
	if (!str_split(&line, ' ', &word) || !str_eq(word, session_tag(s, tag_text)))
		return false;
	*good = str_split(&line, ' ', &word) && str_eq_nocase(word, STR("OK"));
	return true;
}

/* Sends DONE and reads to the end of IDLE; news on the way count. */
static int finish(struct imap_session *s, bool news, struct error *err)
{
	struct str line;
	bool ended = false, good;
	/* the deadline of IDLE is over: this is a command like any other, with the same tag */
	stream_command(s->stream, (uint32_t)s->imap->imap_tag, 0, 0);
	if (stream_write(s->stream, STR("DONE\r\n")) < 0)
		return session_error(s, MAILIMAP_ERROR_STREAM, err, "cannot end IDLE");
	while (!ended) {
		if (session_hear(s, &line, err) < 0)
			return -1;
		news = is_news(s, line) || news;
		ended = is_end(s, line, &good);
	}
	return news ? IDLE_NEWS : IDLE_OVER;
}

/* The server ended it by itself, or never began it. */
static int ended_by_server(bool news, bool good)
{
	return news ? IDLE_NEWS : good ? IDLE_ENDED : IDLE_REFUSED;
}

/* One IDLE of at most RENEW_US. */
static int idle_once(struct imap_session *s, int64_t deadline_us, struct error *err)
{
	struct str line;
	bool news = false, begun = false, good;
	if (session_say(s, "IDLE", err) < 0)
		return -1;
	while (!begun) {
		if (session_hear(s, &line, err) < 0)
			return -1;
		news = is_news(s, line) || news;
		begun = str_starts(line, STR("+"));
		if (is_end(s, line, &good))
			return ended_by_server(news, good);
	}
	while (!news) {
		int ready = stream_wait_line(s->stream, deadline_us);
		if (ready == 0)
			break;
		if (ready < 0 || session_hear(s, &line, err) < 0)
			return session_error(s, MAILIMAP_ERROR_STREAM, err, "IDLE");
		news = is_news(s, line);
		if (is_end(s, line, &good))
			return ended_by_server(news, good);
	}
	return finish(s, news, err);
}

/* There may be news behind the end that the server made: looked at, but not again and again. */
static int wait_behind(
	struct imap_session *s, int64_t begun_us, int64_t deadline_us, struct error *err)
{
	int64_t until_us = begun_us + SHORT_US;
	const struct patience p = {
		until_us < deadline_us ? until_us : deadline_us, s->plan->wake_fd};
	return wait_for_clock(&p, err) < 0 ? -1 : 1;
}

int session_idle(struct imap_session *s, int64_t deadline_us, struct error *err)
{
	for (;;) {
		int64_t begun_us = clock_monotonic_us(), renew_us = begun_us + RENEW_US;
		bool last = deadline_us <= renew_us;
		int end = idle_once(s, last ? deadline_us : renew_us, err);
		if (end == IDLE_REFUSED)
			return wait_for_clock(
				&(const struct patience){deadline_us, s->plan->wake_fd}, err);
		if (end == IDLE_ENDED)
			return wait_behind(s, begun_us, deadline_us, err);
		if (end != IDLE_OVER || last)
			return end;
	}
}
