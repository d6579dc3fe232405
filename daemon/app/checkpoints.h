/* When the log is committed to: once an hour at most, where something is new. */
#ifndef OVERSTEP_DAEMON_APP_CHECKPOINTS_H
#define OVERSTEP_DAEMON_APP_CHECKPOINTS_H

#include "base/clock.h"
#include "base/error.h"

struct store;

/* Zero-initialised: nothing is known of earlier ones. */
struct checkpoints {
	int64_t due_us; /* monotonic: when to look again */
	bool told;      /* that the key is in trouble: once is enough */
};

/* Makes a checkpoint when the newest one is an hour old, or the first is missing. ending: the
   program is about to end, and may not be here in an hour. A key in trouble is logged and tried
   again; fails when the archive does. */
int checkpoints_turn(struct checkpoints *c, struct store *s, const struct clock *clock, bool ending,
	struct error *err);

#endif
