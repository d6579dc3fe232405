/* The parts of a message: GMime finds them, their text is decoded here. */
#ifndef OVERSTEP_MESSAGE_PARTS_H
#define OVERSTEP_MESSAGE_PARTS_H

#include "model/message.h"

/* Fills out->parts from a message that scan let pass. The octets begin at the first header field,
   which is at `base` of the message. May set out->examined: bounds leave no parts, parts that
   nobody can read (encrypted) leave the others. -1: out of memory. */
int parts_read(struct str octets, size_t base, struct message *out);

/* The whole body as one text/plain part: a message without header fields. */
int parts_read_plain(struct str body, size_t base, struct message *out);

#endif
