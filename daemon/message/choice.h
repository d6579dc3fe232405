/* Which part of a multipart/alternative speaks for all. */
#ifndef OVERSTEP_MESSAGE_CHOICE_H
#define OVERSTEP_MESSAGE_CHOICE_H

#include "model/message.h"

/* Zero-initialise. */
struct choice {
	size_t start; /* the chosen child's range of parts */
	size_t end;
	int rank;
	bool made;
};

/* The next child, parts [start, end): text/plain that says something is taken before text/html
   that does; the first of equals stays. Marks the leaves that were not chosen. */
void choice_add(struct choice *c, struct part *parts, size_t start, size_t end);

#endif
