/* The keeper: the service's parent process, which alone holds archive and index. */
#ifndef OVERSTEP_APP_KEEPER_H
#define OVERSTEP_APP_KEEPER_H

#include "app/guest.h"
#include "base/clock.h"
#include "base/error.h"

struct rulebook;

struct keeper_plan {
	struct rulebook **book; /* with a configuration; a reload puts another one there */
	const struct clock *clock;
	bool once;     /* one attempt for each account, then the end */
	bool progress; /* tell on stderr what is being fetched */
	bool boxed;    /* this process is there for nothing else, and closes itself in */
	struct guest_plan guests;
};

/* Runs until SIGTERM or SIGINT, or with `once` until everything there is is stored. Its value is
   the exit code of contract.md: 0, or the gravest of the accounts' codes with `once`. Fails (-1):
   the archive cannot be opened, or another keeper runs on it (ERROR_TEMPORARY). */
int keeper_run(const struct keeper_plan *plan, struct error *err);

#endif
