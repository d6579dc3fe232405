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

/* Of that language, by its offset in struct language; it may be NULL. */
static const char *const *list_of(const struct language *language, size_t offset)
{
	const char *const *phrases;
	memcpy(&phrases, (const char *)language + offset, sizeof(phrases));
	return phrases;
}

bool languages_any(struct str line, size_t list_offset, words_test *test)
{
	for (const struct language *const *l = languages; *l; l++) {
		const char *const *phrases = list_of(*l, list_offset);
		if (phrases && test(line, phrases))
			return true;
	}
	return false;
}

bool languages_have(struct str line, const struct word_starts *starts, size_t list_offset)
{
	for (const struct language *const *l = languages; *l; l++) {
		const char *const *phrases = list_of(*l, list_offset);
		if (phrases && words_starts_have(starts, line, phrases))
			return true;
	}
	return false;
}
