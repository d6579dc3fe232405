/* Doubles an array whenever its count is a power of two. */
#include "growing.h"

#include <string.h>

int growing_room(struct arena *a, void *items, size_t count, size_t item_size)
{
	void *old, *new;
	if (count != 0 && (count < 4 || (count & (count - 1)) != 0))
		return 0;
	memcpy(&old, items, sizeof(old));
	new = arena_array(a, count ? count * 2 : 4, item_size);
	if (!new)
		return -1;
	if (count)
		memcpy(new, old, count * item_size);
	memcpy(items, &new, sizeof(new));
	return 0;
}
