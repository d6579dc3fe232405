/* Header blocks: the From:, Sent:, To:, Subject: lines that mailers put above an earlier message.
 */
#ifndef OVERSTEP_TEXT_HEADER_BLOCK_H
#define OVERSTEP_TEXT_HEADER_BLOCK_H

#include "lines.h"

/* Sets line.header of every line. */
void header_labels_find(struct lines *l);

/* How many lines the header block that begins at line i has; 0: none does. announced: a ruler, a
   border or "Original Message" stands above it, so less of it is enough. */
size_t header_block_lines(const struct lines *l, size_t i, bool announced);

#endif
