/* Asking the service for what its archive holds, by those who may not open it: both ends. */
#ifndef OVERSTEP_APP_GUEST_H
#define OVERSTEP_APP_GUEST_H

#include "base/error.h"
#include "base/str.h"
#include <stdio.h>

/* The folder that systemd makes for the system unit, which members of its group may enter. */
#define GUEST_FOLDER "/run/overstep"

/* The service's end. All borrowed. */
struct guest_plan {
	const char *folder; /* where the socket is made; NULL: nobody is a guest */
	const char *tool;   /* the program that is run for them */
	/* May a guest have these words run? Fails with what was expected instead. */
	int (*check)(const char *const *words, size_t count, struct error *err);
};

/* The guest's end: has the service in `folder` run the tool with these words on that archive, and
   copies what it says to out and to standard error. The tool's exit code, or -1: ERROR_USAGE (it
   may not be run for a guest), ERROR_TEMPORARY (no service, it is busy, it took too long),
   ERROR_SYSTEM (not a member of the group). */
struct guest_request {
	const char *folder;
	const char *archive;
	const char *const *words;
	size_t word_count;
};
int guest_ask(const struct guest_request *request, FILE *out, struct error *err);

#endif
