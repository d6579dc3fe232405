/* What every form of the report says of a decision alike, with the pen in its language. */
#include "decision_words.h"

#include "base/clock.h"
#include "base/html.h"

enum phrase phrase_of_effect(enum effect e)
{
	return PHRASE_EFFECT_UNTOLD + (enum phrase)e;
}

enum phrase phrase_of_boundary(enum boundary_kind k)
{
	return PHRASE_BOUNDARY_SETTING + (enum phrase)k;
}

void decision_advise(const struct pen *p, const struct letter_words *words, const struct mending *m)
{
	switch (m->effect) {
	case EFFECT_UNTOLD:
		say_fill(p, fill_text(str_from(words->first[m->sign])));
		break;
	case EFFECT_EARLY:
		say(p, PHRASE_TRY_WAIT);
		break;
	case EFFECT_BETTER:
		say(p, PHRASE_TRY_KEEP);
		break;
	case EFFECT_UNSURE:
	case EFFECT_SAME:
	case EFFECT_WORSE:
		say_fill(p, fill_text(str_from(words->next[m->sign])));
		break;
	}
}

void decision_cooling(const struct pen *p, const struct decision *d, bool now)
{
	struct fill entered = fill_day(d->entered_day), until = fill_day(d->cool_until_day);
	if (d->cooling == COOLING_SKIPPED)
		say(p, PHRASE_COOLING_SKIPPED);
	else if (d->cooling == COOLING_ON)
		SAY(p, now ? PHRASE_COOLING_NOW : PHRASE_COOLING_ON, entered, until);
	else
		SAY(p, d->entered_known ? PHRASE_COOLING_OVER : PHRASE_COOLING_OVER_LONG, entered);
}

void decision_last_day(const struct pen *p, const struct decision *d)
{
	const struct decision_plan *plan = &d->plan;
	struct fill notice = fill_counted(PHRASE_DAYS, (uint64_t)plan->contract.notice_days);
	if (!plan->contract.notice_days)
		say(p, PHRASE_NO_NOTICE);
	else if (plan->last_day == plan->last_working_day)
		SAY(p, PHRASE_LAST_DAY_OF, fill_day(plan->last_day), notice);
	else
		SAY(p, PHRASE_LAST_DAY_FREE, fill_day(plan->last_day), notice,
			fill_day(plan->last_working_day));
}

void decision_income(const struct pen *p, const struct decision *d)
{
	if (d->plan.income_share)
		SAY(p, PHRASE_PER_CENT, fill_count((uint64_t)d->plan.income_share));
	else
		SAY(p, PHRASE_NOT_STATED, fill_text(STR("income_share")));
}

void decision_praise(const struct pen *p, const struct report_client *c)
{
	int64_t days = (c->last.at_us - c->first.at_us) / DAY_US + 1;
	SAY(p, PHRASE_GOOD, fill_counted(PHRASE_MESSAGES, c->incoming),
		fill_counted(PHRASE_DAYS, (uint64_t)days));
}

void decision_say_language(const struct pen *p, const struct decision *d)
{
	const struct fill written = fill_phrase(PHRASE_LANGUAGE_EN + (enum phrase)d->tongue);
	if (d->speech < TONGUE_COUNT)
		say(p, PHRASE_LETTER_LANG);
	else if (d->speech == SPEECH_COUNT)
		SAY(p, PHRASE_LETTER_LANG_UNKNOWN, written);
	else
		SAY(p, PHRASE_LETTER_LANG_OTHER,
			fill_phrase(PHRASE_LANGUAGE_EN + (enum phrase)d->speech), written);
}

bool decision_mends(const struct report_client *c)
{
	return c->risk.band >= BAND_STRAINED && c->decision->cooling != COOLING_SKIPPED;
}

bool decision_open(const struct decision *d, bool now)
{
	return d->has_reason && d->cooling != COOLING_NONE && (d->cooling != COOLING_ON || now);
}
