/* What the names in braces of a reply stand for, for one client and moment. */
#ifndef OVERSTEP_DAEMON_CLI_REPLY_FACTS_H
#define OVERSTEP_DAEMON_CLI_REPLY_FACTS_H

#include "base/arena.h"
#include "command.h"
#include "model/captured.h"
#include "model/reply.h"
#include "report/letter.h"

/* Of whom a reply is for, and when it is written. Absent strings are not known. */
struct reply_plan {
	const struct letter_words *words;
	struct str client; /* id */
	struct str person;
	bool has_clock; /* else the three below are not known */
	int64_t now_us;
	int64_t message_at_us;
	int message_offset_min;
	struct str item; /* what the contract leaves out, as it was asked for */
	const struct captured *captured;
};

/* Fills slots[REPLY_SLOTS], as slots_fill takes them; strings in arena, the plan or the
   configuration. Fails: ERROR_MEMORY. */
int reply_facts(const struct invocation *in, const struct reply_plan *plan, struct arena *arena,
	struct slot *slots, struct error *err);

#endif
