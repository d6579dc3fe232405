/* One encoded word of RFC 2047. */
#ifndef OVERSTEP_MESSAGE_ENCODED_WORD_H
#define OVERSTEP_MESSAGE_ENCODED_WORD_H

#include "base/str.h"

struct encoded_word {
	struct str charset; /* without RFC 2231's language */
	bool base64;
	struct str text;
	size_t len; /* from "=?" to "?=", both included */
};

/* The word that begins at s[at]. Longer words than 75, and spaces in the text, are let pass: both
   stand in real mail. */
bool encoded_word_at(struct str s, size_t at, struct encoded_word *out);

/* The head of s that can hold encoded words, up to the last "?=". In it each "=?" looks for its end
   in vain only near the end, so that a walk over all of them takes linear time. */
struct str encoded_words_within(struct str s);

#endif
