/* Members of the service's group: over a socket of theirs each may have a reading command run. */
#ifndef OVERSTEP_DAEMON_APP_GUESTS_H
#define OVERSTEP_DAEMON_APP_GUESTS_H

#include "app/guest.h"

struct guests;
struct pollfd;
struct spawner;

/* A guest sends {"archive","words":[...]} as one line. What comes back is
   {"schema","error","code"}, or {"schema"} with two descriptors, the command's output and its
   errors, and at its end
   {"schema","code"}. Few at a time, each for a bounded time; one that hangs up ends its command.

   Listens in plan->folder (0660; who may enter the folder is its maker's to say). archive: the
   service's own. The spawner has the commands run. All is borrowed. Fails: ERROR_SYSTEM. */
int guests_open(const struct guest_plan *plan, const struct spawner *spawner, const char *archive,
	struct guests **out, struct error *err);
/* Ends the commands and removes the socket. NULL is fine, here and below. */
void guests_close(struct guests *g);
size_t guests_poll(const struct guests *g, struct pollfd *out, size_t room);
void guests_turn(struct guests *g);

#endif
