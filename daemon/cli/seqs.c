/* Sets of records. */
#include "base/array.h"
#include "export.h"
#include <stdlib.h>

int seqs_add(struct seqs *s, uint64_t seq, struct error *err)
{
	if (array_room(&s->items, s->count, &s->cap, sizeof(*s->items)) < 0)
		return error_memory(err);
	s->items[s->count++] = seq;
	return 0;
}

static int by_number(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
	return (a > b) - (a < b);
}

void seqs_sort(struct seqs *s)
{
	size_t kept = 0;
	if (s->count)
		qsort(s->items, s->count, sizeof(*s->items), by_number);
	for (size_t i = 0; i < s->count; i++)
		if (!kept || s->items[i] != s->items[kept - 1])
			s->items[kept++] = s->items[i];
	s->count = kept;
}

bool seqs_hold(const struct seqs *sorted, uint64_t seq)
{
	return sorted->count &&
		bsearch(&seq, sorted->items, sorted->count, sizeof(seq), by_number) != NULL;
}
