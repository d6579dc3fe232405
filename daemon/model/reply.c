/* What the reply of a rule may name in braces. */
#include "model/reply.h"

const char *const reply_slot_names[REPLY_SLOTS] = {
	[REPLY_AMOUNT] = "amount",
	[REPLY_DAY] = "day",
	[REPLY_HOURS] = "hours",
	[REPLY_OPENING] = "opening",
	[REPLY_ITEM] = "item",
	[REPLY_DATE] = "date",
	[REPLY_NAME] = "name",
	[REPLY_ME] = "me",
};
