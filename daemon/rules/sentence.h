/* Where sentences and paragraphs begin. */
#ifndef OVERSTEP_RULES_SENTENCE_H
#define OVERSTEP_RULES_SENTENCE_H

#include "base/str.h"
#include "pattern.h"

/* The bytes at which the pieces of a text begin, but for the first, which begins at 0. */
struct breaks {
	size_t *at;
	size_t count, cap;
};

void breaks_finish(struct breaks *b);
void breaks_clear(struct breaks *b);

/* Adds the breaks of a folded text. A paragraph ends at an empty line; a sentence at . ! ? before
   white space (not behind an abbreviation), at a list item, and where its paragraph ends. 0 or -1
   (memory). */
int text_break_up(struct str text, struct breaks *sentences, struct breaks *paragraphs);

/* The piece, or the run of pieces, that a range of the text lies in. */
struct range breaks_around(const struct breaks *b, size_t text_len, struct range range);

#endif
