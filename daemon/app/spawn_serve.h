/* The spawner's own end: what it hears and says. */
#ifndef OVERSTEP_DAEMON_APP_SPAWN_SERVE_H
#define OVERSTEP_DAEMON_APP_SPAWN_SERVE_H

#include "spawner.h"

/* An order: this, its text behind it, and the child's two descriptors with it. */
struct spawn_head {
	uint32_t kind; /* enum spawn_kind, or SPAWN_RELOAD, which has no descriptors */
	uint32_t number;
};
#define SPAWN_RELOAD SPAWN_KINDS

struct spawn_answer {
	int32_t number; /* the child's, or 1 more than enum spawner_reload; below 1: none */
	int32_t error;  /* then: an errno */
};

/* Serves the keeper, its parent, on fd until that is gone. *s is the copy of what the keeper has.
 */
_Noreturn void spawn_serve(struct spawner *s, pid_t keeper, int fd);

#endif
