/* Sequences of a rule file: a draft read into what is looked for, and tried on its own examples. */
#ifndef OVERSTEP_RULES_SEQUENCE_H
#define OVERSTEP_RULES_SEQUENCE_H

#include "model/sequence.h"
#include "script.h"

/* Words of a value, one after another, each with its place. */
struct words {
	const struct script *script;
	const struct value *value;
	struct str text; /* what is read, a part of value->text */
	size_t next;     /* byte of text behind the word */
	struct str word; /* empty at the end */
};

struct words words_of(const struct script *s, const struct value *v, struct str text);
/* false at the end. */
bool words_next(struct words *w);
/* An error at the word, or behind the last one. Returns false. */
bool words_complain(const struct words *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The field that says what the sequence looks for, NULL when there is none. */
const struct value *sequence_value(const struct draft *d);

/* Complains about each mistake. Strings are the draft's or the arena's. Fails: ERROR_MEMORY. */
int sequence_compile(const struct script *s, const struct draft *d, struct sequence_rule *out,
	struct error *err);

/* A timeline as it is written: "mon 09:00 client urgency/now; 10:00 me; +7d 09:00 now". Its events
   are numbered from 1. Zero-initialised is empty. */
struct timeline_text {
	struct arena arena;
	struct timeline_event *events;
	size_t count, cap;
	int64_t day;   /* of the entry at hand */
	int64_t at_us; /* of the entry at hand, in the end when it is looked at */
	bool ended;    /* "now" was there */
	struct error *err;
};
void timeline_text_finish(struct timeline_text *t);
/* 1, 0 after a complaint, -1 (ERROR_MEMORY). */
int timeline_text_read(const struct script *s, const struct value *v, struct timeline_text *out,
	struct error *err);

/* Complains about each example that fails and counts it. Fails: ERROR_MEMORY. */
int sequence_examples_check(const struct script *s, const struct draft *d,
	const struct sequence_rule *rule, size_t *failed, struct error *err);

#endif
