/* Who starts the keeper's other processes, so that the keeper has no need to be able to. */
#ifndef OVERSTEP_DAEMON_APP_SPAWNER_H
#define OVERSTEP_DAEMON_APP_SPAWNER_H

#include "base/error.h"
#include "model/client.h"
#include "process.h"

struct guest_plan;
struct rulebook;

/* All that can be started: there is no order for a program, a file or an address. */
enum spawn_kind {
	SPAWN_READER,
	SPAWN_FETCHER, /* number: of the account */
	SPAWN_CHAT,    /* number: of the account; text: the path of an export below its own */
	SPAWN_DKIM,
	SPAWN_ANCHOR, /* number: of the witness; text: the checkpoint */
	SPAWN_LOOK,
	SPAWN_HOOK,
	SPAWN_GUEST, /* text: what it wants run, a NUL behind each word */
	SPAWN_KINDS,
};

struct spawn_order {
	enum spawn_kind kind;
	uint32_t number;
	struct str text; /* at most LIMIT_GUEST_REQUEST */
};

/* Zero but for the book and fd -1: this process starts them itself, as one does that is no keeper.
 */
struct spawner {
	const struct rulebook *book;     /* what is started is named by it alone */
	const struct guest_plan *guests; /* NULL: there are none */
	int64_t hook_limit_us;           /* of one run; 0: ten seconds */
	struct strs watched;             /* of fetchers; spawner_open sees to it */
	pid_t pid;                       /* of the process apart */
	int fd;
};

/* From here on a process apart starts them, forked before anything from outside is read. It has its
   own copy of the rulebook, and reads the files itself when it is to have another: orders name what
   is in there by its kind and number. What it starts is this process's child all the same, and dies
   with it; so does it itself. book and guests are borrowed. Fails: ERROR_SYSTEM, ERROR_MEMORY. */
int spawner_open(struct spawner *s, struct error *err);
void spawner_close(struct spawner *s);
/* It was killed: nothing can be started any more. */
bool spawner_is_gone(const struct spawner *s);

/* As process_start. Fails: ERROR_SYSTEM; ERROR_TEMPORARY when it is gone. */
int spawner_start(const struct spawner *s, const struct spawn_order *order, struct process *out,
	struct error *err);
/* Of SPAWN_GUEST: the tool with output and errors to these descriptors, the leader of a group
   (base/command.h). The child's number, or -1 as above. */
pid_t spawner_run(const struct spawner *s, const struct spawn_order *order, const int streams[2],
	struct error *err);

/* Has it begin to read the files again, as the keeper does at the same time. */
int spawner_read(const struct spawner *s, struct error *err);
/* Has it take over what it has read, when that is what the keeper has read: then the sum
   (rulebook_sum) is the same. An empty one never is. */
enum spawner_taken {
	SPAWNER_TOOK_OVER,
	SPAWNER_READ_OTHER, /* what it read is well, but something else */
	SPAWNER_REFUSED,
};
int spawner_take(
	const struct spawner *s, const char *sum, enum spawner_taken *out, struct error *err);

#endif
