/* What I may say or send to a client, as whole sentences in its language. */
#ifndef OVERSTEP_REPORT_LETTER_H
#define OVERSTEP_REPORT_LETTER_H

#include "base/arena.h"
#include "base/slots.h"
#include "model/client.h"
#include "model/period.h"
#include "model/sign.h"

/* Sentences name in {braces} what they are filled with (base/slots.h). */
struct letter_words {
	const char *lang; /* "en" */
	const char *weekdays[7], *months[12];
	const char *first_day; /* of a month */
	const char *date;      /* of {day}, {month}, {year} */
	const char *moment;    /* of these but the year, {weekday}, {time} */
	const char *to, *and;  /* " to ": between days; " and ": between times */
	const char *greeting, *greeting_name, *closing;

	/* Replies to what the clock and the calendar find, and to what the contract leaves out: of
	   {hours}, {opening}, {item}. */
	const char *after_hours_contact, *after_hours_demand, *excluded, *rush;

	/* All below: NULL in a language that has none. */
	const char *reasons[SIGN_FIRST_MARKER]; /* a whole sentence each */
	/* A call in five sentences: of {reason}, {last_day}, {notice_days}, {owed}, {i_owe}. The
	   third when there is no notice is the last. */
	const char *call[6];
	const char *subject, *letter; /* the same */
	const char *offer;            /* an alternative to offer */
	/* To myself: what to try first about a sign, and when that was tried. */
	const char *first[SIGN_FIRST_MARKER], *next[SIGN_FIRST_MARKER];
};

extern const struct letter_words letter_en, letter_sv, letter_fr, letter_de, letter_es;

/* Of that language; NULL when there are none. */
const struct letter_words *letter_words_of(struct str lang);
/* The same of the whole table, decision and all. */
const struct letter_words *letter_words_whole(struct str lang);

/* "6 March 2026"; days since 1970. */
void letter_add_day(const struct letter_words *w, int64_t day, struct buf *out);
/* "Monday 9 March at 09:00". */
void letter_add_opening(const struct letter_words *w, const struct moment *now, struct buf *out);
/* "Monday to Thursday 09:00-12:00 and 13:00-17:30, Friday 09:00-15:00", of what `hours` of the
   configuration has. */
void letter_add_hours(const struct letter_words *w, const struct strs *hours, struct buf *out);
/* Greeting, text, closing and my name; name and me may be absent. */
void letter_add(const struct letter_words *w, struct str name, struct str text, struct str me,
	struct buf *out);

#endif
