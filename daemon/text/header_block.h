/* Header blocks: the From:, Sent:, To:, Subject: lines that mailers put above an earlier message.
 */
#ifndef OVERSTEP_TEXT_HEADER_BLOCK_H
#define OVERSTEP_TEXT_HEADER_BLOCK_H

#include "lines.h"

struct header_block {
	size_t lines; /* 0: there is none */
	bool sure; /* an address or a time stands in it: people who fill in a form leave them out */
};

/* Sets line.header of every line. */
void header_labels_find(struct lines *l);

/* The header block that begins at line i. announced: a ruler, a border or "Original Message" stands
   above it, so less of it is enough. */
struct header_block header_block_at(const struct lines *l, size_t i, bool announced);

#endif
