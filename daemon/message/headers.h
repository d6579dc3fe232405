/* The fields of a header block, one after the other, as they stand in the octets. */
#ifndef OVERSTEP_MESSAGE_HEADERS_H
#define OVERSTEP_MESSAGE_HEADERS_H

#include "base/str.h"

struct header {
	struct str name;
	struct str value; /* raw, with its folds; ends without white space */
};

/* Reads at most LIMIT_HEADER_BLOCK octets and LIMIT_HEADERS fields. Lines that are no field are
   passed over, as mail programs do; "From " before the first is an mbox's. */
struct header_reader {
	struct str octets;
	size_t at;    /* where the next line begins; behind the last one, where the body does */
	size_t first; /* where the first field begins, once there was one */
	size_t count;
	bool cut; /* a bound ended it at `at`, within the block */
};

void header_reader_init(struct header_reader *r, struct str octets);
bool header_next(struct header_reader *r, struct header *out);

/* "Subject: x" -> "Subject" and where its value begins; false for a line that is no field. */
bool header_line(struct str line, struct str *name, size_t *value);

/* The value without its line breaks; appends. */
void header_unfold(struct str raw_value, struct buf *out);

/* Does the field hold addresses? */
bool header_has_addresses(struct str name);

#endif
