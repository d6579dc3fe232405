/* What the owner adds to the evidence: files and notes, as attachment records. */
#ifndef OVERSTEP_DAEMON_CLI_SUPPLY_H
#define OVERSTEP_DAEMON_CLI_SUPPLY_H

#include "base/arena.h"
#include "command.h"

/* What is said of all that one call supplies. */
struct supply {
	struct str client; /* id */
	int64_t at_us;
	struct str note; /* absent: none */
};

/* --client and --at of the command. Strings in arena. Fails: ERROR_USAGE. */
int supply_read(struct invocation *in, struct arena *arena, struct supply *out, struct error *err);
/* Appends one record, named for people (absent: a note), and says its number. */
int supply_add(struct invocation *in, const struct supply *s, struct str name, struct str octets,
	struct error *err);

#endif
