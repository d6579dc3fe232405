/* Where a burst of chat lines begins. */
#include "model/burst.h"

bool burst_begins(struct burst *b, int64_t at_us, int64_t day)
{
	if (b->any && day == b->day && at_us - b->first_at_us < BURST_US)
		return false;
	*b = (struct burst){true, at_us, day};
	return true;
}
