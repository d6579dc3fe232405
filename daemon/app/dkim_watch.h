/* The keeper's side of the desk for signatures: which mail is looked at next, and what becomes of
   the answer. Nothing ever waits for it. */
#ifndef OVERSTEP_DAEMON_APP_DKIM_WATCH_H
#define OVERSTEP_DAEMON_APP_DKIM_WATCH_H

#include "base/error.h"
#include "process.h"
#include <stdint.h>

struct keeper;
struct pollfd;

/* Zero-initialised: nothing is known. */
struct dkim_watch {
	struct process process;
	uint64_t done;          /* all up to this record have been looked at */
	uint64_t asked;         /* the one that is; 0 none */
	unsigned tries;         /* of the next one: DNS did not answer, or the desk died over it */
	uint64_t seen;          /* the last record of the index when nothing was left */
	int64_t pause_until_us; /* monotonic */
};

size_t dkim_watch_poll(const struct dkim_watch *w, struct pollfd *out, size_t room);
/* Takes an answer, asks for the next. Fails as store_append. */
int dkim_watch_turn(struct keeper *k, struct error *err);
/* The same until nothing is left, or no answer comes for some seconds: for a run that is about to
   end. */
int dkim_watch_drain(struct keeper *k, struct error *err);
void dkim_watch_end(struct dkim_watch *w);

#endif
