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

/* On each rule of a file that has no mistakes but in examples: phrases that never count, patterns that are slow,
   examples in another language, what changes nothing. *spent counts the steps of all patterns.
   Fails: ERROR_MEMORY. */
int remark_rules(
	const struct remarked *file, struct workspace *w, uint64_t *spent, struct error *err);

/* On phrases that add nothing, since another phrase of the same rule, or of another, is found
   wherever they are. Shipped files are looked at and not remarked on. Fails: ERROR_MEMORY. */
int remark_phrases(const struct remarked *files, size_t count, struct error *err);

/* The language that a text seems to be in, when no word of `own` is in it and two of another's
   are; NULL otherwise. */
const char *language_instead_of(struct str text, struct str own);

#endif
