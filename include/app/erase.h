/* Messages erased with everything that is recorded of them. */
#ifndef OVERSTEP_APP_ERASE_H
#define OVERSTEP_APP_ERASE_H

#include "base/error.h"
#include "base/str.h"

struct store;

struct erase_plan {
	const uint64_t *seqs; /* messages and attachments, ascending, each once */
	size_t count;
	struct str by, why;
	bool dry; /* only count */
};

struct erase_outcome {
	size_t records; /* what goes: the messages, and findings, signatures, marks on them */
	size_t octets;  /* stored octet strings that nothing else needs; 0 when dry */
};

/* In one transaction. Findings records that speak of other messages, too, are written anew for
   those before they go. The index follows, and forgets the words in its free pages. Fails as
   archive_erase. */
int store_erase(struct store *s, const struct erase_plan *plan, struct erase_outcome *out,
	struct error *err);

#endif
