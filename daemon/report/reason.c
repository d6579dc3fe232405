/* Why something was found, in the language of the page: a rule's title, or what the clock saw. */
#include "html.h"

#include "base/clock.h"

/* Words of a record that are in English whatever the page is in. */
static void say_english(const struct pen *pen, struct str words)
{
	if (pen->html)
		html_english(pen, words);
	else
		say_fill(pen, fill_text(words));
}

static void say_comma(const struct pen *pen)
{
	buf_add_cstr(pen->out, ", ");
}

/* Of a day that is not worked its name is enough. */
static void say_day_off(const struct pen *pen, const struct moment *m)
{
	say_comma(pen);
	if (m->day_off)
		SAY(pen, m->period == PERIOD_LEAVE ? PHRASE_MOMENT_LEAVE : PHRASE_MOMENT_HOLIDAY,
			fill_text(str_from(m->day_off)));
	else
		say(pen, phrase_of_period(m->period));
}

static void say_hours(const struct pen *pen, const struct moment *m)
{
	const struct fill from = fill_minute(m->from_min), until = fill_minute(m->until_min);
	if (!m->has_from && !m->has_until && m->period == PERIOD_WEEKEND)
		return;
	say_comma(pen);
	if (m->period == PERIOD_WORKING)
		SAY(pen, PHRASE_MOMENT_WITHIN, from, until);
	else if (m->has_from && m->has_until)
		SAY(pen, PHRASE_MOMENT_BETWEEN, from, until);
	else if (m->has_from)
		SAY(pen, PHRASE_MOMENT_AFTER, from);
	else if (m->has_until)
		SAY(pen, PHRASE_MOMENT_BEFORE, until);
	else
		say(pen, PHRASE_MOMENT_NO_HOURS);
}

static void say_period(const struct pen *pen, const struct told_moment *t)
{
	const struct moment *m = &t->moment;
	if (m->period == PERIOD_WEEKEND || (m->period != PERIOD_NIGHT && !t->whole)) {
		say_comma(pen);
		say(pen, phrase_of_period(m->period));
	} else if (m->period == PERIOD_NIGHT) {
		say_comma(pen);
		say(pen, PHRASE_MOMENT_NIGHT);
	}
	if (t->whole)
		say_hours(pen, m);
}

void say_moment(const struct pen *pen, const struct told_moment *t)
{
	const struct moment *m = &t->moment;
	const struct fill weekday = fill_phrase(phrase_of_weekday(m->weekday)),
			  minute = fill_minute(m->hour * 60 + m->minute);
	if (t->zone.len)
		SAY(pen, PHRASE_MOMENT_ZONED, weekday, minute, fill_text(t->zone));
	else
		SAY(pen, PHRASE_MOMENT, weekday, minute);
	if (m->period == PERIOD_LEAVE || m->period == PERIOD_HOLIDAY)
		say_day_off(pen, m);
	else
		say_period(pen, t);
}

static void say_opening(const struct pen *pen, const struct moment *m)
{
	int64_t local_us = m->opening_at_us + m->opening_offset_min * MINUTE_US;
	say_comma(pen);
	SAY(pen, PHRASE_NEXT_OPENING,
		fill_phrase(phrase_of_weekday(date_weekday(local_us / DAY_US))),
		fill_minute((int)(local_us % DAY_US / MINUTE_US)));
}

static void say_request(const struct pen *pen, const struct clock_reason *c)
{
	if (c->asks.len)
		SAY(pen, PHRASE_ASKS_TO_ACT, fill_text(c->asks));
	else if (c->leaves.len)
		SAY(pen, PHRASE_LEAVES_IT, fill_text(c->leaves));
	else
		say(pen, PHRASE_ASKS_FOR_NOTHING);
	if (c->asks.len && c->has_opening)
		say_opening(pen, &c->arrived.moment);
}

static void say_clock(const struct pen *pen, const struct clock_reason *c)
{
	struct buf moment = {0}, request = {0};
	say_moment(&(const struct pen){.out = &moment, .tongue = pen->tongue}, &c->arrived);
	say_request(&(const struct pen){.out = &request, .tongue = pen->tongue}, c);
	SAY(pen, c->disputed ? PHRASE_ARRIVED_DISPUTED : PHRASE_ARRIVED,
		fill_text(buf_str(&moment)), fill_text(buf_str(&request)));
	pen->out->failed |= moment.failed || request.failed;
	buf_finish(&moment);
	buf_finish(&request);
}

void say_unexamined(const struct pen *pen, const struct blind_spot *b)
{
	if (!b->judged) {
		say(pen, PHRASE_VERDICT_NOT_JUDGED);
		return;
	}
	bool more = !str_eq(b->why, str_from(examined_name(b->examined)));
	if (pen->tongue != TONGUE_EN || !more)
		say(pen,
			PHRASE_EXAMINED_TOO_LARGE +
				(enum phrase)(b->examined - EXAMINED_TOO_LARGE));
	if (!more)
		return;
	buf_add_cstr(pen->out, pen->tongue != TONGUE_EN ? " (" : "");
	say_english(pen, b->why);
	buf_add_cstr(pen->out, pen->tongue != TONGUE_EN ? ")" : "");
}

/* What the clock found is recorded in English; a title in whatever language its rule is. */
static void say_recorded(const struct pen *pen, const struct incident_finding *f, struct str words)
{
	if (!f->rule_hash.ptr)
		say_english(pen, words);
	else
		say_fill(pen, fill_text(words));
}

void say_title(const struct pen *pen, const struct incident_finding *f)
{
	if (f->clock && pen->tongue != TONGUE_EN)
		say_clock(pen, f->clock);
	else if (!f->title)
		say_recorded(pen, f, finding_reason(f->rule, f->why));
	else if (f->title->in[pen->tongue].ptr)
		say_fill(pen, fill_text(f->title->in[pen->tongue]));
	else
		say_fill(pen, fill_text(f->title->written));
}

void say_reason(const struct pen *pen, const struct incident_finding *f)
{
	struct str recorded = finding_reason(f->rule, f->why);
	say_title(pen, f);
	if (f->title)
		say_fill(pen, fill_text(str_slice(recorded, f->title->written.len, recorded.len)));
}
