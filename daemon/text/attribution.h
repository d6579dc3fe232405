/* Attribution lines: "On Monday Jane wrote:", in one line or wrapped over several. */
#ifndef OVERSTEP_TEXT_ATTRIBUTION_H
#define OVERSTEP_TEXT_ATTRIBUTION_H

#include "lines.h"

/* Sets line.attribution and attribution_sure where one begins. Unsure ones are attributions only
   if a marked quote follows. Lines must be prepared. */
void attributions_find(struct lines *l);

#endif
