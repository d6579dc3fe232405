/* The index follows the archive, record by record: the same fold live and in `reindex`. */
#ifndef OVERSTEP_DAEMON_APP_CATCH_UP_H
#define OVERSTEP_DAEMON_APP_CATCH_UP_H

#include "app/store.h"

/* A record just appended by us, with what would have to be read again otherwise. */
struct appended {
	struct record record;
	const struct verdict *verdicts; /* of a findings record, else NULL */
	size_t verdict_count;
	const struct entry *entry; /* of a message, else NULL */
	const struct facts *facts; /* of a message, else NULL */
};

/* Empties an index whose newest record is none of this archive's: another copy of the archive was
   put in its place. */
int catch_up_check(struct store *s, struct error *err);
/* Folds the records that were just committed, which are the newest. */
int catch_up_with(struct store *s, struct appended *records, size_t count, struct error *err);

#endif
