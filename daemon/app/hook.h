/* The command of on_finding: run for each new finding, in a process of its own. */
#ifndef OVERSTEP_DAEMON_APP_HOOK_H
#define OVERSTEP_DAEMON_APP_HOOK_H

#include "model/client.h"
#include "process.h"

struct batch;
struct sequence_finding;
struct spawner;

/* Zero-initialised but for the spawner: nothing runs. */
struct hook {
	const struct spawner *spawner; /* whose configuration names the command */
	struct process process;        /* who runs the commands one by one; pid 0: nobody yet */
	char *command;                 /* the words that it runs, to see when they change */
	size_t pending;                /* findings handed over and not done */
	bool failure_told;             /* until it works again */
	bool loss_told;
};

/* Hands the findings of a stored batch over: a line of JSON each,
   {"schema":1,"client","rule","sign", "severity","evidence","period"}. Only a client's own words,
   live rules, and mail of the last three days: the first look at a mailbox is no news. Waits for
   nothing; what fails is logged. command: empty is none. */
void hook_tell(
	struct hook *h, const struct strs *command, const struct batch *batch, int64_t now_us);
/* The same for what a sequence found, whose period is null. */
void hook_tell_sequence(struct hook *h, const struct strs *command, struct str client, uint64_t seq,
	const struct sequence_finding *found, int64_t now_us);
/* Hears how the runs went. */
void hook_turn(struct hook *h);
/* Ends the process. wait: lets it finish what it has, for half a minute at most. */
void hook_finish(struct hook *h, bool wait);

#endif
