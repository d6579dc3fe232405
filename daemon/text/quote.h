/* Whose words are these lines? */
#ifndef OVERSTEP_TEXT_QUOTE_H
#define OVERSTEP_TEXT_QUOTE_H

#include "lines.h"

/* Sets kind and unsure of every line. forwarding: the subject says that the message is forwarded,
   so that the text below a header block is a forwarded one. Lines must be prepared. */
void quote_tag(struct lines *l, bool forwarding);

#endif
