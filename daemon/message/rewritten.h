/* Mail that a list sends on under its own name: "Jane via Projects <projects@lists.example>". */
#ifndef OVERSTEP_MESSAGE_REWRITTEN_H
#define OVERSTEP_MESSAGE_REWRITTEN_H

#include "model/message.h"

/* The fields in which lists leave a trace of who wrote it. */
struct traces {
	const struct addresses *original;        /* X-Original-From */
	const struct addresses *original_sender; /* X-Original-Sender, of Google Groups */
	const struct addresses *from, *reply_to, *cc;
};

/* Who wrote it, when From is a list's: X-Original-From if there. Else, of a From named "X via L",
   the first of: a Reply-To that leads elsewhere; X-Original-Sender; X among those in Cc (Mailman,
   whose Reply-To is the list's then); the author's address within the list's own
   (jane=acme.example@lists.example, of Groups.io). Appends to *out; names and addresses are
   borrowed from the lists given. -1: out of memory. */
int rewritten_author(struct arena *a, const struct traces *traces, struct addresses *out);

#endif
