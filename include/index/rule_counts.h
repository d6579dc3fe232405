/* What each rule has found in the archive, and what was said of it. */
#ifndef OVERSTEP_INDEX_RULE_COUNTS_H
#define OVERSTEP_INDEX_RULE_COUNTS_H

#include "index/index.h"

/* hits: messages (of a sequence: its findings) in which it has a finding in force. Of these those
   whose last mark is such a one; agreed and right are true hits. */
struct rule_count {
	struct str rule;
	uint64_t hits;
	uint64_t wrong, agreed, right;
};

/* All rules that have hits, by name. Array and strings in arena. */
int index_rule_counts(struct index *x, struct arena *arena, struct rule_count **out, size_t *count,
	struct error *err);

#endif
