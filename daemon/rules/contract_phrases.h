/* What a client's contract includes and excludes, as rules of that client alone. */
#ifndef OVERSTEP_RULES_CONTRACT_PHRASES_H
#define OVERSTEP_RULES_CONTRACT_PHRASES_H

#include "match.h"
#include "model/title.h"

#define EXCLUDED_RULE "scope-creep/excluded"
/* The names of the rules that an included phrase in the same sentence cancels begin with this. */
#define ADD_ON_PREFIX "scope-creep/add-on"

struct contract_phrases {
	struct str client;
	struct rule_facts facts;
	struct pattern *includes; /* NULL: none */
	struct pattern *excludes;
};

/* No file names this rule. */
struct rule_title excluded_title(void);

/* Strings go into the arena. Complains about phrases that are none. Fails: ERROR_MEMORY,
   ERROR_SYSTEM. */
int contract_phrases_init(struct contract_phrases *p, const struct client *client,
	struct arena *arena, struct diags *diags, struct error *err);
/* What a condition that mentions them looks for; NULL: no such phrase is in the contract. */
struct pattern *contract_phrases_pattern(const struct contract_phrases *p, enum mention mention);
void contract_phrases_finish(struct contract_phrases *p);

/* Behind all rules: cancels hits of add-on rules, adds hits of excluded phrases in sentences that
   ask for something (a hit of a `request` marker). Fails: ERROR_MEMORY. */
int contract_phrases_match(const struct contract_phrases *p, struct workspace *w,
	const struct match_input *in, struct hits *out, struct error *err);

#endif
