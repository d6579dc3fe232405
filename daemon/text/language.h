/* What mailers write in a language: the tables behind the grammars of quotes and signatures. */
#ifndef OVERSTEP_TEXT_LANGUAGE_H
#define OVERSTEP_TEXT_LANGUAGE_H

#include "base/str.h"

enum header_kind {
	HEADER_FROM = 1 << 0,
	HEADER_TO = 1 << 1,
	HEADER_CC = 1 << 2,
	HEADER_DATE = 1 << 3,
	HEADER_SUBJECT = 1 << 4,
	HEADER_REPLY_TO = 1 << 5,
	HEADER_OTHER = 1 << 6,
};

struct header_label {
	const char *label; /* folded, without the colon */
	enum header_kind kind;
};

/* All phrases folded (lower case); lists end in NULL, labels in a NULL label. */
struct language {
	const char *const *verbs;     /* "wrote": of an attribution line */
	const char *const *pronouns;  /* right before or behind the verb: a person's sentence */
	const char *const *intros;    /* first word of an attribution: "on" */
	const char *const *originals; /* between dashes: "original message" */
	const char *const *forwards;  /* between dashes, or alone and ending in a colon */
	const struct header_label *labels;
	const char *const *mobiles;     /* "sent from my" at the start of a line */
	const char *const *mobile_ends; /* "gesendet" at the end of one that starts so below */
	const char *const *mobile_ended_starts;
	const char *const *excuses;     /* what may follow in a mobile signature: "typos" */
	const char *const *disclaimers; /* two of them in a paragraph make it one */
	const char *const *replies;     /* prefixes of subjects, with the colon */
	const char *const *forward_subjects;
};

extern const struct language language_en, language_sv, language_fr, language_de, language_es;
extern const struct language language_other;

/* All of the above, ends in NULL: nobody guesses a language here. */
extern const struct language *const languages[];

/* Does any language's list, picked by its offset in struct language, fit? */
typedef bool words_test(struct str line, const char *const *phrases);
bool languages_any(struct str line, size_t list_offset, words_test *test);
#define LANGUAGES_ANY(line, list, test) languages_any(line, offsetof(struct language, list), test)

#endif
