/* Counts how often each of many hashes was met. */
#ifndef OVERSTEP_DAEMON_APP_SUM_COUNT_H
#define OVERSTEP_DAEMON_APP_SUM_COUNT_H

#include "base/crypto.h"
#include <stddef.h>

struct sum_count {
	struct sha256 sum;
	uint64_t count; /* 0: the slot is free */
};

/* Zero-initialised is empty. */
struct sum_counts {
	struct sum_count *slots; /* a power of two of them, at most half full */
	size_t slot_count, used;
};

/* How often it was met, this time included; 0 without memory. */
uint64_t sum_counts_add(struct sum_counts *c, const struct sha256 *sum);
/* How often it was met. */
uint64_t sum_counts_of(const struct sum_counts *c, const struct sha256 *sum);
void sum_counts_finish(struct sum_counts *c);

#endif
