/* Do configuration and rules on disk still say what is in force? A hint, never a reason to load. */
#ifndef OVERSTEP_DAEMON_APP_DISK_WATCH_H
#define OVERSTEP_DAEMON_APP_DISK_WATCH_H

#include "process.h"
#include <stdint.h>

struct pollfd;
struct rulebook;
struct spawner;

struct watched;

struct disk_watch {
	int fd; /* inotify; -1: nothing is watched */
	struct watched *items;
	size_t count;
	int64_t first_us, last_us; /* monotonic: changes not looked at yet; 0: none */
	int64_t looked_us;         /* when the last look began */
	struct process look;       /* who looks; pid 0: nobody */
	bool differs;              /* a reload would change something, or be refused */
	size_t errors;             /* then: mistakes that it would be refused for */
};

/* Nothing is watched yet. */
void disk_watch_init(struct disk_watch *w);
/* Watches the files of a rulebook that has just come into force, instead of those before. What
   cannot be watched is not: `status` asked by a person looks for itself. */
void disk_watch_begin(struct disk_watch *w, const struct rulebook *book);
void disk_watch_end(struct disk_watch *w);
size_t disk_watch_poll(const struct disk_watch *w, struct pollfd *out, size_t room);
/* A process of its own looks, a moment after the last change and not too often. True when `differs`
   or `errors` is new. */
bool disk_watch_turn(
	struct disk_watch *w, const struct rulebook *book, const struct spawner *spawner);
/* Runs in that process (process.h); context is the configuration's path. */
int disk_look_main(struct channel *to_keeper, int stop_fd, const void *context);

#endif
