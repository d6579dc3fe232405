/* The rows of a statement as an array. */
#ifndef OVERSTEP_DAEMON_INDEX_ROWS_H
#define OVERSTEP_DAEMON_INDEX_ROWS_H

#include "database.h"

/* Fills one item (zeroed, of the size given to rows_collect) from the row that s stands on. *full
   is set when there is no memory. */
typedef void row_fill(sqlite3_stmt *s, struct arena *arena, bool *full, void *item);

/* Steps s to its end and resets it; *items is in arena. Fails as index_failed. */
int rows_collect(struct index *x, sqlite3_stmt *s, size_t item_size, row_fill *fill,
	struct arena *arena, void *items, size_t *count, struct error *err);

/* For arrays of struct str: the first column. */
void row_fill_str(sqlite3_stmt *s, struct arena *arena, bool *full, void *item);

#endif
