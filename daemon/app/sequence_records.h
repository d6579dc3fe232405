/* What sequences find anew in one client's history, and the records that say so. */
#ifndef OVERSTEP_DAEMON_APP_SEQUENCE_RECORDS_H
#define OVERSTEP_DAEMON_APP_SEQUENCE_RECORDS_H

#include "app/sequences.h"

struct indexed_sequence;

/* One client, and what is to be appended for it. */
struct difference {
	struct arena arena;
	struct str client;
	struct sequence_findings found;
	struct indexed_sequence *standing;
	size_t standing_count;
	bool *known;   /* by found: it stands already */
	bool *kept;    /* by standing: it goes on standing */
	bool left_out; /* older messages were not looked at */
};

/* Inside a transaction of the archive: a record for each that is found and not known, and for those
   that stand no longer. seqs: by found, the records made. Counts in *out. Fails as archive_append.
 */
int difference_append(struct store *s, struct difference *d, uint64_t *seqs,
	struct sequences_outcome *out, struct error *err);

#endif
