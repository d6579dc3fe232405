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
};

const char *sign_name(enum sign s)
{
	assert(s < SIGN_COUNT);
	return sign_names[s];
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
