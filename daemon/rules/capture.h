/* Classes of words with a meaning: {amount} and {day} in a phrase or a regex, and what they
 * stand for in a message. */
#ifndef OVERSTEP_RULES_CAPTURE_H
#define OVERSTEP_RULES_CAPTURE_H

#include "model/captured.h"
#include "pattern.h"
#include "subject.h"

enum capture { CAPTURE_AMOUNT, CAPTURE_DAY, CAPTURE_COUNT };

extern const char *const capture_names[CAPTURE_COUNT];

/* "{amount}" or "{day}" at the beginning of s: 1, *out and its length in *len. 0: no name in braces
   ("{2,3}", "{"). -1: a name in braces that is none of these. */
int capture_at(struct str s, enum capture *out, size_t *len);
/* What is wrong with the name in braces that s begins with: "unknown class '{dya}' (did you mean
   '{day}'?)". */
void capture_mistake(struct str s, char *out, size_t size);

/* Appends the class as a group of its name, which calls what captures_define defines. */
void capture_add(enum capture c, struct buf *regex);

/* The words of the classes in one language, kept for the next rule: they are long. Zero-initialised
   is empty. */
struct capture_words {
	struct str lang; /* borrowed */
	struct buf groups[CAPTURE_COUNT];
};
void capture_words_finish(struct capture_words *w);
/* Appends to `out` the definitions of the classes that a regex calls, each once however often it
   does; they stand in front of it. lang: the language of their words; of a language that has none
   (or absent) those of all. */
void captures_define(struct capture_words *w, struct str regex, struct str lang, struct buf *out);

/* Appends the regex with one character for each call, of which PCRE2 would not know that it takes
   any. */
void captures_stand_in(struct str regex, struct buf *out);

/* Where a rule's words name an amount and a day. Zero-initialised is nowhere. */
struct capture_places {
	const struct subject *subject[CAPTURE_COUNT];
	struct range range[CAPTURE_COUNT];
};

/* Notes the classes in the pattern's last match; of several the first stays. */
void captures_note(
	struct capture_places *places, const struct pattern *p, const struct subject *subject);

/* When the message was sent, to its reader. */
struct today {
	bool known;
	int64_t day; /* civil, days since 1970 */
};

/* What the words at those places mean; strings go into the arena. 0 or -1 (memory). */
int captures_read(const struct capture_places *places, const struct text *text, struct str lang,
	struct today today, struct arena *arena, struct captured *out);

#endif
