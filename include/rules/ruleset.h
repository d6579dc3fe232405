/* Rules that people write: read with every mistake, compiled, checked against their own examples,
 * matched. */
#ifndef OVERSTEP_RULES_RULESET_H
#define OVERSTEP_RULES_RULESET_H

#include "base/diag.h"
#include "base/error.h"
#include "model/client.h"
#include "model/consent.h"
#include "model/hit.h"
#include "model/period.h"
#include "model/sequence.h"
#include "model/text.h"

/* Keeps the scratch memory of a match, so one match at a time. */
struct ruleset;

/* The pack of what is shipped for every language. */
#define PACK_ANY "any"

/* One rule file, as text, with the name that diagnostics use. pack: "en" for a shipped pack; absent
 * for the user's. */
struct rule_file {
	struct str name;
	struct str bytes;
	struct str pack;
};

/* Shipped first, the user's later, those on trial last: a rule replaces one of the same name of an
   earlier origin; two of the same origin with one name are an error. A file with any error, or with
   a rule that fails its own yes or no, is left out whole: *left_out counts them. clients: their
   contract phrases become the rules scope-creep/excluded (and cancellations) of that client alone.
   Fails: ERROR_MEMORY, ERROR_SYSTEM (hashing). */
struct ruleset_options {
	bool skip_examples; /* replay of an archived rule set whose examples were checked in its
			       time */
	bool no_jit;
	bool remarks;             /* warn also of what may well be meant, and look harder */
	const char *const *packs; /* languages that a rule may name without a warning; none: any */
	size_t pack_count;
	const struct client *clients;
	size_t client_count;
	size_t on_trial; /* so many of the files, the last */
	/* what tries the examples of sequences; NULL: nobody does */
	sequences_judge_fn *judge_sequences;
};
int ruleset_load(const struct rule_file *files, size_t count, const struct ruleset_options *options,
	struct ruleset **out, size_t *left_out, struct diags *diags, struct error *err);
void ruleset_free(struct ruleset *r);

/* What confirms a match, with its version: "PCRE2 10.42". */
#define RULESET_ENGINE_SIZE 80
void ruleset_engine(char out[RULESET_ENGINE_SIZE]);
/* Can JIT code be made here? Fails: ERROR_CONFIG with why not; rules then match by the interpreter:
   the same, in more time. */
int ruleset_try_jit(struct error *err);

size_t ruleset_count(const struct ruleset *r);
const struct rule_facts *ruleset_rule(const struct ruleset *r, size_t index);
const struct sequence_rule *const *ruleset_sequences(const struct ruleset *r, size_t *count);
/* What the except blocks consent to. */
const struct consent *ruleset_consents(const struct ruleset *r, size_t *count);
/* Examples that failed in the last load, over all files (exit code 1 of `check`). */
size_t ruleset_failed_examples(const struct ruleset *r);

/* A field of a rule as people read of it: "severity", "1|2|3|4", what it is for. false behind the
   last. */
struct rule_field {
	const char *name, *value, *help;
};
bool rule_field(size_t index, struct rule_field *out);

/* The rule set in force as bytes for the evidence log: the files that were loaded, each behind a
   line
   "## file NAME pack PACK bytes N"; and back. */
void ruleset_write(const struct ruleset *r, struct buf *out);
int ruleset_unpack(struct str bytes, struct rule_file **files, size_t *count,
	struct error *err); /* free() *files */

/* The language is contract.md's, and besides: a line four or more columns deeper than the rule's
   fields goes on with the value above (not with a regex); in a regex a blank is also a line end,
   since mail is wrapped anywhere; severity is 1 unless stated; a paragraph ends at an empty line,
   and a message's reach is all of its new text. {amount} and {day} are classes, which are captured;
   `client ID`; `when` with several moments; `all|unless mentions included|excluded`; except blocks
   (rules/README.md). */
struct match_input {
	const struct text *text;
	enum direction direction;
	bool has_moment;             /* else every `when` holds */
	unsigned properties;         /* MOMENT_BIT()s */
	int64_t day;                 /* of the moment: what "tomorrow" is counted from */
	struct str lang;             /* restricts to that pack and the user's; absent: all */
	const struct client *client; /* NULL: no client's phrases */
	bool want_near_misses;
};

/* Only SPAN_NEW bytes (hidden ones too) are looked at. Hits in text order. A rule's limit is a
   recorded result (hits->unexamined). out must be hits_init'ed. Fails: ERROR_MEMORY. */
int ruleset_match(
	const struct ruleset *r, const struct match_input *in, struct hits *out, struct error *err);

#endif
