/* From the octets of a text part to UTF-8. */
#ifndef OVERSTEP_MESSAGE_PART_TEXT_H
#define OVERSTEP_MESSAGE_PART_TEXT_H

#include "model/message.h"

enum transfer { TRANSFER_NONE, TRANSFER_BASE64, TRANSFER_QUOTED_PRINTABLE };

/* Sets part->content from the body's octets and part->type and part->charset. -1: out of memory. */
int part_text_decode(struct arena *a, struct str octets, enum transfer transfer, struct part *part);

#endif
