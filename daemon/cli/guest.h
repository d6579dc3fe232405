/* Members of the service's group, who may not open its archive: what they may have it run. */
#ifndef OVERSTEP_DAEMON_CLI_GUEST_H
#define OVERSTEP_DAEMON_CLI_GUEST_H

#include "command.h"

/* Is there something that the service would run for others of this command? */
bool guest_may_ask(const struct invocation *in);
/* Is the archive somebody else's, so that the service has to be asked? Needs in->book. */
bool guest_must_ask(const struct invocation *in);
/* Runs the command by the service; for struct command's run. */
int guest_run(struct invocation *in, struct error *err);

/* For struct guest_plan. Fails: ERROR_USAGE. */
int guest_check(const char *const *words, size_t count, struct error *err);

#endif
