/* What the freelancer did, as names and values that every form shows. */
#include "own.h"

/* "3 hours", and days from two days on. */
static struct fill wait_of(const struct report_replies *replies)
{
	int64_t hours = (replies->median_min + 30) / 60;
	if (!replies->count)
		return fill_phrase(PHRASE_NONE);
	if (hours < 1)
		return fill_phrase(PHRASE_UNDER_AN_HOUR);
	return hours < 48 ? fill_counted(PHRASE_HOURS_COUNTED, (uint64_t)hours)
			  : fill_counted(PHRASE_DAYS, (uint64_t)(hours + 12) / 24);
}

void own_facts(const struct report_own *own, struct own_fact out[OWN_FACTS])
{
	const struct own_fact facts[OWN_FACTS] = {
		{PHRASE_OWN_SENT, fill_count(own->sent)},
		{PHRASE_OWN_OUTSIDE, fill_count(own->outside)},
		{PHRASE_OWN_NIGHT, fill_count(own->night)},
		{PHRASE_OWN_FINDINGS, fill_count(own->findings)},
		{PHRASE_OWN_REPLY, wait_of(&own->mine)},
		{PHRASE_THEIR_REPLY, wait_of(&own->theirs)},
	};
	for (size_t i = 0; i < OWN_FACTS; i++)
		out[i] = facts[i];
}
