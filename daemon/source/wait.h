/* Waiting for a descriptor that ends at a deadline or when somebody says stop. */
#ifndef OVERSTEP_SOURCE_WAIT_H
#define OVERSTEP_SOURCE_WAIT_H

#include "base/error.h"
#include <stdint.h>

/* Until when, and what interrupts: the two travel together through connect, TLS and commands. */
struct patience {
	int64_t deadline_us; /* clock_monotonic_us */
	int wake_fd;         /* readable: stop; -1: none */
};

enum wait_result { WAIT_READY, WAIT_DEADLINE, WAIT_STOPPED, WAIT_FAILED };

/* fd -1 waits for the deadline alone. events: POLLIN, POLLOUT. */
enum wait_result wait_for(int fd, short events, const struct patience *p);

/* Only the deadline is waited for: 0, or -1 as wait_error. */
int wait_for_clock(const struct patience *p, struct error *err);

/* The error that belongs to a result other than WAIT_READY; `doing` as in "waiting for an answer".
   Returns -1. */
int wait_error(struct error *err, enum wait_result result, const char *doing);

#endif
