/* A compiled rule, and the set of them. */
#ifndef OVERSTEP_RULES_RULE_H
#define OVERSTEP_RULES_RULE_H

#include "literal.h"
#include "pattern.h"
#include "script.h"

/* How far around a match a condition is looked for. */
enum reach { REACH_SENTENCE, REACH_PARAGRAPH, REACH_MESSAGE };

struct condition {
	struct pattern *pattern;
	const struct value *written;
	struct literals literals; /* of `match` only */
};

struct conditions {
	struct condition *items;
	size_t count;
};

struct rule {
	struct rule_facts facts;
	struct str pack; /* absent: the user's */
	enum direction from;
	bool any_time;
	enum period when; /* unless any_time */
	enum reach within;
	enum reach unless_within;
	struct conditions match; /* any of them: `says` and `match` */
	struct conditions all;
	struct conditions unless;
	const struct draft *draft;
	const struct rule_file *file;
};

/* Gives back the patterns; all else belongs to an arena. */
void rule_finish(struct rule *r);

/* What rules and sequences have in common: name, title, sign, severity, language, status, reply,
   and that none of it is missing. Complains about each mistake. */
void facts_check(const struct script *s, const struct draft *d, struct rule_facts *out);

/* The fields of a draft that are words of a table or plain text; complains about each that is
   wrong, and about those that are missing. */
void rule_check(const struct script *s, const struct draft *d, struct rule *out);

/* The patterns of a draft; complains about each that is refused or does not compile. Fails:
   ERROR_MEMORY. */
int rule_compile(
	const struct script *s, const struct draft *d, struct rule *out, struct error *err);

/* Why overstep refuses a regex that PCRE2 would take, or NULL; *at is where. */
const char *regex_refusal(struct str regex, size_t *at);
/* Appends the regex with each blank as "blank or line end": mail is wrapped anywhere. */
void regex_widen_blanks(struct str regex, struct buf *out);

/* Appends the regex that finds any of the phrases (parted by '|'). NULL, or what is wrong with the
   phrase at *at. */
const char *phrases_to_regex(struct str phrases, struct buf *regex, size_t *at);

#endif
