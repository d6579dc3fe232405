/* One regex, and what it needs to run within bounds. pattern.c is the only user of PCRE2. */
#ifndef OVERSTEP_RULES_PATTERN_H
#define OVERSTEP_RULES_PATTERN_H

#include "base/error.h"
#include "base/str.h"

struct pattern; /* compiled; gets its JIT code when it is first searched for */
struct scanner; /* match data, limits, stack and stopwatch, shared by all patterns of a rule set */

struct range {
	size_t start, end; /* half-open, bytes */
};

/* Fails: ERROR_USAGE with the library's words, and *error_at the byte of the regex;
   ERROR_MEMORY. */
int pattern_new(struct str regex, struct pattern **out, size_t *error_at, struct error *err);
void pattern_free(struct pattern *p);
bool pattern_may_be_empty(const struct pattern *p);
/* Where a group of that name (of several the first that took part) stands in the last match.
   false: nowhere. */
bool pattern_group(const struct pattern *p, const char *name, struct range *out);

/* How many steps a search through all of a text takes that finds nothing, or `most` when it takes
   more: each item of the regex that is tried at a place, and each byte that a repeat runs over,
   whatever the machine. 0: the regex does not compile, or the text has a match. */
uint64_t pattern_steps(struct str regex, struct str text, uint64_t most);

int scanner_new(bool jit, struct scanner **out, struct error *err);
void scanner_free(struct scanner *s);

/* Searches without making JIT code, but as far as with it: for the few bytes of an example. */
void scanner_interpret(struct scanner *s, bool interpret);

/* Starts the stopwatch: what follows may take LIMIT_MATCH_DEADLINE_US for each slice of text. */
void scanner_start(struct scanner *s, size_t text_bytes);
/* The limit that the last search ran into. */
const char *scanner_limit(const struct scanner *s);

/* The first match in `text` (valid UTF-8) that begins in [from, before) and is not empty. What
   stands before `from` is seen by look-behind. 1 found, 0 none, -1 a limit was reached. */
int pattern_find(struct pattern *p, struct scanner *s, struct str text, size_t from, size_t before,
	struct range *found);

#endif
