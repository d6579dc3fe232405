/* Which of a message's clocks is used, and whether they agree (contract.md, Time). */
#include "base/clock.h"
#include "message/message_parse.h"

#define AGREE_WITHIN_US (15 * MINUTE_US)

void clocks_settle(struct clocks *c)
{
	static const enum clock_kind order[] = {
		CLOCK_RECEIVED, CLOCK_INTERNAL, CLOCK_DATE, CLOCK_SEEN};
	int64_t earliest = INT64_MAX, latest = INT64_MIN;
	c->used = CLOCK_SEEN;
	for (size_t i = sizeof(order) / sizeof(order[0]); i-- > 0;) {
		enum clock_kind kind = order[i];
		if (!c->has[kind])
			continue;
		c->used = kind;
		/* seen is when we looked, which may be years later */
		if (kind == CLOCK_SEEN)
			continue;
		if (c->at_us[kind] < earliest)
			earliest = c->at_us[kind];
		if (c->at_us[kind] > latest)
			latest = c->at_us[kind];
	}
	c->agreed = earliest <= latest && latest - earliest <= AGREE_WITHIN_US;
}
