/* The titles of rules in each language of the pages, without the rules: reports do not match. */
#ifndef OVERSTEP_RULES_TITLES_H
#define OVERSTEP_RULES_TITLES_H

#include "model/title.h"
#include "rules/ruleset.h"

struct rule_titles;

/* Of rules that are replaced or wrong too: what is shown are findings, not rules. Nothing of the
   files is borrowed. Fails: ERROR_MEMORY, ERROR_SYSTEM. */
int rule_titles_read(
	const struct rule_file *files, size_t count, struct rule_titles **out, struct error *err);
void rule_titles_free(struct rule_titles *t);

/* The title of the rule of that name, if it is the one by which a finding was recorded
   (finding_reason). NULL: the rule is gone, or says something else now. */
const struct rule_title *rule_titles_find(
	const struct rule_titles *t, struct str rule, struct str reason);

#endif
