/* Enums and their names: tables in which the index is the value. */
#ifndef OVERSTEP_MODEL_NAMES_H
#define OVERSTEP_MODEL_NAMES_H

#include "base/str.h"

/* Which of the `count` names it is; false when none. */
static inline bool name_find(struct str name, const char *const *names, size_t count, size_t *index)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(name, str_from(names[i]))) {
			*index = i;
			return true;
		}
	}
	return false;
}

#endif
