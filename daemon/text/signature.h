/* Signatures below the sender's own words. */
#ifndef OVERSTEP_TEXT_SIGNATURE_H
#define OVERSTEP_TEXT_SIGNATURE_H

#include "lines.h"

/* Turns new lines into signature where they surely are one, and makes those unsure that stand
   where a signature would. A name under "Regards" stays new: it is no harm there, and a guess. */
void signature_tag(struct lines *l);

#endif
