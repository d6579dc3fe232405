/* What an answer line is, by its first words, and which response codes are harmless. */
#ifndef OVERSTEP_SOURCE_RESPONSE_WORDS_H
#define OVERSTEP_SOURCE_RESPONSE_WORDS_H

#include "base/str.h"

enum line_shape {
	LINE_UNFINISHED, /* needs another word */
	LINE_UNKNOWN,    /* not for the library */
	LINE_BROKEN,     /* cannot be honest */
	LINE_STATUS,     /* OK, NO, BAD, PREAUTH: perhaps a code, and text */
	LINE_GOODBYE,    /* BYE and text */
	LINE_WORDS,      /* CAPABILITY */
	LINE_NUMBERS,    /* SEARCH */
	LINE_BARE,       /* EXISTS, RECENT, EXPUNGE: complete */
	LINE_TREE,       /* LIST, FLAGS: parentheses, strings, literals */
	LINE_FETCH,      /* the same, with numbers that are read */
};

/* head: the words so far, one space between each. tag: of the command under way, 0 for none.
 *reason is set for LINE_BROKEN. */
enum line_shape line_shape_of(struct str head, uint32_t tag, const char **reason);

/* Is [code] one that is needed, with arguments that the library reads without harm? */
bool response_code_is_safe(struct str code);
/* Visible ASCII without what opens a string, a list or a literal. */
bool response_word_char(char c);

#endif
