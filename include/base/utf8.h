/* UTF-8: reading, repairing, folding for matching, and showing text from outside safely. */
#ifndef OVERSTEP_BASE_UTF8_H
#define OVERSTEP_BASE_UTF8_H

#include "base/str.h"

/* The next code point of s at *at (moved behind it), or -1 at the end; an invalid byte gives
   0xFFFD and moves one byte. */
int32_t utf8_next(struct str s, size_t *at);
size_t utf8_encode(int32_t code_point, char out[4]);
bool utf8_valid(struct str s);
/* Where s may be cut so that at most `most` bytes are left and no character is cut in two. */
size_t utf8_cut(struct str s, size_t most);
/* The same for text that a buffer has cut: without a character whose end is missing. */
size_t utf8_whole(struct str s);
/* Appends s with each invalid byte as U+FFFD and each NUL as U+2400. */
void utf8_repair(struct str s, struct buf *out);
size_t utf8_length(struct str s); /* code points */
/* Columns on a terminal (East Asian wide = 2, combining = 0). */
size_t utf8_width(struct str s);

/* General category letter, mark or number, or '_': what a word is made of. */
bool utf8_is_word(int32_t code_point);
bool utf8_is_space(int32_t code_point);
/* Control, bidi and other invisible format characters, line and paragraph separators. */
bool utf8_is_control(int32_t code_point);
/* The letter without its accents (e for é, o for ö); itself when it has none. */
int32_t utf8_bare(int32_t code_point);

/* Text made equal for matching, with the way back: NFKC, all decimal digits 0-9, zero-width
   characters and soft hyphens away, typographic apostrophes to ', and case folded one code
   point for one (at least as coarse as PCRE2's caseless; the sharp s stays one letter).
   origin[i] is the byte of the source where the character that byte i of text belongs to begins;
   origin[text.len] is the source's length. */
struct folded {
	struct buf text;
	uint32_t *origin;
	size_t cap;
};

void folded_finish(struct folded *f);
/* Replaces *out (zero-initialise the first time). 0, or -1 out of memory or s over 4 GiB. */
int utf8_fold(struct str s, bool fold_case, struct folded *out);

/* Appends text for a person's eyes: control, bidi and other invisible format characters as
   \x1b, \u202e ...; LF and TAB stay when keep_lines. */
void utf8_add_visible(struct buf *out, struct str s, bool keep_lines);

#endif
