/* The names of marks, and what they make of a finding. */
#include "model/mark.h"

#include "names.h"

#include <assert.h>

static const char *const mark_names[MARK_COUNT] = {
	[MARK_NONE] = "none",
	[MARK_WRONG] = "wrong",
	[MARK_AGREED] = "agreed",
	[MARK_RIGHT] = "right",
	[MARK_AGREEMENT] = "agreement",
	[MARK_NOTE] = "note",
};

const char *const agreement_kinds[AGREEMENT_KINDS] = {"scope", "price", "hours"};

const char *mark_name(enum mark m)
{
	assert(m < MARK_COUNT);
	return mark_names[m];
}

bool mark_parse(struct str name, enum mark *out)
{
	size_t index;
	if (!name_find(name, mark_names, MARK_COUNT, &index))
		return false;
	*out = (enum mark)index;
	return true;
}

bool counts_against(enum rule_status status, struct str consent, enum mark mark)
{
	return status == RULE_LIVE && !consent.ptr && mark != MARK_WRONG && mark != MARK_AGREED;
}
