/* A rule as it was written, for people. */
#ifndef OVERSTEP_RULES_RULE_VIEW_H
#define OVERSTEP_RULES_RULE_VIEW_H

#include "base/error.h"
#include "rules/ruleset.h"

/* A field; continued lines are joined by a blank. */
struct rule_line {
	struct str field;
	struct str text;
	bool says;     /* phrases, not a regex */
	bool mentions; /* what the client's contract says */
};

/* Strings in the arena or the rule set. */
struct rule_view {
	struct str name;
	struct str file; /* as diagnostics name it */
	struct str pack; /* absent: the user's */
	unsigned line;
	bool sequence;
	struct str text; /* its own lines, with the last one's end */
	/* by ruleset_view_read: */
	const struct rule_line *lines;
	size_t line_count;
	/* patterns that are looked for first, and those of them that have a fixed word: only where
	   that stands they are tried */
	size_t patterns, indexed;
};

/* All rules and sequences in force, by name; without what ruleset_view_read fills in. The array is
   in the arena. Fails: ERROR_MEMORY. */
int ruleset_views(const struct ruleset *r, struct arena *arena, struct rule_view **out,
	size_t *count, struct error *err);
/* Its lines, and what is known of its patterns. Fails: ERROR_MEMORY. */
int ruleset_view_read(
	const struct ruleset *r, struct arena *arena, struct rule_view *view, struct error *err);

/* Appends its lines with `status shadow`: for a file of one's own, where they stand for the shipped
   rule. */
void rule_view_shadow(const struct rule_view *v, struct buf *out);

#endif
