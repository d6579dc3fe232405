/* What one chat's export has in its conversations, counted on the disk while it is taken in: memory
   stays the same however many messages there are. */
#ifndef OVERSTEP_INDEX_EXPORT_LINES_H
#define OVERSTEP_INDEX_EXPORT_LINES_H

#include "base/crypto.h"
#include "base/error.h"
#include <stddef.h>

struct export_lines;

/* In a file of the system's that has no name, and holds no words. Fails: ERROR_TEMPORARY (the disk
   is full), ERROR_SYSTEM, ERROR_MEMORY; so do all below. */
int export_lines_open(struct export_lines **out, struct error *err);
void export_lines_close(struct export_lines *l);

struct line_count {
	uint64_t times; /* how often the conversation has had it by now */
	bool has_here;
	uint64_t here; /* as was noted before */
};
/* One line more of that sum, of a conversation that the caller numbers. */
int export_lines_add(struct export_lines *l, size_t conversation, const struct sha256 *sum,
	struct line_count *out, struct error *err);
/* One more, which is the very one that is here already by another sum: it counts, and is not given.
 */
int export_lines_pair(
	struct export_lines *l, size_t conversation, const struct sha256 *sum, struct error *err);
/* One more, of somebody whose lines are not asked for: it does not count, and is given last. */
int export_lines_other(
	struct export_lines *l, size_t conversation, const struct sha256 *sum, struct error *err);
/* How often the index has it, which is asked once for all of the same sum. */
int export_lines_note(struct export_lines *l, size_t conversation, const struct sha256 *sum,
	uint64_t here, struct error *err);
/* One less of them: 1, 0 when there is none left, -1. */
int export_lines_take(
	struct export_lines *l, size_t conversation, const struct sha256 *sum, struct error *err);

#endif
