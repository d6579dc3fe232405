/* The spawner's own end: what it hears and says. */
#ifndef OVERSTEP_DAEMON_APP_SPAWN_SERVE_H
#define OVERSTEP_DAEMON_APP_SPAWN_SERVE_H

#include "spawner.h"

/* An order: this, its text behind it, and the child's two descriptors with it. */
struct spawn_head {
	uint32_t kind; /* enum spawn_kind; or one of these, which have no descriptors */
	uint32_t number;
};
#define SPAWN_READ SPAWN_KINDS       /* begins to read, and answers nothing */
#define SPAWN_TAKE (SPAWN_KINDS + 1) /* text: the sum of what is to be in force */

struct spawn_answer {
	int32_t number; /* the child's, or 1 more than enum spawner_taken; below 1: none */
	int32_t error;  /* then: an errno */
};

/* Serves the keeper, its parent, on fd until that is gone. *s is the copy of what the keeper has.
 */
_Noreturn void spawn_serve(struct spawner *s, pid_t keeper, int fd);

#endif
