/* The sentence around the words of a finding. */
#ifndef OVERSTEP_DAEMON_REPORT_PASSAGE_H
#define OVERSTEP_DAEMON_REPORT_PASSAGE_H

#include "report/report.h"

/* The passages that hold the ranges of the findings chosen, in order of the text; findings of one
   sentence share a passage. Strings and arrays in arena. 0, or -1 out of memory. */
int passages_cut(const struct text *text, const struct report_finding *const *findings,
	size_t count, struct arena *arena, struct passage **out, size_t *out_count);
/* The whole text with the same marks. Borrows from it. 0, or -1 out of memory. */
int passage_whole(const struct text *text, const struct report_finding *findings, size_t count,
	struct arena *arena, struct passage *out);

#endif
