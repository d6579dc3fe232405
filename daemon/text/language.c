/* The list of languages, and asking all of them at once. */
#include "language.h"

#include <string.h>

const struct language *const languages[] = {
	&language_en,
	&language_sv,
	&language_fr,
	&language_de,
	&language_es,
	&language_da,
	&language_no,
	&language_fi,
	&language_nl,
	&language_it,
	&language_pt,
	&language_pl,
	&language_other,
	NULL,
};

bool languages_any(struct str line, size_t list_offset, words_test *test)
{
	for (const struct language *const *l = languages; *l; l++) {
		const char *const *phrases;
		memcpy(&phrases, (const char *)*l + list_offset, sizeof(phrases));
		if (phrases && test(line, phrases))
			return true;
	}
	return false;
}
