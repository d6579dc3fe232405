/* Mail that a list sends on under its own name: "Jane via Projects <projects@lists.example>". */
#ifndef OVERSTEP_MESSAGE_REWRITTEN_H
#define OVERSTEP_MESSAGE_REWRITTEN_H

#include "model/message.h"

/* Who wrote it, when From is a list's: X-Original-From if there, else the Reply-To of a From named
   "X via L" when it leads elsewhere. Appends to *out; names and addresses are borrowed from the
   lists given. -1: out of memory. */
int rewritten_author(struct arena *a, const struct addresses *original,
	const struct addresses *from, const struct addresses *reply_to, struct addresses *out);

#endif
