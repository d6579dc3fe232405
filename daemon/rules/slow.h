/* How slow a regex can be made. */
#ifndef OVERSTEP_RULES_SLOW_H
#define OVERSTEP_RULES_SLOW_H

#include "base/str.h"

struct slow {
	struct buf piece; /* what the text is made of, over and over; buf_finish it */
	size_t bytes;     /* of the text */
	uint64_t steps;   /* LIMIT_LINT_STEPS: that many or more */
	uint64_t half;    /* the steps on half of it */
};

/* Searches texts that are made to be hard for this regex, out of the words of how it was written.
   true and *out: one of them takes LIMIT_LINT_STEPS, or three times the steps and more of half of
   it, so that a long text takes for ever. Steps are pattern_steps: the same on every machine.
   *spent grows by all of them. */
bool regex_slow(struct str regex, struct str written, struct slow *out, uint64_t *spent);

#endif
