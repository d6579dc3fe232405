/* Somebody else's word that a checkpoint existed: a record with their proof. */
#ifndef OVERSTEP_ARCHIVE_ANCHOR_H
#define OVERSTEP_ARCHIVE_ANCHOR_H

#include "base/error.h"
#include "model/record.h"

#define ANCHOR_RFC3161 "rfc3161" /* the octets are a TimeStampResp */
#define ANCHOR_COMMAND "command" /* what the user's anchor command printed */
#define ANCHOR_MAIL "mail"       /* a copy went to a mailbox elsewhere; there are no octets */

struct anchor {
	uint64_t records;  /* the checkpoint's */
	struct str kind;   /* ANCHOR_ */
	struct str source; /* the authority's URL, the program, the address */
	bool has_time;
	int64_t at_us;     /* as the authority states it */
	struct str signer; /* absent: unknown */
};

/* Fills *out (record_init'ed) for archive_append. Fails: ERROR_MEMORY. */
int anchor_write(const struct anchor *a, struct record *out, struct error *err);
/* From a record of type anchor; strings borrowed. Fails: ERROR_INTEGRITY. */
int anchor_read(const struct record *r, struct anchor *out, struct error *err);

#endif
