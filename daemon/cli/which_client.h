/* Which client a word of the command line means. */
#ifndef OVERSTEP_DAEMON_CLI_WHICH_CLIENT_H
#define OVERSTEP_DAEMON_CLI_WHICH_CLIENT_H

#include "base/arena.h"
#include "command.h"

/* Ids of all clients, each once: those configured, in their order, then those that only the archive
   knows, when it is open. free() *out, strings in arena or the configuration. */
int client_list(struct invocation *in, struct arena *arena, struct str **out, size_t *count,
	struct error *err);

/* The id that a word means: that very id, else it in any case, else the client's name in any case.
 *id is in arena. Fails: ERROR_USAGE with a suggestion. */
int client_named(struct invocation *in, struct str word, struct arena *arena, struct str *id,
	struct error *err);

#endif
