/* Quote marks in doubt: odd ones, lonely ones, lost ones. */
#ifndef OVERSTEP_TEXT_MARKS_H
#define OVERSTEP_TEXT_MARKS_H

#include "lines.h"

/* Where the block of lines from i ends that all carry the same mark other than ">": "Jane> ", "|",
   "--]"; i when there is none. */
size_t marks_odd_end(const struct lines *l, size_t i);

/* Does line i, whose mark is in doubt, stand without company? Then it is the writer's own. */
bool mark_lonely(const struct lines *l, size_t i);

/* Is line i without a mark the rest of the quoted line above it? *sure: it can be no answer. */
bool mark_lost(const struct lines *l, size_t i, bool *sure);

/* Does a quote begin at line i: with marks of any kind, or indented? */
bool marks_quote_at(const struct lines *l, size_t i);

#endif
