/* What the service manager is told of the keeper: that it is ready, how it goes, that it lives. */
#ifndef OVERSTEP_DAEMON_APP_HEALTH_H
#define OVERSTEP_DAEMON_APP_HEALTH_H

#include "base/str.h"
#include "notify.h"

struct keeper;

struct health {
	struct notify notify;
	struct buf words; /* STATUS as it was told last */
	int64_t told_us;  /* monotonic, as all below: when that was */
	bool ready;       /* READY=1 was taken */
	int64_t fed_us;   /* when the watchdog was fed last */
	uint64_t passed;  /* how much had passed the queues when something last did */
	int64_t passed_us;
};

void health_open(struct health *h, char *(*environment)(const char *));
void health_close(struct health *h);

/* A turn of the keeper is complete: the first one means READY=1. The watchdog is fed when the turn
   left nothing lying. */
void health_turn(struct health *h, const struct keeper *k);
/* Work that takes longer than turns do, and the start, advances: "indexing 2,000 of 6,046". */
void health_busy(struct health *h, const char *what, uint64_t done, uint64_t all);
void health_stopping(struct health *h);

/* Does what came from the fetchers get into the archive, or is nothing there? An archive that
   cannot take anything counts as well: a restart would not mend it. */
bool health_advances(struct health *h, const struct keeper *k, int64_t monotonic_us);

/* status_words.c: "watching 2 accounts, last mail 09:04; studio: login refused, next try 09:40",
   in my zone, one line without an address in it. */
void status_words(const struct keeper *k, int64_t now_us, int64_t monotonic_us, struct buf *out);

#endif
