/* The word that somebody meant: the nearest candidate by Damerau-Levenshtein distance. */
#include "base/diag.h"

#include <string.h>

/* No name that we offer is longer. */
#define WORD_MAX 64
#define BEGINNING_LEAST 4

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, substitutions and swaps of neighbours, also with edits between the two
   (Lowrance and Wagner, 1975). Row and column 0 of `cost` are a wall that no path crosses. */
static unsigned distance(struct str a, struct str b)
{
	unsigned char cost[WORD_MAX + 2][WORD_MAX + 2];
	size_t last_row[256] = {0}; /* where in a each byte was last seen */
	const unsigned char wall = (unsigned char)(a.len + b.len);
	for (size_t i = 0; i <= a.len + 1; i++) {
		cost[i][0] = wall;
		cost[i][1] = i == 0 ? wall : (unsigned char)(i - 1);
	}
	for (size_t j = 1; j <= b.len + 1; j++) {
		cost[0][j] = wall;
		cost[1][j] = (unsigned char)(j - 1);
	}
	for (size_t i = 1; i <= a.len; i++) {
		size_t last_column = 0; /* where in b a[i] was last seen */
		for (size_t j = 1; j <= b.len; j++) {
			size_t row = last_row[(unsigned char)b.ptr[j - 1]], column = last_column;
			bool equal = a.ptr[i - 1] == b.ptr[j - 1];
			if (equal)
				last_column = j;
			unsigned best = cost[i][j] + !equal;
			best = least(best, cost[i + 1][j] + 1u);
			best = least(best, cost[i][j + 1] + 1u);
			best = least(best,
				cost[row][column] +
					(unsigned)((i - row - 1) + 1 + (j - column - 1)));
			cost[i + 1][j + 1] = (unsigned char)best;
		}
		last_row[(unsigned char)a.ptr[i - 1]] = i;
	}
	return cost[a.len + 1][b.len + 1];
}

/* The longest candidate that the word begins with: "username" for "user". Short ones begin too many
   words. */
static const char *beginning(struct str word, const char *const *candidates, size_t count)
{
	const char *longest = NULL;
	size_t most = BEGINNING_LEAST - 1;
	for (size_t i = 0; i < count; i++) {
		struct str candidate = str_from(candidates[i]);
		if (candidate.len > most && str_starts(word, candidate)) {
			most = candidate.len;
			longest = candidates[i];
		}
	}
	return longest;
}

const char *did_you_mean(struct str word, const char *const *candidates, size_t count)
{
	const char *nearest = NULL;
	unsigned bound = 1 + (unsigned)(word.len > WORD_MAX ? WORD_MAX : word.len) / 4;
	unsigned best = least(bound, 3) + 1;
	if (word.len == 0 || word.len > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		struct str candidate = str_from(candidates[i]);
		if (candidate.len > WORD_MAX)
			continue;
		unsigned away = distance(word, candidate);
		if (away < best) {
			best = away;
			nearest = candidates[i];
		}
	}
	return nearest ? nearest : beginning(word, candidates, count);
}
