/* Warnings on request: what a rule says may well be meant, but mostly is a slip. */
#ifndef OVERSTEP_RULES_REMARK_H
#define OVERSTEP_RULES_REMARK_H

#include "match.h"

/* One file's rules, when it is read; both borrowed. */
struct remarked {
	const struct script *script;
	const struct rule *rules;
	size_t count;
};

/* What remarks have cost so far, over all files; each has a limit. */
struct remark_work {
	uint64_t steps;
	size_t tries; /* of a pattern on a phrase */
};

/* On each rule that has no mistakes but in examples: phrases that never count, patterns that are
   slow, examples in another language, what changes nothing. Fails: ERROR_MEMORY. */
int remark_rules(const struct remarked *file, struct workspace *w, struct remark_work *done,
	struct error *err);

/* On phrases that add nothing, since another phrase of the same rule, or of another, is found
   wherever they are. Shipped files are looked at and not remarked on. Fails: ERROR_MEMORY. */
int remark_phrases(const struct remarked *files, size_t count, struct error *err);

/* The language that a text seems to be in, when no word of `own` is in it and two of another's
   are; NULL otherwise. */
const char *language_instead_of(struct str text, struct str own);

#endif
