/* The rows of a statement as an array. */
#include "rows.h"

#include <string.h>

int rows_collect(struct index *x, sqlite3_stmt *s, size_t item_size, row_fill *fill,
	struct arena *arena, void *items, size_t *count, struct error *err)
{
	struct buf rows = {0};
	bool full = false;
	size_t made = 0;
	int step = SQLITE_DONE;
	while (!full && (step = sqlite3_step(s)) == SQLITE_ROW) {
		char *item = buf_reserve(&rows, item_size);
		if (!item)
			break;
		memset(item, 0, item_size);
		fill(s, arena, &full, item);
		rows.len += item_size;
		made++;
	}
	char *kept = arena_array(arena, made, item_size);
	full |= rows.failed || !kept;
	if (!full && made)
		memcpy(kept, rows.ptr, rows.len);
	buf_finish(&rows);
	int result = full             ? error_memory(err)
		: step == SQLITE_DONE ? 0
				      : index_failed(x, "read the index", err);
	sqlite3_reset(s);
	if (!result) {
		memcpy(items, &kept, sizeof(kept));
		*count = made;
	}
	return result;
}

void row_fill_str(sqlite3_stmt *s, struct arena *arena, bool *full, void *item)
{
	*(struct str *)item = column_str(s, 0, arena, full);
}
