/* Small tests on folded lines: what the grammars of quotes and signatures are written in. */
#ifndef OVERSTEP_TEXT_WORDS_H
#define OVERSTEP_TEXT_WORDS_H

#include "base/str.h"
#include <stdint.h>

/* What the words of a line begin with: of many hundred phrases few can stand in it. */
struct word_starts {
	uint64_t bits[64]; /* for each a hash of its two octets, and one of its four */
};
struct word_starts words_starts(struct str line);
/* false: no word or phrase that begins so is in the line. */
bool words_may_have(const struct word_starts *starts, const char *phrase);

/* Phrases are folded UTF-8, lists end in NULL. A phrase stands between word borders. Where a line
   is asked for more than one list, its starts are the caller's. */
bool words_have(struct str line, const char *phrase, size_t *at);
bool words_have_any(struct str line, const char *const *phrases);
bool words_starts_have(
	const struct word_starts *starts, struct str line, const char *const *phrases);
size_t words_have_how_many(struct str line, const struct word_starts *starts,
	const char *const *phrases); /* NULL: none */
bool words_begin_any(struct str line, const struct word_starts *starts,
	const char *const *beginnings); /* does a word begin so? */
bool words_start(struct str line, const char *phrase);
bool words_start_any(struct str line, const char *const *phrases);
bool words_end_any(struct str line, const char *const *phrases);
bool words_are_any(struct str line, const char *const *phrases);
size_t words_count(struct str line);
bool word_byte(char c); /* letter or digit; every byte of a letter beyond ASCII */

/* A day: a year with a number beside it, 3/5/24, 2024-05-03. */
bool words_have_date(struct str line);
bool words_start_date(struct str line); /* a numeric one, at the very start */
bool words_have_time(struct str line);  /* 9:07, 17.50, 16h32 */
bool words_have_address(struct str line);
/* In <> or (): what a mailer writes. */
bool words_have_boxed_address(struct str line);

/* Nothing but dashes, underscores, stars and the like: a ruler line. */
bool words_ruler(struct str line);
/* Without the dashes, stars and blanks around it. */
struct str words_inside(struct str line);

#endif
