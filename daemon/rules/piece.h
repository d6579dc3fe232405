/* What every match of a piece of regex holds. */
#ifndef OVERSTEP_RULES_PIECE_H
#define OVERSTEP_RULES_PIECE_H

#include "literal.h"

/* A single letter is in every text. */
#define PIECE_SHORTEST 2
#define PIECE_NO_BOUND SIZE_MAX
/* Stands for \b in a string while it is read. */
#define PIECE_EDGE '\x01'

struct strings {
	struct str *items;
	size_t count;
};

/* exact: the piece matches these strings and nothing else. Otherwise each match holds one string of
   each required set, which begins at most `prefix` bytes behind the match's start. */
struct piece {
	bool exact;
	struct strings strings;
	struct required {
		struct strings strings;
		size_t prefix;
		int score;
	} required[LITERAL_SETS];
	size_t required_count;
	size_t max_bytes;
};

/* Memory of the pieces of one regex. */
struct pieces {
	struct arena arena;
	bool failed; /* out of it */
};

size_t bound_times(size_t bound, size_t times);
/* Nothing is known but its length. */
struct piece piece_any(size_t max_bytes);
struct piece piece_string(struct pieces *p, const char *bytes, size_t len, size_t max_bytes);
struct piece piece_empty(struct pieces *p);
struct piece piece_or(struct pieces *p, struct piece a, struct piece b);
/* Offers a required set to the piece, which keeps the best. */
void piece_require(struct piece *piece, struct strings strings, size_t prefix);

/* Pieces one behind the other: `run` is the product of the exact ones since `run_prefix`. */
struct sequence {
	struct piece whole;
	struct strings run;
	size_t run_prefix;
	bool broken; /* a piece was not exact, or the product grew too large */
};

void sequence_add(struct pieces *p, struct sequence *s, struct piece piece);
struct piece sequence_end(struct sequence *s);

/* The piece's required sets as literals, in memory that stays. 0 or -1 (memory). */
int piece_literals(const struct piece *piece, struct arena *arena, struct literals *out);

#endif
