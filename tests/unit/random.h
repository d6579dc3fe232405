/* Random numbers for tests: the same ones everywhere. */
#ifndef TESTS_UNIT_RANDOM_H
#define TESTS_UNIT_RANDOM_H

#include <stdint.h>

/* xorshift64*; the state may be any number but 0. From 0 to limit - 1. */
static inline int random_below(uint64_t *state, int limit)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (int)(*state * UINT64_C(0x2545F4914F6CDD1D) >> 33) % limit;
}

#endif
