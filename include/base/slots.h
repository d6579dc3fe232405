/* Text with names in braces, filled in with what is known. */
#ifndef OVERSTEP_BASE_SLOTS_H
#define OVERSTEP_BASE_SLOTS_H

#include "base/str.h"

struct slot {
	const char *name; /* "hours" for {hours} */
	struct str words; /* absent: not known */
};

/* The name in the braces that s begins with, of letters and '_'; false when there is none. */
bool slot_at(struct str s, struct str *name);

/* Appends the text with its slots filled, line ends as they are. A sentence that names what is not
   known is left out; braces that are no slot stay. false: nothing is left. */
bool slots_fill(const struct slot *slots, size_t count, struct str text, struct buf *out);

#endif
