/* Bodies that GMime gives no bounds for: of multiparts without parts, and of messages within. */
#ifndef OVERSTEP_MESSAGE_BODY_RANGE_H
#define OVERSTEP_MESSAGE_BODY_RANGE_H

#include "base/limits.h"
#include "base/str.h"

#include <gmime/gmime.h>

/* The boundaries of the multiparts around; zero-initialise. Strings are borrowed. */
struct enclosing {
	const char *boundaries[LIMIT_PART_DEPTH + 1];
	size_t count;
};

void enclosing_push(struct enclosing *e, const char *boundary);
void enclosing_pop(struct enclosing *e);

/* From behind an object's header block to the next of those boundaries, to which the line end
   before it belongs. The object was parsed from these octets. */
struct str body_of_object(struct str octets, GMimeObject *object, const struct enclosing *around);
struct str body_of_message(
	struct str octets, GMimeMessagePart *holder, const struct enclosing *around);

#endif
