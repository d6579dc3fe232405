/* One character in normal form: what fold.c asks when a code point is not plainly itself. */
#ifndef OVERSTEP_BASE_NORMAL_H
#define OVERSTEP_BASE_NORMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum normal_class {
	NORMAL_STABLE,    /* begins a character and stands for itself: NFKC leaves it */
	NORMAL_BEGINS,    /* begins a character that is written differently */
	NORMAL_CONTINUES, /* a mark or jamo, may join what stands before it */
	NORMAL_IGNORED,   /* zero-width characters and the soft hyphen */
};

enum normal_class normal_class(int32_t code_point);

/* A quick look before normal_class: true only for what is NORMAL_STABLE. */
bool normal_is_plain(int32_t code_point);

/* Room for the longest decomposition (18, U+FDFA) and LIMIT_COMBINING marks of at most 4. */
#define NORMAL_ROOM 160

/* NFKC of one character (a beginning and its marks, none of them NORMAL_IGNORED, at most
   1 + LIMIT_COMBINING), decimal digits as 0-9, apostrophes as '. Returns how many code points
   were written. */
size_t normal_form(const int32_t *character, size_t count, int32_t out[NORMAL_ROOM]);

/* One code point for one code point (simple case folding): so the sharp s stays one letter. */
int32_t normal_fold_case(int32_t code_point);

#endif
