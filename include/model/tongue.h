/* The languages in which the program speaks to its owner and writes in his name. */
#ifndef OVERSTEP_MODEL_TONGUE_H
#define OVERSTEP_MODEL_TONGUE_H

#include "base/str.h"

enum tongue { TONGUE_EN, TONGUE_SV, TONGUE_FR, TONGUE_COUNT };

/* "en", as in a page's lang; NULL behind the last. */
extern const char *const tongue_codes[TONGUE_COUNT + 1];
bool tongue_parse(struct str code, enum tongue *out);

#endif
