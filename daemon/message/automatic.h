/* Was a message written by a machine, or sent to everybody? Its headers say so. */
#ifndef OVERSTEP_MESSAGE_AUTOMATIC_H
#define OVERSTEP_MESSAGE_AUTOMATIC_H

#include "headers.h"

/* facts.md, Text. A list's mail counts: words to a list are not words to me. A "no-reply" sender
   does not: ticket systems carry people's words under such names. */
bool header_says_automatic(const struct header *h);

#endif
