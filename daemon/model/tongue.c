/* The languages in which the program speaks to its owner and writes in his name. */
#include "model/tongue.h"

const char *const tongue_codes[TONGUE_COUNT + 1] = {
	[TONGUE_EN] = "en",
	[TONGUE_SV] = "sv",
	[TONGUE_FR] = "fr",
};

bool tongue_parse(struct str code, enum tongue *out)
{
	for (int i = 0; i < TONGUE_COUNT; i++)
		if (str_eq(code, str_from(tongue_codes[i]))) {
			*out = (enum tongue)i;
			return true;
		}
	return false;
}
