/* The one change there is: texts and octets go, their hashes stay, and a record says so. */
#ifndef OVERSTEP_ARCHIVE_ERASE_H
#define OVERSTEP_ARCHIVE_ERASE_H

#include "base/error.h"
#include "base/str.h"

struct archive;

struct erasure {
	const uint64_t *seqs; /* ascending, each once, all of them with a text */
	size_t count;
	struct str by;  /* who asked */
	struct str why; /* may be absent */
};

/* Inside a transaction: appends erasure records, takes the texts of the records away, and the
   octets that no other record names (*octets counts them). A client whose last message goes keeps
   its number. Fails as archive_append; ERROR_NOT_FOUND for a record that is not there or erased. */
int archive_erase(struct archive *a, const struct erasure *e, size_t *octets, struct error *err);

#endif
