/* A message's header fields, as far as signatures need them. */
#ifndef OVERSTEP_DKIM_FIELDS_H
#define OVERSTEP_DKIM_FIELDS_H

#include "base/error.h"
#include "base/str.h"

struct field {
	struct str name; /* without blanks before the colon */
	struct str text; /* the whole field with its line ends */
	bool used;       /* by the signature that is looked at */
};

struct fields {
	struct field *items;
	size_t count, cap;
	struct str body;
};

/* Borrows from octets. A line that is no field belongs to none. Fails: ERROR_MEMORY. More than
   LIMIT_HEADERS_ALL fields or LIMIT_HEADER_BLOCK octets: *cut. */
int fields_read(struct str octets, struct fields *out, bool *cut, struct error *err);
void fields_finish(struct fields *f);

/* The last field of that name that is not used yet, and uses it; NULL: none (left). */
struct field *fields_take(struct fields *f, struct str name);
void fields_begin(struct fields *f);

#endif
