/* Where an earlier message begins without quote marks: below a title or a header block. */
#ifndef OVERSTEP_TEXT_BOUNDARY_H
#define OVERSTEP_TEXT_BOUNDARY_H

#include "lines.h"

/* "Original Message", a header block, or both. */
struct boundary {
	size_t end; /* where it ends; where it begins: there is none */
	enum span_kind kind;
	bool sure;   /* no person's list of "from:" and "to:" */
	bool marked; /* its header block has quote marks, and so has all that it is about */
};

/* At line i, if one is there. forwarding: the subject says that the message is forwarded. */
struct boundary boundary_at(const struct lines *l, size_t i, bool forwarding);

/* "----- Original Message -----", "Begin forwarded message:". SPAN_NEW when it is none. ruled: a
   rule stands above it. */
enum span_kind marker_kind(struct str line, bool ruled);

#endif
