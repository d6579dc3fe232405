/* The words of each language that days are named by. */
#ifndef OVERSTEP_RULES_DAY_WORDS_H
#define OVERSTEP_RULES_DAY_WORDS_H

#include "base/str.h"

/* The day that a phrase ends with, counted from the one on which it was said. */
enum day_meaning {
	DAY_OFFSET,    /* so many days later */
	DAY_WEEK_END,  /* the Sunday, so many weeks later */
	DAY_MONTH_END, /* the last of the month, so many months later */
	DAY_YEAR_END,
};

struct day_phrase {
	const char *words; /* alternatives parted by '|'; so in all of the strings here */
	enum day_meaning meaning;
	int number;
};

#define DAY_PHRASES_MAX 12

struct day_words {
	const char *lang;
	const char *before; /* "by", "on": may stand in front of any day */
	const char *until;  /* those of them behind which a day is still to come */
	const char *weekdays[7];
	const char *months[12];
	/* In front of a weekday: that of the week after this one. */
	const char *next;
	/* Behind or before it: the one that comes. */
	const char *coming;
	const char *in; /* in front of a count */
	const char *hour_units, *work_units, *day_units, *week_units;
	const char *end_of;      /* in front of a month: its last day */
	const char *numbers[10]; /* from one */
	/* Regexes: a day of the month by its number alone, and what may stand behind a number that
	   is followed by a month. */
	const char *ordinal;
	const char *of;
	bool dotted;      /* "14. März" */
	bool month_first; /* "March 14"; and in 3/4 it cannot be told which is which */
	struct day_phrase phrases[DAY_PHRASES_MAX];
};

#define DAY_LANGUAGES 5
extern const struct day_words day_words[DAY_LANGUAGES];

/* The languages to look at: that of `lang` alone, all five when it is none of them. */
void day_languages(struct str lang, const struct day_words **first, size_t *count);

/* Does a text begin with a month of a language that writes "14. März"? */
bool day_month_begins(struct str text);

#endif
