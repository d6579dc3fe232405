/* The keeper's side of the desk for signatures: which mail is looked at next, and what becomes of
   the answer. Nothing ever waits for it. */
#ifndef OVERSTEP_DAEMON_APP_DKIM_WATCH_H
#define OVERSTEP_DAEMON_APP_DKIM_WATCH_H

#include "base/error.h"
#include "base/limits.h"
#include "process.h"
#include <stdbool.h>
#include <stdint.h>

struct keeper;
struct pollfd;

/* A mail that is to be looked at again: DNS did not answer, or the desk died over it. */
struct dkim_waiting {
	uint64_t seq;
	unsigned tries, deaths;
	int64_t stored_at_us;
	int64_t due_us; /* monotonic */
};

/* Zero-initialised: nothing is known. What waits is not kept anywhere: the next run finds in the
   index what has no result yet. */
struct dkim_watch {
	struct process process;
	struct dkim_waiting asked; /* the one that is looked at; seq 0: none */
	bool begun;
	uint64_t done;  /* what came in this run was looked at up to this record */
	bool some_left; /* from before, or because no more could wait */
	uint64_t left;  /* that was looked at up to this record */
	struct dkim_waiting waiting[LIMIT_DKIM_WAITING];
	size_t waiting_count;
};

size_t dkim_watch_poll(const struct dkim_watch *w, struct pollfd *out, size_t room);
/* Takes an answer, asks for the next. Fails as store_append. */
int dkim_watch_turn(struct keeper *k, struct error *err);
/* The same until nothing is left but what waits, or DNS is away: for a run that is about to end. */
int dkim_watch_drain(struct keeper *k, struct error *err);
void dkim_watch_end(struct dkim_watch *w);

#endif
