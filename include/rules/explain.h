/* Why a rule was found in a text or was not, step by step. */
#ifndef OVERSTEP_RULES_EXPLAIN_H
#define OVERSTEP_RULES_EXPLAIN_H

#include "rules/ruleset.h"

#define RULE_PLACES 5

/* One pattern of the rule: where it stands in the text. */
struct rule_step {
	struct str field; /* "says", "match", "all", "unless" */
	struct str written;
	bool says, mentions;
	bool given_up; /* a limit of PCRE2 was reached */
	size_t count;  /* of places, RULE_PLACES at most */
	struct rule_place {
		size_t start, end; /* half-open, bytes of the text as given */
		bool reached;      /* of all and unless: near enough to a match to count */
	} places[RULE_PLACES];
};

/* Strings and steps in the arena or the rule set. */
struct rule_explanation {
	const struct rule_facts *rule; /* NULL: no such rule */
	bool fits_sender, fits_client, fits_moment;
	const struct rule_step *steps;
	size_t step_count;
	struct str all_reach, unless_reach; /* "sentence" */
};

/* What the verdict is, ruleset_match tells. 1, 0 there is no such rule, -1 (ERROR_MEMORY). */
int ruleset_explain(const struct ruleset *r, const struct match_input *in, struct str name,
	struct arena *arena, struct rule_explanation *out, struct error *err);

#endif
