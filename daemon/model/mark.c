/* The names of marks. */
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
