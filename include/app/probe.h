/* Looking at an account as its fetcher would, without fetching: for `doctor`. */
#ifndef OVERSTEP_APP_PROBE_H
#define OVERSTEP_APP_PROBE_H

#include "base/error.h"
#include "base/str.h"

struct account;
struct probe;
struct rulebook;

/* What is told of a mailbox. Strings are borrowed until the next call. */
enum probe_event {
	PROBE_WATCHED,   /* a folder that is asked for: folder, messages */
	PROBE_MISSING,   /* one that the server does not have: folder */
	PROBE_UNWATCHED, /* mail of a client's in a folder that is not: folder, client, from, to */
	PROBE_PASSED_OVER, /* so many folders were not looked into: messages */
};
struct probe_item {
	enum probe_event event;
	struct str folder;
	struct str client;
	uint32_t messages;
	uint32_t from, to;
};

/* Starts a process that reads the secret, connects, logs in and looks. The rulebook is borrowed.
   Several may run at a time. Fails: ERROR_SYSTEM, ERROR_MEMORY. */
int probe_start(const struct rulebook *book, const struct account *account, struct probe **out,
	struct error *err);
/* Waits: 1 and *out, 0 all is told, -1 with the account's trouble as its fetcher would have it. */
int probe_next(struct probe *p, struct probe_item *out, struct error *err);
/* Ends the process. */
void probe_end(struct probe *p);

#endif
