/* Whether one account is watched: looks at it folded into stretches that are worth a record. */
#include "watch.h"

#include "base/clock.h"
#include <stdio.h>

#define HEARTBEAT_US (6 * HOUR_US)
/* A stretch of a few seconds, as of a service that is tried out, is not worth a record. */
#define STRETCH_LEAST_US MINUTE_US
/* The clock that is shown and the one that counts drift apart by less than this, unless the first
   was set. */
#define CLOCK_SET_US MINUTE_US

struct instant instant_now(const struct clock *clock)
{
	return (struct instant){
		.at_us = clock_now_us(clock),
		.passed_us = clock_boot_us(),
		.awake_us = clock_monotonic_us(),
	};
}

static struct watch_note *add_note(struct watch_note *notes, size_t *count, enum gap_kind kind,
	int64_t from_us, int64_t until_us)
{
	struct watch_note *note = &notes[(*count)++];
	*note = (struct watch_note){.kind = kind, .from_us = from_us, .until_us = until_us};
	return note;
}

/* The stretch ends where the account was seen last. */
static void note_stretch(struct watch *w, int64_t least_us, struct watch_note *notes, size_t *count)
{
	if (w->seen.at_us - w->from_us < least_us)
		return;
	add_note(notes, count, GAP_WATCHED, w->from_us, w->seen.at_us)->pause_us = w->pause_us;
	w->from_us = w->seen.at_us;
	w->pause_us = 0;
}

/* Time from the last good look; by the clock that counts where that is known, and never below 0. */
static int64_t passed_since(const struct watch *w, const struct instant *now)
{
	bool same_boot = w->seen.passed_us && now->passed_us;
	int64_t passed =
		same_boot ? now->passed_us - w->seen.passed_us : now->at_us - w->seen.at_us;
	return passed > 0 ? passed : 0;
}

/* The cause that most of the time was due to. */
static void explain(
	const struct watch *w, const struct instant *now, int64_t passed_us, char *out, size_t size)
{
	bool same_boot = w->seen.passed_us && now->passed_us;
	int64_t slept_us = same_boot ? passed_us - (now->awake_us - w->seen.awake_us) : 0;
	bool failed = w->failing && w->failed_at_us - w->seen.at_us < passed_us / 2;
	snprintf(out, size, "%s",
		slept_us > passed_us / 2 ? "the machine slept"
			: failed         ? w->why
			: !same_boot     ? "the service did not run"
			: w->failing     ? w->why
					 : "the service was held up");
}

static void move_on(struct watch *w, const struct instant *now, int64_t allowed_us,
	struct watch_note *notes, size_t *count)
{
	int64_t passed_us = passed_since(w, now);
	/* where the last look would stand on a clock that was set since */
	int64_t seen_us = now->at_us - passed_us;
	int64_t set_us = seen_us - w->seen.at_us;
	bool clock_set = set_us > CLOCK_SET_US || set_us < -CLOCK_SET_US;
	bool away = passed_us > allowed_us;
	if (clock_set || away)
		note_stretch(w, STRETCH_LEAST_US, notes, count);
	if (away) {
		int64_t from_us = clock_set ? seen_us : w->seen.at_us;
		struct watch_note *note = add_note(notes, count, GAP_AWAY, from_us, now->at_us);
		explain(w, now, passed_us, note->why, sizeof(note->why));
	}
	if (clock_set || away) {
		w->from_us = away ? now->at_us : seen_us;
		w->pause_us = 0;
	}
	w->seen = *now;
}

void watch_look(struct watch *w, const struct instant *begun, const struct instant *ended,
	int64_t allowed_us, struct watch_note notes[WATCH_NOTES], size_t *count)
{
	*count = 0;
	if (w->known) {
		int64_t pause_us = passed_since(w, begun);
		move_on(w, begun, allowed_us, notes, count);
		if (pause_us <= allowed_us && pause_us > w->pause_us)
			w->pause_us = pause_us;
	} else {
		w->known = true;
		w->from_us = begun->at_us;
		w->seen = *begun;
	}
	/* however long a look takes, it looks all the time */
	move_on(w, ended, INT64_MAX, notes, count);
	w->failing = false;
	note_stretch(w, HEARTBEAT_US, notes, count);
}

void watch_failed(struct watch *w, int64_t at_us, struct str why)
{
	if (!w->failing)
		w->failed_at_us = at_us;
	w->failing = true;
	snprintf(w->why, sizeof(w->why), "%.*s", STR_ARG(why));
}

void watch_close(struct watch *w, const struct instant *now, int64_t allowed_us,
	struct watch_note notes[WATCH_NOTES], size_t *count)
{
	*count = 0;
	if (!w->known)
		return;
	note_stretch(w, STRETCH_LEAST_US, notes, count);
	if (passed_since(w, now) > allowed_us)
		move_on(w, now, allowed_us, notes, count);
}
