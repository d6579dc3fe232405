/* What the service manager is told of the keeper: that it is ready, how it goes, that it lives. */
#include "health.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/number_words.h"
#include "keeper_state.h"
#include <string.h>

/* Every change of STATUS goes to whoever watches the unit. */
#define STATUS_EVERY_US SECOND_US
/* The longest honest wait at a queue's front: a reader may take all its time over each of the 16
   messages that it holds, and die over each once. */
#define STALL_US (16 * 2 * LIMIT_READER_SECONDS * SECOND_US + 4 * MINUTE_US)
/* Until the next step of long work. */
#define EXTEND_US (2 * MINUTE_US)

void health_open(struct health *h, char *(*environment)(const char *))
{
	notify_open(&h->notify, environment);
	h->passed_us = clock_monotonic_us();
}

void health_close(struct health *h)
{
	notify_close(&h->notify);
	buf_finish(&h->words);
}

bool health_advances(struct health *h, const struct keeper *k, int64_t monotonic_us)
{
	size_t queued = 0;
	for (size_t i = 0; i < k->crew.link_count; i++)
		queued += k->crew.links[i].queue.count;
	if (!queued || k->passed != h->passed) {
		h->passed = k->passed;
		h->passed_us = monotonic_us;
	}
	return monotonic_us - h->passed_us < STALL_US;
}

/* Twice in its time, as sd_watchdog_enabled(3) advises. */
static void feed(struct health *h, int64_t monotonic_us)
{
	if (!h->notify.watchdog_us || monotonic_us - h->fed_us < h->notify.watchdog_us / 2)
		return;
	if (notify_send(&h->notify, "WATCHDOG=1"))
		h->fed_us = monotonic_us;
}

/* Sends words when they are new, with `more` before them. */
static void tell(struct health *h, const char *more, struct buf *words, int64_t monotonic_us)
{
	struct buf message = {0};
	buf_add_format(&message, "%sSTATUS=%s", more, buf_cstr(words));
	if (!message.failed && !words->failed && notify_send(&h->notify, buf_cstr(&message))) {
		struct buf before = h->words;
		h->words = *words;
		*words = before;
		h->told_us = monotonic_us;
		h->ready = true;
	}
	buf_finish(&message);
}

void health_turn(struct health *h, const struct keeper *k)
{
	if (h->notify.fd < 0)
		return;
	int64_t now = clock_monotonic_us();
	if (health_advances(h, k, now))
		feed(h, now);
	if (h->ready && now - h->told_us < STATUS_EVERY_US)
		return;
	struct buf words = {0};
	status_words(k, clock_now_us(k->plan->clock), now, &words);
	if (!h->ready || !str_eq(buf_str(&words), buf_str(&h->words)))
		tell(h, h->ready ? "" : "READY=1\n", &words, now);
	buf_finish(&words);
}

void health_busy(struct health *h, const char *what, uint64_t done, uint64_t all)
{
	char done_words[NUMBER_WORDS_SIZE], all_words[NUMBER_WORDS_SIZE];
	struct buf message = {0};
	buf_add_format(&message, "EXTEND_TIMEOUT_USEC=%lld\nSTATUS=%s %s of %s",
		(long long)EXTEND_US, what, number_words(done, done_words),
		number_words(all, all_words));
	if (h->notify.watchdog_us)
		buf_add_cstr(&message, "\nWATCHDOG=1");
	notify_send(&h->notify, buf_cstr(&message));
	buf_finish(&message);
	/* so that the next turn tells how it is then */
	buf_clear(&h->words);
}

void health_stopping(struct health *h)
{
	notify_send(&h->notify, "STOPPING=1\nSTATUS=ending");
}
