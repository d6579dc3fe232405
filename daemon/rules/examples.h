/* A rule's own examples: it must match each `yes` and no `no`. */
#ifndef OVERSTEP_RULES_EXAMPLES_H
#define OVERSTEP_RULES_EXAMPLES_H

#include "match.h"

/* Complains about each example that fails and counts it. Fails: ERROR_MEMORY. */
int examples_check(struct workspace *w, const struct script *s, const struct rule *rule,
	size_t *failed, struct error *err);

/* What the rule makes of a text as of an example; text and hits must be init'ed. Fails:
   ERROR_MEMORY. */
int examples_try(struct workspace *w, const struct script *s, const struct rule *rule,
	struct str written, struct text *text, struct hits *hits, struct error *err);

#endif
