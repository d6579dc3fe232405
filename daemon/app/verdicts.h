/* What was judged of messages, as a findings record says it. */
#ifndef OVERSTEP_DAEMON_APP_VERDICTS_H
#define OVERSTEP_DAEMON_APP_VERDICTS_H

#include "app/store.h"

/* Appends the record's blob (index/index.h has its form), by the rules and terms of the store. */
void verdicts_write(const struct store *s, const struct verdict *v, size_t count, struct buf *blob);

/* Appends a record inside a transaction of the archive; on trial it goes into the index's trial and
   nowhere else. Fails as archive_append and index_fold. */
int store_put(struct store *s, struct record *record, struct str blob, struct error *err);

/* Appends a findings record of verdicts, inside a transaction of the archive. */
int store_append_verdicts(
	struct store *s, const struct verdict *v, size_t count, struct error *err);

#endif
