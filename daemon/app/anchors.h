/* When others are asked to witness the newest checkpoint, and what becomes of their answers. */
#ifndef OVERSTEP_DAEMON_APP_ANCHORS_H
#define OVERSTEP_DAEMON_APP_ANCHORS_H

#include "archive/checkpoint.h"
#include "base/error.h"
#include "process.h"
#include <stdbool.h>
#include <stdint.h>

struct json_writer;
struct keeper;
struct pollfd;

/* Zero-initialised: nothing is known. */
struct anchors {
	struct process process;
	struct stored_checkpoint asked; /* about which */
	size_t witness;                 /* whom: anchor_desk.h */
	unsigned stamps;                /* of this round */
	bool vouched;                   /* one of them by somebody who is believed */
	unsigned failures;              /* rounds in a row without a stamp */
	bool known;                     /* the newest anchor was looked for */
	uint64_t records;               /* under the newest anchored checkpoint; 0 none */
	int64_t at_us;                  /* when that was */
	int64_t due_us;                 /* monotonic: when to look again */
	char trouble[256];              /* the last; empty: none */
};

size_t anchors_poll(const struct anchors *a, struct pollfd *out, size_t room);
/* Takes what has come, begins a round that is due. Fails as store_append. */
int anchors_turn(struct keeper *k, struct error *err);
/* Waits for a round that is under way or due, half a minute an authority: for a run that is about
   to end. */
int anchors_drain(struct keeper *k, struct error *err);
void anchors_end(struct anchors *a);
/* "anchored": {"configured","records","at","trouble"} for status. */
void anchors_write(const struct keeper *k, struct json_writer *w);

#endif
