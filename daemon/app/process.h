/* Children of the keeper: forked with one channel and nothing else of what the keeper holds. */
#ifndef OVERSTEP_DAEMON_APP_PROCESS_H
#define OVERSTEP_DAEMON_APP_PROCESS_H

#include "base/error.h"
#include <stdbool.h>
#include <sys/types.h>

struct channel;

/* What runs in the child; its value is the exit status. */
typedef int process_main(struct channel *to_parent, int stop_fd, const void *context);

struct process {
	pid_t pid;
	struct channel *channel; /* the parent's end, not blocking */
	int stop_fd;             /* closing it tells the child to stop waiting */
};

struct process_plan {
	const char *title;     /* at most 15 letters, shown by ps: "overstep-reader" */
	void (*prepare)(void); /* in the child, before it is bounded; may be NULL */
	process_main *run;
	const void *context;
	size_t memory_bytes; /* RLIMIT_AS, 0 none */
};

/* The child keeps its channel, its stop_fd and standard error; everything else is closed, and
   standard input and output are /dev/null. Its signals are the default ones, it gains no
   privileges, and it dies with its parent. Fails: ERROR_SYSTEM. */
int process_start(const struct process_plan *plan, struct process *out, struct error *err);
/* The steps of process_start, for a child that another process makes. Both ends are made; the
   child's are handed over and become its own there; then *made goes to *out, or with it all that
   was made when there is no child (-1). parent: who holds *out. */
struct process_ends {
	int channel_fd;
	int stop_fd;
};
int process_prepare(struct process *made, struct process_ends *child, struct error *err);
_Noreturn void process_become(
	const struct process_plan *plan, pid_t parent, const struct process_ends *ends);
int process_started(
	struct process *made, pid_t child, const struct process_ends *ends, struct process *out);

/* Closes both ends, kills and reaps. An empty struct is fine. true: it was dead, for it had done
   what its box forbids. */
bool process_end(struct process *p);
/* Closes the stop_fd only: the child ends by itself. */
void process_stop(struct process *p);

#endif
