/* Is what somebody quotes of me what I wrote? A neutral note, never part of any figure. */
#ifndef OVERSTEP_JUDGE_QUOTATION_H
#define OVERSTEP_JUDGE_QUOTATION_H

#include "base/arena.h"
#include "base/error.h"
#include "model/text.h"

/* Words that differ between two that agree, half-open byte ranges of both texts; one of them may be
   empty: words were added, or taken out. With a few of the words around them. */
struct quote_difference {
	size_t theirs_start, theirs_end;
	size_t mine_start, mine_end;
	struct str theirs, mine; /* as shown; in the arena */
};

struct quote_differences {
	struct arena arena;
	struct quote_difference *items;
	size_t count;
	bool compared; /* false: nothing of mine is quoted in it, or it is too long */
};
void quote_differences_finish(struct quote_differences *d);

/* Compares what is quoted in a message of theirs with a message of mine. Case, white space, line
   breaks, punctuation, links, signatures and what is left out at either end or by whole lines are
   no differences. out must be zero. Fails: ERROR_MEMORY. */
int quote_compare(const struct text *theirs, const struct text *mine, struct quote_differences *out,
	struct error *err);

#endif
