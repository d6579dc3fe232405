/* A chat's export in a watched path on its way into the archive, beside everything else that the
   keeper does. */
#ifndef OVERSTEP_DAEMON_APP_EXPORT_INTAKE_H
#define OVERSTEP_DAEMON_APP_EXPORT_INTAKE_H

#include "base/error.h"
#include "base/str.h"

struct account_link;
struct export_intake;
struct keeper;
struct pollfd;

/* The fetcher has told of the export at that path: a process of its own reads it. Fails: for our
   own reasons alone (archive, memory). */
int export_intake_begin(
	struct keeper *k, struct account_link *link, struct str path, struct error *err);
/* None is fine. */
size_t export_intake_poll(const struct export_intake *e, struct pollfd *fds, size_t room);
/* Goes on with the link's, if there is one; at its end the fetcher is answered. Fails: as begin. */
int export_intake_turn(struct account_link *link, struct error *err);
/* Breaks it off; what is stored stays. */
void export_intake_end(struct account_link *link);

#endif
