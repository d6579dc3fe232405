/* Lines of a chat that come together are one moment, where moments are counted and not words. */
#ifndef OVERSTEP_MODEL_BURST_H
#define OVERSTEP_MODEL_BURST_H

#include "base/clock.h"

/* Who writes in a chat sends each thought by itself; five minutes on, it is another time. */
#define BURST_US (5 * MINUTE_US)

/* Zero is none yet. */
struct burst {
	bool any;
	int64_t first_at_us;
	int64_t day;
};

/* Given lines in order of time: does this one begin a burst? It does when the last one began
   BURST_US ago, and on a new day. */
bool burst_begins(struct burst *b, int64_t at_us, int64_t day);

#endif
