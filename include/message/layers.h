/* The octets of a mail as whoever looks for words in them may read them. */
#ifndef OVERSTEP_MESSAGE_LAYERS_H
#define OVERSTEP_MESSAGE_LAYERS_H

#include "base/str.h"

/* Appends what the octets hold once quoted-printable is read, wherever it stands; encoded words of
   a header too. A pure walk that follows no structure: what a parser would not reach is there. */
void layer_quoted(struct str octets, struct buf *out);
/* The same of base64: of whole lines that follow each other, and of encoded words. */
void layer_base64(struct str octets, struct buf *out);
/* The same of HTML: without its tags, which may stand inside a word, and with characters that are
   written as numbers. What is no HTML may lose what stands between < and >. */
void layer_markup(struct str octets, struct buf *out);

#endif
