/* What sequences find in a client's history. */
#ifndef OVERSTEP_JUDGE_SEQUENCE_H
#define OVERSTEP_JUDGE_SEQUENCE_H

#include "model/sequence.h"

/* Pure: the same messages give the same findings in whatever order they came. Findings in order of
   time; a message is a member of at most one finding of a sequence. Only live findings count for a
   live sequence, those in shadow too for one in shadow. out must be init'ed. Fails: ERROR_MEMORY.
 */
int sequences_judge(const struct sequence_rule *const *rules, size_t count,
	const struct timeline *timeline, struct sequence_findings *out, struct error *err);

#endif
