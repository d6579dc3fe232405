/* A rule that matched, a rule that could not be tried, a rule that nearly matched. */
#ifndef OVERSTEP_MODEL_HIT_H
#define OVERSTEP_MODEL_HIT_H

#include "base/arena.h"
#include "base/crypto.h"
#include "model/captured.h"
#include "model/sign.h"

enum rule_status { RULE_LIVE, RULE_SHADOW };
const char *rule_status_name(enum rule_status s);

/* What the rest of the house knows of a rule. Belongs to its ruleset. */
struct rule_facts {
	struct str name; /* "scope-creep/add-on" */
	struct str title;
	enum sign sign;
	int severity;
	enum rule_status status;
	struct str lang;            /* absent: no pack */
	struct str reply;           /* absent: none */
	char hash[SHA256_HEX_SIZE]; /* of the rule's own lines */
};

struct hit {
	const struct rule_facts *rule;
	size_t start; /* half-open, bytes of the text as given */
	size_t end;
	bool unsure;              /* in a span whose boundary is a guess */
	struct captured captured; /* strings in the arena of the hits */
};

/* Matched, but held back: by which field ("unless 'no rush'"), and where that stands. */
struct near_miss {
	const struct rule_facts *rule;
	size_t start, end;
	struct str held_back_by;
	bool has_by_place;
	size_t by_start, by_end;
};

/* A limit of PCRE2 was reached: this rule did not examine this text. */
struct unexamined {
	const struct rule_facts *rule;
	char why[80]; /* "match limit", "10 ms deadline"; a long text has more time */
};

/* The three arrays grow by array_room; strings are the arena's. */
struct hits {
	struct arena arena;
	struct hit *items; /* by start, then rule name; at most one per rule and place */
	size_t count, cap;
	struct near_miss *near;
	size_t near_count, near_cap;
	struct unexamined *unexamined;
	size_t unexamined_count, unexamined_cap;
	bool too_many;      /* LIMIT_HITS was reached */
	bool too_many_near; /* so was it by near misses */
};

void hits_init(struct hits *h);
void hits_finish(struct hits *h);

#endif
