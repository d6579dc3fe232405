/* The fixed words that every match of a regex must hold. */
#ifndef OVERSTEP_RULES_LITERAL_H
#define OVERSTEP_RULES_LITERAL_H

#include "base/arena.h"
#include "base/str.h"

/* In the alphabet of literal_fold. */
struct literal {
	struct str text;
	bool word_start; /* a word begins where it begins */
	bool word_end;
};

/* Any match holds one of the literals, which begins at most `prefix` bytes behind the match's
   start (SIZE_MAX: no bound is known). */
struct literal_set {
	struct literal *items;
	size_t count;
	size_t prefix;
};

/* Of those bytes that \b surely counts as part of a word. */
static inline bool literal_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}
/* How rare the bytes are in people's letters: about minus the binary logarithm of how often one
   meets them. */
unsigned literal_rarity(struct str bytes);

#define LITERAL_SETS 3

/* What a regex must hold: one of each set. No set: nothing is known, always search. */
struct literals {
	struct literal_set sets[LITERAL_SETS];
	size_t count;
};

/* Reads a regex that PCRE2 has accepted, as caseless. What it does not understand makes it know
   less, never more. 0 or -1 (memory). */
int literals_read(struct str regex, struct arena *arena, struct literals *out);

/* Case and white space made equal, at least as coarsely as PCRE2's caseless and a phrase's gaps:
   small letters of ASCII and Latin-1 (by their two bytes), each run of white space one blank. */
struct literal_text {
	struct buf bytes; /* and 8 NULs behind */
	/* Where white space was shortened: text at and behind `at` stands `shift` bytes later in
	   the source. */
	struct literal_shift {
		size_t at, shift;
	} * shifts;
	size_t shift_count, shift_cap;
	/* Where paragraphs begin behind an empty line, as text_break_up has them. */
	size_t *paragraphs;
	size_t paragraph_count, paragraph_cap;
};

void literal_text_finish(struct literal_text *t);
int literal_fold(struct str source, struct literal_text *out);
/* The first byte of the source that byte `at` may have come from. */
size_t literal_first(const struct literal_text *t, size_t at);

#endif
