/* What the rules look at: each run of a message's new spans, folded, with the way back. */
#ifndef OVERSTEP_RULES_SUBJECT_H
#define OVERSTEP_RULES_SUBJECT_H

#include "base/utf8.h"
#include "model/text.h"
#include "pattern.h"
#include "sentence.h"

/* One run: a match never spans a quotation. */
struct subject {
	struct str source; /* the run in the message's text */
	size_t base;       /* where it begins there */
	struct folded folded;
	bool broken_up; /* sentences and paragraphs are known */
	struct breaks sentences;
	struct breaks paragraphs;
};

/* Zero-initialised is empty; keeps its memory from one message to the next. */
struct subjects {
	struct subject *items;
	size_t count; /* of this message */
	size_t made;  /* items that hold memory */
	size_t cap;
	size_t bytes; /* of all folded runs together */
};

void subjects_finish(struct subjects *s);
/* The runs of the text. 0 or -1 (memory). */
int subjects_load(struct subjects *s, const struct text *text);

struct str subject_text(const struct subject *s);
/* The range of the message's text that a range of the folded run came from. */
struct range subject_origin(const struct subject *s, struct range folded);
/* Sentences and paragraphs, found when first asked for. 0 or -1 (memory). */
int subject_break_up(struct subject *s);

#endif
