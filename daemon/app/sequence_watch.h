/* When the keeper looks for sequences: after new mail and marks, and when a deadline has passed. */
#ifndef OVERSTEP_DAEMON_APP_SEQUENCE_WATCH_H
#define OVERSTEP_DAEMON_APP_SEQUENCE_WATCH_H

#include "base/error.h"
#include <stdbool.h>
#include <stdint.h>

struct keeper;
struct rulebook;

/* Zero-initialised: nothing was looked at yet. */
struct sequence_watch {
	const struct rulebook *book; /* whose sequences were looked for */
	uint64_t seen;               /* the last record that was looked at */
	int64_t dirty_since_us;      /* monotonic: of what waits to be looked at; 0 nothing */
	bool has_due;
	int64_t due_us; /* the next deadline */
};

/* One turn. end: what waits for more mail to come is looked at, too. Fails as store_append. */
int sequence_watch_turn(struct keeper *k, bool end, struct error *err);

#endif
