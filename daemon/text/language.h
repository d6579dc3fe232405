/* What mailers write in a language: the tables behind the grammars of quotes and signatures. */
#ifndef OVERSTEP_TEXT_LANGUAGE_H
#define OVERSTEP_TEXT_LANGUAGE_H

#include "words.h"

enum header_kind {
	HEADER_FROM,
	HEADER_TO,
	HEADER_CC,
	HEADER_DATE,
	HEADER_SUBJECT,
	HEADER_REPLY_TO,
	HEADER_OTHER,
	HEADER_KINDS,
};

/* Lists of phrases, folded (lower case); each ends in NULL, and may itself be NULL. */
struct language {
	const char *const *verbs;     /* "wrote": of an attribution line */
	const char *const *pronouns;  /* right before or behind the verb: a person's sentence */
	const char *const *intros;    /* first word of an attribution: "on", "monday" */
	const char *const *originals; /* between dashes: "original message" */
	const char *const *forwards;  /* between dashes, or alone and ending in a colon */
	const char *const *pointers;  /* to what the sender says further down: "answers below" */
	const char *const *labels[HEADER_KINDS]; /* without the colon */
	const char *const *mobiles;              /* "sent from" at the start of a line */
	const char *const *mobile_ends;          /* "gesendet" at the end of one that starts so: */
	const char *const *mobile_ended_starts;
	const char *const *devices;    /* one of them, or a product, is what it was sent from */
	const char *const *excuses;    /* what may follow in a mobile signature: "typos" */
	const char *const *addressees; /* a legal notice has one: "intended recipient", and */
	const char *const *secrets;    /* one more, or one of these: "confidential" */
	const char *const *replies;    /* prefixes of subjects, without the colon */
	const char *const *forward_subjects;
	const char *const *alarms;  /* the whole of a sentence above a stranger's mail: "caution" */
	const char *const *banners; /* a server's warning begins so: "this email originated from" */
	const char *const *banner_advice; /* and may go on so */
};

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

extern const struct language language_en, language_sv, language_fr, language_de, language_es,
	language_da, language_no, language_fi, language_nl, language_it, language_pt, language_pl;
extern const struct language language_other; /* several more, briefly */

/* All of the above, ends in NULL: nobody guesses a language here. */
extern const struct language *const languages[];

/* Does any language's list, picked by its offset in struct language, fit? */
typedef bool words_test(struct str line, const char *const *phrases);
bool languages_any(struct str line, size_t list_offset, words_test *test);
#define LANGUAGES_ANY(line, list, test) languages_any(line, offsetof(struct language, list), test)
/* The same for a phrase anywhere in the line. */
bool languages_have(struct str line, const struct word_starts *starts, size_t list_offset);
#define LANGUAGES_HAVE(line, starts, list)                                                         \
	languages_have(line, starts, offsetof(struct language, list))

#endif
