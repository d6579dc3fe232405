/* Growing arrays of any struct: one function, so that each array stays a plain pointer and count.
 */
#ifndef OVERSTEP_BASE_ARRAY_H
#define OVERSTEP_BASE_ARRAY_H

#include <stddef.h>

/* Makes room for one more item in the heap array *items (a pointer to the array's pointer) that
   holds `count` and has room for *cap. 0, or -1 when out of memory (nothing changed).
	   if (array_room(&x->items, x->count, &x->cap, sizeof(*x->items)) < 0) ...
	   x->items[x->count++] = item; */
int array_room(void *items, size_t count, size_t *cap, size_t item_size);

#endif
