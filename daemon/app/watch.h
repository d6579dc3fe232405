/* Whether one account is watched: looks at it folded into stretches that are worth a record. */
#ifndef OVERSTEP_DAEMON_APP_WATCH_H
#define OVERSTEP_DAEMON_APP_WATCH_H

#include "base/str.h"
#include "model/gap.h"

struct clock;

/* A moment by three clocks; the last two are 0 when it was before this process. */
struct instant {
	int64_t at_us;     /* UTC, which can be set */
	int64_t passed_us; /* since the machine started, asleep or not */
	int64_t awake_us;  /* the same without its sleep */
};

struct instant instant_now(const struct clock *clock);

/* What is to be recorded: GAP_WATCHED or GAP_AWAY. */
struct watch_note {
	enum gap_kind kind;
	int64_t from_us, until_us;
	int64_t pause_us;
	char why[200];
};

#define WATCH_NOTES 4 /* as many as one look can give */

/* Zero-initialised: never looked at. */
struct watch {
	bool known;
	int64_t from_us;     /* where the stretch begins that is not recorded yet */
	struct instant seen; /* the end of the last good look */
	int64_t pause_us;    /* the longest between two looks of the stretch */
	bool failing;        /* since then */
	int64_t failed_at_us;
	char why[200]; /* the last failure's words */
};

/* A good look: what came before it began has been read. Times between two looks count as watched up
   to allowed_us. *count notes are written. */
void watch_look(struct watch *w, const struct instant *begun, const struct instant *ended,
	int64_t allowed_us, struct watch_note notes[WATCH_NOTES], size_t *count);
/* A look that failed; the account stays as it was seen last. */
void watch_failed(struct watch *w, int64_t at_us, struct str why);
/* The last word on it for now: the stretch that is not recorded yet, and the time since, when that
   is longer than allowed. */
void watch_close(struct watch *w, const struct instant *now, int64_t allowed_us,
	struct watch_note notes[WATCH_NOTES], size_t *count);

#endif
