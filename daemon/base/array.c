/* Growing arrays of any struct. */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int array_room(void *items, size_t count, size_t *cap, size_t item_size)
{
	if (count < *cap)
		return 0;
	if (*cap > SIZE_MAX / 2 / item_size)
		return -1;
	size_t wanted = *cap ? *cap * 2 : 8;
	/* `items` points to a pointer of some type: copied as bytes, because a void ** to it
	   would break aliasing. */
	void *old;
	memcpy(&old, items, sizeof(old));
	void *grown = realloc(old, wanted * item_size);
	if (!grown)
		return -1;
	memcpy(items, &grown, sizeof(grown));
	*cap = wanted;
	return 0;
}
