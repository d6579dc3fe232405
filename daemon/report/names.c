/* The phrases that name values, and how a line of the figure came to its points. */
#include "report/words.h"

#include <assert.h>

enum phrase phrase_of_band(enum band b)
{
	return PHRASE_BAND_CALM + (enum phrase)b;
}

enum phrase phrase_of_sign(enum sign s)
{
	assert(s < SIGN_FIRST_MARKER);
	return PHRASE_SIGN_INSULT + (enum phrase)s;
}

enum phrase phrase_of_severity(int severity)
{
	assert(severity >= 1 && severity <= 4);
	return PHRASE_SEVERITY_NOTE + (enum phrase)(severity - 1);
}

enum phrase phrase_of_period(enum period p)
{
	return PHRASE_PERIOD_LEAVE + (enum phrase)p;
}

enum phrase phrase_of_weekday(int weekday)
{
	return PHRASE_MONDAY + (enum phrase)weekday;
}

enum phrase phrase_of_month(int month)
{
	return PHRASE_JANUARY + (enum phrase)(month - 1);
}

enum phrase phrase_of_short_month(int month)
{
	return PHRASE_JAN + (enum phrase)(month - 1);
}

enum phrase phrase_of_trend(enum trend t)
{
	return PHRASE_TREND_FALLING + (enum phrase)t;
}

enum phrase phrase_of_clock(enum clock_kind used, bool agreed)
{
	static const enum phrase phrases[][2] = {
		[CLOCK_RECEIVED] = {PHRASE_CLOCK_RECEIVED_DISPUTED, PHRASE_CLOCK_RECEIVED},
		[CLOCK_INTERNAL] = {PHRASE_CLOCK_INTERNAL_DISPUTED, PHRASE_CLOCK_INTERNAL},
		[CLOCK_DATE] = {PHRASE_CLOCK_DATE_DISPUTED, PHRASE_CLOCK_DATE},
		[CLOCK_SEEN] = {PHRASE_CLOCK_SEEN_DISPUTED, PHRASE_CLOCK_SEEN},
	};
	return phrases[used][agreed];
}

enum phrase phrase_of_dating(bool absence)
{
	return absence ? PHRASE_DATED_AS_TIME_UP : PHRASE_DATED_AS_LAST;
}

enum phrase phrase_of_mark(enum mark m)
{
	return m == MARK_WRONG     ? PHRASE_MARKED_WRONG
		: m == MARK_AGREED ? PHRASE_MARKED_AGREED
				   : PHRASE_MARKED_RIGHT;
}

void say_agreements(const struct pen *pen, struct str kinds)
{
	struct str kind;
	for (bool first = true; str_split(&kinds, ',', &kind); first = false)
		for (unsigned i = 0; i < AGREEMENT_KINDS; i++)
			if (str_eq(str_trim(kind), str_from(agreement_kinds[i]))) {
				buf_add_cstr(pen->out, first ? "" : ", ");
				say(pen, PHRASE_AGREEMENT_SCOPE + (enum phrase)i);
			}
}

static void say_more(const struct pen *pen, bool holds, enum phrase words)
{
	if (!holds)
		return;
	buf_add_cstr(pen->out, ", ");
	say(pen, words);
}

void say_weighing(const struct pen *pen, const struct risk_cause *cause)
{
	static const uint8_t points[] = {0, 1, 3, 8, 20};
	const struct risk_weighing *w = &cause->weighing;
	if (w->fate == FATE_ALLOWED && w->allowed_days > 1) {
		SAY(pen, PHRASE_ALLOWED_DAYS, fill_count((uint64_t)w->allowed_days));
		return;
	}
	if (w->fate != FATE_COUNTS) {
		SAY(pen, PHRASE_FATE_WRONG + (enum phrase)(w->fate - FATE_WRONG),
			fill_text(w->consent));
		return;
	}
	SAY(pen, PHRASE_WEIGHS, fill_phrase(phrase_of_severity(cause->severity)),
		fill_count(points[cause->severity]));
	say_more(pen, w->disputed, PHRASE_WEIGHS_DISPUTED);
	say_more(pen, w->unsure, PHRASE_WEIGHS_UNSURE);
	say_more(pen, w->credits == 1, PHRASE_WEIGHS_MENDED);
	say_more(pen, w->credits > 1, PHRASE_WEIGHS_MENDED_MORE);
	say_more(pen, w->second, PHRASE_WEIGHS_SECOND);
	if (w->age_days > 0) {
		buf_add_cstr(pen->out, ", ");
		SAY(pen, PHRASE_WEIGHS_AGE, fill_count((uint64_t)w->age_days));
	}
}
