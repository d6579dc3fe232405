/* What phrases are made of. */
#ifndef OVERSTEP_RULES_PHRASE_H
#define OVERSTEP_RULES_PHRASE_H

#include "base/str.h"

/* Appends words in small letters, each white space one blank, without accents when they are to be
   bare. */
void words_plain(struct str words, bool bare, struct buf *out);

/* White space inside a paragraph: one line end at most. Possessive, so that it cannot blow up. */
#define PHRASE_GAP "(?:[ \\t\\r]++\\n?+|\\n)[ \\t\\r]*+"

#endif
