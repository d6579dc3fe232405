/* What every form of the report says of a decision alike, with the pen in its language. */
#ifndef OVERSTEP_DAEMON_REPORT_DECISION_WORDS_H
#define OVERSTEP_DAEMON_REPORT_DECISION_WORDS_H

#include "report/decision.h"
#include "report/words.h"

#define ADVICE_MOST 4 /* more at once are tried by nobody */

enum phrase phrase_of_effect(enum effect e);
enum phrase phrase_of_boundary(enum boundary_kind k);
/* What to try next of a sign; words: of the page's language. */
void decision_advise(
	const struct pen *p, const struct letter_words *words, const struct mending *m);
void decision_cooling(const struct pen *p, const struct decision *d, bool now);
void decision_last_day(const struct pen *p, const struct decision *d);
void decision_income(const struct pen *p, const struct decision *d);
void decision_praise(const struct pen *p, const struct report_client *c);
/* In which language the letter is, and why in that. */
void decision_say_language(const struct pen *p, const struct decision *d);
/* json_decision.c: "decision":{...}, null when nothing of it is shown. */
struct json_writer;
void json_decision(struct json_writer *w, const struct report *r, const struct report_client *c);
/* Is there something to try next: strained or worse, and not so grave that it is time to leave? */
bool decision_mends(const struct report_client *c);
/* Is what is to be settled and said shown: in this band, with a reason, and not held back? */
bool decision_open(const struct decision *d, bool now);

#endif
