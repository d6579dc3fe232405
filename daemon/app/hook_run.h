/* The process that runs the command of on_finding, one finding after the other. */
#ifndef OVERSTEP_DAEMON_APP_HOOK_RUN_H
#define OVERSTEP_DAEMON_APP_HOOK_RUN_H

#include "base/clock.h"
#include "model/client.h"
#include "process.h"

struct hook_orders {
	const struct strs *command;
	int64_t limit_us; /* of one run */
};

/* Runs in the child; context is a struct hook_orders. Hears `finding` with the command's standard
   input as payload; says `done`, or `failed` with the reason in words. */
int hook_main(struct channel *to_keeper, int stop_fd, const void *context);

#endif
