/* Address lists of RFC 5322 and of real mail. */
#ifndef OVERSTEP_MESSAGE_ADDRESS_H
#define OVERSTEP_MESSAGE_ADDRESS_H

#include "base/arena.h"
#include "model/message.h"

/* Adds the addresses of a raw header value to *list (memory of the arena), as long as *list holds
   fewer than LIMIT_ADDRESSES; linear time, no recursion. Group names are dropped, their members
   stay; routes are dropped; comments count as a name where there is no other. An entry without an
   address keeps its name. 0, or -1 when out of memory. */
int addresses_parse(struct arena *a, struct str raw_value, struct addresses *list);

/* One address more; its strings are not copied. */
int addresses_add(struct arena *a, struct addresses *list, struct address address);

#endif
