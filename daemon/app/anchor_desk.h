/* The desk for anchors: a process that asks one witness of a checkpoint. */
#ifndef OVERSTEP_DAEMON_APP_ANCHOR_DESK_H
#define OVERSTEP_DAEMON_APP_ANCHOR_DESK_H

#include "base/str.h"
#include <stddef.h>

struct channel;
struct config;

/* What it is started for. */
struct anchor_orders {
	const struct config *config;
	struct str checkpoint; /* the four lines */
	size_t witness;        /* below anchor_witnesses */
};

/* How many there are: each address, the command, and all authorities as one. Each is asked by a
   process of its own, for what one needs is no other's: a secret, to run a program, none of both.
 */
size_t anchor_witnesses(const struct config *config);

/* What it says, one frame each (head; payload):
	 stamp   {kind,source,at_s?,signer?,vouched}; the proof
	 failed  {source,text}
	 done    {}
   Runs in the child (process.h); context is a struct anchor_orders. */
int anchor_desk_main(struct channel *to_keeper, int stop_fd, const void *context);

#endif
