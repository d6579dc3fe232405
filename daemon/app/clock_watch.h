/* What the clocks tell from turn to turn: that the machine slept, that its clock was set. */
#ifndef OVERSTEP_DAEMON_APP_CLOCK_WATCH_H
#define OVERSTEP_DAEMON_APP_CLOCK_WATCH_H

#include "watch.h"

struct keeper;

/* Zero-initialised: never looked at. */
struct clock_watch {
	bool known;
	struct instant seen; /* at the last look */
};

/* Since the look before; 0 when it is not worth a word. */
struct clock_news {
	int64_t slept_us;
	int64_t set_us; /* ahead; below 0: back */
};

struct clock_news clock_watch_look(struct clock_watch *w, const struct instant *now);

/* Tells of it; after a sleep every account is due, whatever it waited for. */
void clock_watch_turn(struct keeper *k);

#endif
