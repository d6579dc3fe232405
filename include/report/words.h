/* What the pages and letters say, in each language: phrases with places for numbers, days and words
   of others. A phrase is a row of phrases/<theme>.def, nothing else. */
#ifndef OVERSTEP_REPORT_WORDS_H
#define OVERSTEP_REPORT_WORDS_H

#include "model/tongue.h"
#include "report/report.h"

enum phrase {
#define PHRASE(name, en, sv, fr) PHRASE_##name,
#include "report/phrases/all.def"
#undef PHRASE
	PHRASE_COUNT
};

/* Where words go, in which language, and whether what is not ours is escaped for HTML. */
struct pen {
	struct buf *out;
	enum tongue tongue;
	bool html;
	bool served;                    /* messages and clients have pages of their own */
	const struct report_sink *sink; /* where the page goes as it grows; NULL: all of it stays */
};

/* What stands in a place of a phrase: {1} is the first one's. */
enum fill_kind {
	FILL_TEXT,
	FILL_COUNT,
	FILL_NUMBER,
	FILL_TENTHS,
	FILL_PHRASE,
	FILL_COUNTED,
	FILL_DAY,
	FILL_SHORT_DAY,
	FILL_DATE,
	FILL_TIME,
	FILL_ZONED,
	FILL_CLOCK,
	FILL_MINUTE,
};
struct fill {
	enum fill_kind kind;
	enum phrase phrase;
	int64_t number;
	struct str text;
	struct report_time time;
};
struct fill fill_text(struct str text);  /* not ours; borrowed */
struct fill fill_count(uint64_t n);      /* 1,203  1 203 */
struct fill fill_number(int64_t n);      /* 2026, and other figures that count nothing */
struct fill fill_tenths(int64_t tenths); /* 67.1  67,1 */
struct fill fill_phrase(enum phrase p);  /* one without places */
struct fill fill_counted(enum phrase p, uint64_t n); /* one whose {1} is that number */
struct fill fill_day(int64_t day);                   /* 12 March 2026, for sentences */
struct fill fill_short_day(int64_t day);             /* 2026-03-12, for tables */
struct fill fill_date(struct report_time t);         /* 2026-03-12 */
struct fill fill_time(struct report_time t);         /* 2026-03-12 21:40 */
struct fill fill_zoned(struct report_time t);        /* 2026-03-12 21:40 +01:00 */
struct fill fill_clock(struct report_time t);        /* 21:40 */
struct fill fill_minute(int minute);                 /* of the day: 21:40, 24:00 */

/* Appends a phrase. "{1} message|{1} messages" has two forms; which one the first count among the
   fills decides. */
void say(const struct pen *pen, enum phrase p);
void say_with(const struct pen *pen, enum phrase p, const struct fill *fills, size_t count);
#define SAY(pen, phrase, ...)                                                                      \
	say_with(pen, phrase, (const struct fill[]){__VA_ARGS__},                                  \
		sizeof((const struct fill[]){__VA_ARGS__}) / sizeof(struct fill))
void say_fill(const struct pen *pen, struct fill fill);

/* ':' or ';' and the blank behind it: French has one before, too. */
void say_mark(const struct pen *pen, char mark);

/* As it stands in the table, for a place that takes a fixed text: no places are filled. */
const char *phrase_text(enum tongue tongue, enum phrase p);

/* Phrases that stand in order of the value they name. */
enum phrase phrase_of_band(enum band b);
enum phrase phrase_of_sign(enum sign s); /* "Scope creep"; no marker */
enum phrase phrase_of_severity(int severity);
enum phrase phrase_of_period(enum period p);
enum phrase phrase_of_weekday(int weekday); /* "Mon", 0 is Monday */
enum phrase phrase_of_month(int month);     /* "March", from 1 */
enum phrase phrase_of_short_month(int month);
enum phrase phrase_of_trend(enum trend t);
/* "received, agreed with the others" */
enum phrase phrase_of_clock(enum clock_kind used, bool agreed);
enum phrase phrase_of_dating(bool absence); /* when a sequence counts as found */
/* Why something was not looked at. Behind it, as far as there are, the words of the record. */
void say_unexamined(const struct pen *pen, const struct blind_spot *b);
/* What a message fixes by the owner's marks: "price, hours", each one of agreement_kinds. */
void say_agreements(const struct pen *pen, struct str kinds);
/* Appends how a line of the figure came to its points: "serious 8, 12 days old". */
void say_weighing(const struct pen *pen, const struct risk_cause *cause);
/* "Tue 22:40 in Europe/Stockholm, at night, after 17:30" */
void say_moment(const struct pen *pen, const struct told_moment *t);
/* What the rule says that it finds, or why the clock found something. In the pen's language where
   that is known, else as it was recorded. */
void say_reason(const struct pen *pen, const struct incident_finding *f);
/* The same without what a sequence looks for. */
void say_title(const struct pen *pen, const struct incident_finding *f);
/* "marked wrong: the rule erred"; the mark is wrong, agreed or right. */
enum phrase phrase_of_mark(enum mark m);

#endif
