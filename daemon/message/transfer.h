/* Base64 and quoted-printable, of bodies and of encoded words. */
#ifndef OVERSTEP_MESSAGE_TRANSFER_H
#define OVERSTEP_MESSAGE_TRANSFER_H

#include "base/str.h"

/* Bits that a base64 text has begun and not ended; zero-initialise. */
struct base64 {
	uint32_t bits;
	unsigned count; /* characters held in bits, 0 to 3 */
};

/* Appends the octets of a piece. What is no base64 is passed over; padding ends a group, and what
   follows it is read as the next text. */
void base64_add(struct base64 *b, struct str piece, struct buf *out);
void base64_end(struct base64 *b, struct buf *out);
bool base64_char(char c); /* of the alphabet, or padding */

/* RFC 2045, 6.7: malformed pieces stay as they are. */
void quoted_printable_decode(struct str text, struct buf *out);
/* RFC 2047, 4.2: the same with '_' for a space. */
void q_decode(struct str text, struct buf *out);

#endif
