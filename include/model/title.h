/* What a rule says that it finds, in each language of the pages. */
#ifndef OVERSTEP_MODEL_TITLE_H
#define OVERSTEP_MODEL_TITLE_H

#include "model/tongue.h"

struct rule_title {
	struct str written;          /* as records have it, in whatever language the rule is */
	struct str in[TONGUE_COUNT]; /* absent: not translated, `written` stands for it */
	bool sequence;               /* records tell behind it what is looked for, in brackets */
};

#endif
