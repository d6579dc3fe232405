/* The tables of a prefilter: made by prefilter_build.c, read by prefilter.c. */
#ifndef OVERSTEP_RULES_PREFILTER_INDEX_H
#define OVERSTEP_RULES_PREFILTER_INDEX_H

#include "prefilter.h"
#include <string.h>

/* A literal is looked for by one gram: the rarest eight, four, three or two bytes of it. */
#define GRAM_CLASSES 4
#define GRAM_BYTES_MAX 8u
extern const unsigned gram_sizes[GRAM_CLASSES];

#define NO_ENTRY UINT32_MAX

/* One distinct literal. */
struct entry {
	struct literal literal;
	uint64_t head;      /* its first eight bytes: most are told apart by them */
	uint32_t gram_at;   /* where its gram stands in it */
	uint32_t next;      /* entry with the same gram, or NO_ENTRY */
	uint32_t member_at; /* targets whose first set it is of: index into members, and how many */
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

/* A text is cut into so many blocks of one size: places are a set of bits. */
#define BLOCKS 64
#define BLOCK_BITS_MIN 4u

/* Another set that a pattern needs beside its first. */
struct need {
	size_t prefix;
	uint32_t entry_at, entry_count; /* its literals: index into need_entries, and how many */
};

/* A pattern. Its first set, the rarest, is looked for in every text, the others only where that
   one was seen. */
struct target {
	uint32_t rule, pattern;
	size_t prefix; /* of the first set */
	uint32_t need_at, need_count;
	uint64_t blocks; /* of the text at hand in which a match may begin */
};

struct prefilter {
	struct target *targets;
	size_t target_count, target_cap;
	struct need *needs;
	size_t need_count, need_cap;
	struct entry *entries;
	size_t entry_count;
	uint32_t *members; /* targets, by entry */
	uint32_t *need_entries;
	uint32_t *always; /* targets without sets */
	size_t always_count, always_cap;
	struct gram_class classes[GRAM_CLASSES];
	/* of the run at hand */
	struct literal_text text;
	unsigned block_bits; /* a block is 2^block_bits bytes of it */
	unsigned char
		paragraph_of[BLOCKS]; /* the block where that of a block's first byte begins */
	uint64_t *seen; /* by entry: the blocks in which it begins; all 0 between runs */
	uint32_t *seen_entries;
	size_t seen_count;
	uint32_t *touched; /* targets with blocks */
	size_t touched_count;
};

static inline uint64_t gram_load(const char *bytes, size_t size)
{
	uint64_t gram = 0;
	memcpy(&gram, bytes, size);
	return gram;
}

/* The first `size` bytes of a gram, 1 to 8. */
static inline uint64_t gram_mask(size_t size)
{
	return UINT64_MAX >> (64 - 8 * size);
}

/* Multiplicative hashing (Knuth): the top bits are the good ones. */
static inline uint64_t gram_hash(uint64_t gram, unsigned bits)
{
	return gram * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits);
}

#endif
