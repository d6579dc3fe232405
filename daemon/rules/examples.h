/* A rule's own examples: it must match each `yes` and no `no`. */
#ifndef OVERSTEP_RULES_EXAMPLES_H
#define OVERSTEP_RULES_EXAMPLES_H

#include "match.h"

/* Complains about each example that fails and counts it. Fails: ERROR_MEMORY. */
int examples_check(struct workspace *w, const struct script *s, const struct rule *rule,
	size_t *failed, struct error *err);

#endif
