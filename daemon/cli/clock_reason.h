/* Facts of what the clock found, so that reports tell it in any language. */
#ifndef OVERSTEP_DAEMON_CLI_CLOCK_REASON_H
#define OVERSTEP_DAEMON_CLI_CLOCK_REASON_H

#include "command.h"
#include "index/index.h"
#include "report/report.h"

struct worktime;

/* The moment of a record. The hours in force tell the facts that it has in its words alone, when
   they would use the same words. Borrows from both; hours may be NULL. */
struct told_moment told_moment_make(
	const struct moment *recorded, int64_t at_us, const struct worktime *hours);

/* Why the clock found something in a message, borrowed from it and the rulebook. false: it did not,
   or its record holds other words than its facts would give. */
bool clock_reason_make(
	const struct invocation *in, const struct indexed_message *m, struct clock_reason *out);

#endif
