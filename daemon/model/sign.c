/* The names of the warning signs, the markers and the severities. */
#include "model/sign.h"

#include "names.h"

#include <assert.h>

const char *const sign_names[SIGN_COUNT] = {
	[SIGN_INSULT] = "insult",
	[SIGN_THREAT] = "threat",
	[SIGN_MANIPULATION] = "manipulation",
	[SIGN_URGENCY] = "urgency",
	[SIGN_SCOPE_CREEP] = "scope-creep",
	[SIGN_UNREASONABLE_DEMAND] = "unreasonable-demand",
	[SIGN_UNPAID_WORK] = "unpaid-work",
	[SIGN_LATE_PAYMENT] = "late-payment",
	[SIGN_HARMFUL_REQUEST] = "harmful-request",
	[SIGN_INDECISION] = "indecision",
	[SIGN_AFTER_HOURS] = "after-hours",
	[SIGN_UNSTEADY_WORK] = "unsteady-work",
	[SIGN_APOLOGY] = "apology",
	[SIGN_BOUNDARY] = "boundary",
	[SIGN_COURTESY] = "courtesy",
	[SIGN_REQUEST] = "request",
	[SIGN_IMMEDIATE] = "immediate",
	[SIGN_TODAY] = "today",
	[SIGN_PAYMENT] = "payment",
};

const char *sign_name(enum sign s)
{
	assert(s < SIGN_COUNT);
	return sign_names[s];
}

const char *sign_help(enum sign s)
{
	static const char *const help[SIGN_COUNT] = {
		[SIGN_INSULT] = "demeaning words for the person or the work",
		[SIGN_THREAT] = "lawyers, bad reviews, no pay unless",
		[SIGN_MANIPULATION] = "guilt, blame, denial, bait of future work",
		[SIGN_URGENCY] = "act now, tonight, this weekend; be reachable",
		[SIGN_SCOPE_CREEP] = "work beyond what was agreed; one more small change",
		[SIGN_UNREASONABLE_DEMAND] =
			"the impossible, the imperious; it only takes five minutes",
		[SIGN_UNPAID_WORK] = "free, for exposure, refusing to pay for hours worked",
		[SIGN_LATE_PAYMENT] = "excuses and broken promises to pay; my own reminders",
		[SIGN_HARMFUL_REQUEST] =
			"fake reviews, piracy, smear, tax tricks; never in the figure",
		[SIGN_INDECISION] = "nothing that could be acted on: make it pop",
		[SIGN_AFTER_HOURS] = "outside my hours: found by the clock, not by rules",
		[SIGN_UNSTEADY_WORK] = "work that comes and goes: found over many messages",
		[SIGN_APOLOGY] = "context: says sorry, which is to the sender's credit",
		[SIGN_BOUNDARY] = "context: my own words that tell hours or scope",
		[SIGN_COURTESY] = "context: leaves it until I am back",
		[SIGN_REQUEST] = "context: the sentence asks for something",
		[SIGN_IMMEDIATE] = "context: wanted before the next opening",
		[SIGN_TODAY] = "context: wanted by the end of the day",
		[SIGN_PAYMENT] = "context: the money has come, or has gone out",
	};
	assert(s < SIGN_COUNT);
	return help[s];
}

bool sign_parse(struct str slug, enum sign *out)
{
	size_t index;
	if (!name_find(slug, sign_names, SIGN_COUNT, &index))
		return false;
	*out = (enum sign)index;
	return true;
}

bool sign_is_marker(enum sign s)
{
	return s >= SIGN_FIRST_MARKER;
}

const char *severity_name(int severity)
{
	static const char *const names[] = {"note", "minor", "serious", "grave"};
	assert(severity >= 1 && severity <= 4);
	return names[severity - 1];
}
