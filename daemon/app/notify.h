/* The service manager's ear: sd_notify(3) without libsystemd. */
#ifndef OVERSTEP_DAEMON_APP_NOTIFY_H
#define OVERSTEP_DAEMON_APP_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

struct notify {
	int fd;              /* -1: nobody listens */
	int64_t watchdog_us; /* in which time it wants a sign of life; 0: it does not */
};

/* From $NOTIFY_SOCKET (a path, or "@" and an abstract name), $WATCHDOG_USEC and $WATCHDOG_PID;
   environment: a getenv. With anything else in them nobody listens. */
void notify_open(struct notify *n, char *(*environment)(const char *));
void notify_close(struct notify *n);
/* assignments: "READY=1\nSTATUS=..." without a LF at the end. Never waits. false: it was not taken,
   say it again later. */
bool notify_send(const struct notify *n, const char *assignments);

#endif
