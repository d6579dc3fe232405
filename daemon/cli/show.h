/* One message as `overstep show` prints it, for `demo` too. */
#ifndef OVERSTEP_DAEMON_CLI_SHOW_H
#define OVERSTEP_DAEMON_CLI_SHOW_H

#include "command.h"
#include "index/index.h"

/* why: each finding's reason, the clocks and the proof as well. */
void message_show(struct invocation *in, const struct indexed_message *m, bool why);

#endif
