/* Small tests on folded lines: what the grammars of quotes and signatures are written in. */
#ifndef OVERSTEP_TEXT_WORDS_H
#define OVERSTEP_TEXT_WORDS_H

#include "base/str.h"

/* Phrases are folded UTF-8, lists end in NULL. A phrase stands between word borders. */
bool words_have(struct str line, const char *phrase, size_t *at);
bool words_have_any(struct str line, const char *const *phrases);
size_t words_have_how_many(struct str line, const char *const *phrases); /* NULL: none */
bool words_begin_any(struct str line, const char *const *beginnings);    /* does a word begin so? */
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
