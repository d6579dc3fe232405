/* One rule against one message's runs. */
#ifndef OVERSTEP_RULES_MATCH_H
#define OVERSTEP_RULES_MATCH_H

#include "prefilter.h"
#include "rule.h"
#include "subject.h"

struct contract_phrases;

/* What a search needs besides the rules; used by one search at a time. */
struct workspace {
	struct scanner *scanner;
	struct subjects subjects;
	struct windows windows;
	const struct contract_phrases *contract; /* of the message's client; may be NULL */
};

/* Adds what the rule finds in those windows of the workspace's subjects to *out: windows of one
   pattern and subject stand side by side and in order. Fails: ERROR_MEMORY. */
int rule_match(struct workspace *w, const struct rule *rule, const struct window *windows,
	size_t count, const struct match_input *in, struct hits *out, struct error *err);

/* The rule's `from`, `client` and `when`: they hold for a whole message or do not. */
bool rule_fits_sender(const struct rule *rule, const struct match_input *in);
bool rule_fits_client(const struct rule *rule, const struct match_input *in);
bool rule_fits_moment(const struct rule *rule, const struct match_input *in);

/* How far a condition looks around a match in that subject, which is broken up. */
struct range reach_around(const struct subject *s, enum reach reach, struct range match);

/* Adds the windows that are all of all subjects, for each of the rule's patterns. 0 or -1
   (memory). */
int windows_add_all(struct windows *windows, const struct subjects *subjects,
	const struct rule *rule, uint32_t index);

/* Adds a hit at a range of the message's text. Behind LIMIT_HITS none is added, which is noted. 0
   or -1 (memory). */
int hit_add(struct hits *out, const struct rule_facts *rule, struct range at,
	const struct captured *captured, const struct text *text, struct error *err);
/* The same for near misses. */
int near_miss_add(struct hits *out, const struct rule_facts *rule, struct range at,
	struct str held_back_by, const struct range *by, struct error *err);
int unexamined_add(
	struct hits *out, const struct rule_facts *rule, const char *why, struct error *err);

#endif
