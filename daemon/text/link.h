/* Links that a mail gateway has wrapped, so that clicks go by it first. */
#ifndef OVERSTEP_TEXT_LINK_H
#define OVERSTEP_TEXT_LINK_H

#include "base/str.h"

/* The first link of Microsoft's Safe Links in a line: *start and *end of it, and in *target where
   it leads, which is shorter. One whose target cannot be read, or is no web address of printable
   ASCII, is passed over as it stands. Check target->failed. */
bool link_unwrap(struct str line, size_t *start, size_t *end, struct buf *target);

#endif
