/* Rule files on their way into a rule set. */
#ifndef OVERSTEP_RULES_LOAD_H
#define OVERSTEP_RULES_LOAD_H

#include "capture.h"
#include "set.h"

/* One file on its way in. */
struct candidate {
	struct script script;
	struct rule *rules;
	size_t count;
	struct sequence_rule *sequences;
	size_t sequence_count;
	struct consent *consents;
	size_t consent_count;
	bool left_out;
};

struct loading {
	struct ruleset *set;
	const struct ruleset_options *options;
	struct capture_words words;
	struct diags *diags;
	struct error *err;
	struct rule_file *files;
	struct candidate *candidates;
	size_t count;
	size_t rule_count, sequence_count, consent_count;
	const char **names; /* that a glob may have meant; NULL until somebody asks */
	size_t name_count, guesses;
};

/* Whose rules count when names meet: complains about two of one origin, marks the drafts that a
   later origin's replaces, and, on request, warns of that and of exceptions that fit no rule.
   Fails: ERROR_MEMORY. */
int names_settle(struct loading *l);

#endif
