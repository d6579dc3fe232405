/* The tables of a prefilter: made by prefilter_build.c, read by prefilter.c. */
#ifndef OVERSTEP_RULES_PREFILTER_INDEX_H
#define OVERSTEP_RULES_PREFILTER_INDEX_H

#include "prefilter.h"
#include <string.h>

/* A literal is looked for by one gram: the rarest eight, four, three or two bytes of it. */
#define GRAM_CLASSES 4
extern const unsigned gram_sizes[GRAM_CLASSES];

#define NO_ENTRY UINT32_MAX

/* One distinct literal. */
struct entry {
	struct literal literal;
	uint32_t gram_at;   /* where its gram stands in it */
	uint32_t next;      /* entry with the same gram, or NO_ENTRY */
	uint32_t member_at; /* its sets: index into members, and how many */
	uint32_t member_count;
};

struct slot {
	uint64_t gram;
	uint32_t entry; /* NO_ENTRY: not used */
};

/* The grams of one size. */
struct gram_class {
	uint64_t *bitmap; /* of 2^bitmap_bits bits, by hash; NULL: no gram of this size */
	unsigned bitmap_bits;
	struct slot *slots; /* 2^slot_bits, open addressing */
	unsigned slot_bits;
};

/* One required set of a pattern, and where its literals were seen in the text at hand. */
struct need {
	uint32_t target;
	size_t prefix;
	uint64_t seen; /* the run in which first and last hold */
	size_t first, last;
};

/* A pattern, and how many of its needs were seen in the text at hand. */
struct target {
	uint32_t rule, pattern;
	uint32_t need_at, need_count;
	uint64_t seen;
	uint32_t met;
};

struct prefilter {
	struct target *targets;
	size_t target_count, target_cap;
	struct need *needs;
	size_t need_count, need_cap;
	struct entry *entries;
	size_t entry_count;
	uint32_t *members; /* needs, by entry */
	uint32_t *always;  /* targets without needs */
	size_t always_count;
	struct gram_class classes[GRAM_CLASSES];
	/* of the run at hand */
	uint64_t run;
	struct literal_text text;
	uint32_t *places; /* where a bitmap says to look closer */
	size_t place_cap;
	uint32_t *touched; /* targets with a need that was met */
	size_t touched_count;
};

static inline uint64_t gram_load(const char *bytes, unsigned size)
{
	uint64_t gram = 0;
	memcpy(&gram, bytes, size);
	return gram;
}

/* Multiplicative hashing (Knuth): the top bits are the good ones. */
static inline uint64_t gram_hash(uint64_t gram, unsigned bits)
{
	return gram * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits);
}

#endif
