/* What a report keeps of what passes by: words, and of many incidents those that a page shows. */
#ifndef OVERSTEP_DAEMON_REPORT_KEEP_H
#define OVERSTEP_DAEMON_REPORT_KEEP_H

#include "form.h"

/* A copy; an absent string stays absent. *full is set when out of memory, else left as it is. */
struct str keep(struct arena *arena, struct str s, bool *full);
/* What a finding names, in words. */
struct str keep_named(struct arena *arena, const struct captured *captured, bool *full);

/* Incidents or harmful requests of a client. */
struct lane {
	struct incident **all;
	size_t *count, *cap, *dropped;
	size_t most; /* kept; 0: all */
};
struct lane lane_of(struct report_client *c, bool harmful);
/* Would it be kept? If not, it is counted as dropped. */
bool lane_wants(const struct lane *lane, struct rank rank);
/* Takes over what is wanted, in the place of the least when there is no more room: so what is kept
   does not depend on the order in which it came. 0, or -1 out of memory. */
int lane_add(const struct lane *lane, const struct incident *x);

#endif
