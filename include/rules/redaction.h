/* Words that are not to be given away: found wherever they stand in a text, and covered. */
#ifndef OVERSTEP_RULES_REDACTION_H
#define OVERSTEP_RULES_REDACTION_H

#include "base/error.h"
#include "base/str.h"

struct redaction;

/* patterns: plain words, in any case, spacing and width, and inside longer words too; or a regex
   between slashes. Fails: ERROR_USAGE (a bad regex, or one that may be empty), ERROR_MEMORY. */
int redaction_new(
	const struct str *patterns, size_t count, struct redaction **out, struct error *err);
void redaction_free(struct redaction *r);

/* Looks through a text, which may be any octets. 1 something stands in it, 0 not, -1. Fails:
   ERROR_LIMIT (a regex takes too long), ERROR_MEMORY. */
int redaction_find(struct redaction *r, struct str text, struct error *err);
/* Appends [start, end) of the text looked through last, blocks for what was found in it. */
void redaction_cover(
	const struct redaction *r, struct str text, size_t start, size_t end, struct buf *out);
/* Both, over the whole text. 0 or -1. */
int redaction_add(struct redaction *r, struct str text, struct buf *out, struct error *err);

#endif
