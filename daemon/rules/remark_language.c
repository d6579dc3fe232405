/* Tells by its small words in what language an example is, when that is not its rule's. */
#include "phrase.h"
#include "remark.h"

/* Words of one of these languages only. */
static const struct {
	const char *lang;
	const char *words; /* between blanks */
} languages[] = {
	{"en",
		" the and you are we with this that please your have would can not it of they for "
		"is do to our "},
	{"sv",
		" och att jag inte på som ni kan har ett det så till från är vi din ditt era vår "
		"för "},
	{"fr",
		" et est vous nous pas je une avec dans votre les sont c'est qui mais pour le des "
		"ne au du cette "},
	{"de",
		" und ist nicht sie wir ich mit ein eine auf bitte das der haben sind wird noch uns "
		"können die zu "},
	{"es",
		" los las y por una usted está muy pero el del lo qué gracias su con para nos "
		"puede les "},
};
#define LANGUAGES (sizeof(languages) / sizeof(*languages))
#define WORDS_ENOUGH 2

static size_t count_words(struct str words, size_t language)
{
	struct str rest = words, word;
	size_t count = 0, at;
	while (str_split(&rest, ' ', &word)) {
		struct buf token = {0};
		while (word.len > 0 &&
			(word.ptr[word.len - 1] == '.' || word.ptr[word.len - 1] == ',' ||
				word.ptr[word.len - 1] == '?'))
			word.len--;
		buf_add_format(&token, " %.*s ", STR_ARG(word));
		count += word.len > 0 && !token.failed &&
			str_find(str_from(languages[language].words), buf_str(&token), &at);
		buf_finish(&token);
	}
	return count;
}

const char *language_instead_of(struct str text, struct str own)
{
	struct buf plain = {0};
	const char *found = NULL;
	size_t most = WORDS_ENOUGH - 1, known = LANGUAGES;
	words_plain(text, false, &plain);
	for (size_t i = 0; i < LANGUAGES; i++)
		if (str_eq(own, str_from(languages[i].lang)))
			known = i;
	if (known < LANGUAGES && count_words(buf_str(&plain), known) == 0) {
		for (size_t i = 0; i < LANGUAGES; i++) {
			size_t count = count_words(buf_str(&plain), i);
			if (count > most) {
				most = count;
				found = languages[i].lang;
			}
		}
	}
	buf_finish(&plain);
	return found;
}
