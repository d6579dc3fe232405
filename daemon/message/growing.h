/* Arrays that grow inside an arena. */
#ifndef OVERSTEP_MESSAGE_GROWING_H
#define OVERSTEP_MESSAGE_GROWING_H

#include "base/arena.h"

/* Room for one item more behind the `count` of *items (a pointer to the array's pointer); the array
   only ever grows through here. The memory of the smaller array stays in the arena. 0, or -1 when
   out of memory. */
int growing_room(struct arena *a, void *items, size_t count, size_t item_size);

#endif
