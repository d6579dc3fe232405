/* The octets of a mail as whoever looks for words in them may read them. */
#ifndef OVERSTEP_MESSAGE_LAYERS_H
#define OVERSTEP_MESSAGE_LAYERS_H

#include "base/error.h"
#include "base/str.h"

/* Appends what the octets hold once quoted-printable is read, wherever it stands; encoded words of
   a header too. A pure walk that follows no structure: what a parser would not reach is there. */
void layer_quoted(struct str octets, struct buf *out);
/* The same of base64: of whole lines that follow each other, and of encoded words. */
void layer_base64(struct str octets, struct buf *out);
/* The same of parameters (RFC 2231): %5A, and without what joins the pieces of one. */
void layer_parameters(struct str octets, struct buf *out);

/* The same of JSON's escapes, which the messages of many chats have: \n, \", \u00e9. */
void layer_escapes(struct str octets, struct buf *out);
/* The same where \u00c3\u00a9 are the octets of é, as Messenger writes them. */
void layer_escaped_octets(struct str octets, struct buf *out);

/* An answer other than 0 ends the walk. */
typedef int layer_visit(void *context, struct str form, struct error *err);
/* Shows the octets as they are and as each of these reads them; what base64 holds, again so, down
   to LIMIT_LAYERS. What visit answered, 0, -1 (also ERROR_MEMORY). */
int layers_walk(struct str octets, layer_visit *visit, void *context, struct error *err);

/* The next charset that is named at or behind *at: in a parameter, an encoded word, HTML. */
bool layer_next_charset(struct str octets, size_t *at, struct str *name);
/* Appends all of it as UTF-8 from that charset; false: nobody here knows it. */
bool layer_charset(struct str charset, struct str octets, struct buf *out);

#endif
