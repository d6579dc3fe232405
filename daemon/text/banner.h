/* What a mail server puts above a stranger's mail: "This email originated from outside". */
#ifndef OVERSTEP_TEXT_BANNER_H
#define OVERSTEP_TEXT_BANNER_H

#include "lines.h"

/* Tags new lines at the very top as automatic where a server's warning wrote all of them: a line
   that says anything else stays the sender's. */
void banner_tag(struct lines *l);

#endif
