/* Whether anything was missed, as the archive tells it. */
#ifndef OVERSTEP_DAEMON_CLI_COVERAGE_H
#define OVERSTEP_DAEMON_CLI_COVERAGE_H

#include "command.h"
#include "report/coverage.h"

struct index;

/* client: nothing of another's; absent: all. Lines in arena, times in my zone. */
struct coverage_plan {
	struct str client;
	int64_t from_us, until_us;
	bool unrecorded; /* with what is no record yet, and so no evidence (app/watching.h) */
};
int coverage_make(struct invocation *in, struct index *index, const struct coverage_plan *plan,
	struct arena *arena, struct coverage_line **lines, size_t *count, struct error *err);

#endif
