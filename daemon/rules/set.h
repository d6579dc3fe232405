/* The inside of a rule set. */
#ifndef OVERSTEP_RULES_SET_H
#define OVERSTEP_RULES_SET_H

#include "contract_phrases.h"
#include "match.h"

struct ruleset {
	struct arena arena; /* of files, drafts and all strings */
	struct rule *rules;
	size_t count;
	const struct sequence_rule **sequences;
	size_t sequence_count;
	struct consent *consents;
	size_t consent_count;
	struct rule_file *files; /* those that were loaded */
	size_t file_count;
	struct contract_phrases *clients;
	size_t client_count;
	size_t failed_examples;
	struct prefilter *prefilter;
	/* Behind pointers, so that a constant set can be searched; one search at a time. */
	struct workspace *work;
};

/* ruleset_match by trying every rule on the whole text: what the prefilter must be equal to. */
int ruleset_match_one_by_one(
	const struct ruleset *r, const struct match_input *in, struct hits *out, struct error *err);

#endif
