/* Before and at the decision: when the band was entered, what is open, what to say. */
#include "report/decision.h"

#include "base/array.h"
#include "base/clock.h"
#include "decision_mending.h"
#include "keep.h"
#include <stdlib.h>
#include <string.h>

#define GOOD_MESSAGES 10 /* fewer tell nothing of how it is to work together */
#define GOOD_DAYS 90     /* so long without a serious finding */

int decision_begin(struct report_client *c, const struct decision_plan *plan, struct error *err)
{
	struct decision *d = arena_array(&c->arena, 1, sizeof(*d));
	if (!d)
		return error_memory(err);
	*d = (struct decision){.plan = *plan};
	c->decision = d;
	if (!plan->has_hours_told)
		return 0;
	const struct boundary told = {
		.kind = BOUNDARY_SETTING,
		.at = plan->hours_told,
		.signs = 1U << SIGN_AFTER_HOURS | 1U << SIGN_URGENCY,
	};
	return decision_add_boundary(c, &told, err);
}

void decision_finish(struct report_client *c)
{
	if (!c->decision)
		return;
	while (c->decision->open_count)
		arena_finish(&c->decision->open[--c->decision->open_count].own);
	free(c->decision->boundaries);
	free(c->decision->agreements);
}

int decision_add_boundary(
	struct report_client *c, const struct boundary *boundary, struct error *err)
{
	struct decision *d = c->decision;
	if (array_room(&d->boundaries, d->boundary_count, &d->boundary_cap,
		    sizeof(*d->boundaries)) < 0)
		return error_memory(err);
	struct boundary *b = &d->boundaries[d->boundary_count++];
	*b = *boundary;
	if (c->last_trace.signs && c->last_trace.at.at_us < b->at.at_us)
		b->before = c->last_trace;
	return 0;
}

int decision_add_agreement(
	struct report_client *c, const struct agreement *agreement, struct error *err)
{
	struct decision *d = c->decision;
	struct agreement kept = *agreement;
	kept.kinds = arena_str(&c->arena, agreement->kinds);
	kept.subject = arena_str(&c->arena, agreement->subject);
	if (!kept.kinds.ptr || !kept.subject.ptr ||
		array_room(&d->agreements, d->agreement_count, &d->agreement_cap,
			sizeof(*d->agreements)) < 0)
		return error_memory(err);
	d->agreements[d->agreement_count++] = kept;
	return 0;
}

static void drop_oldest(struct decision *d)
{
	arena_finish(&d->open[0].own);
	memmove(&d->open[0], &d->open[1], --d->open_count * sizeof(d->open[0]));
}

int decision_add_late(
	struct report_client *c, uint64_t evidence, struct report_time at, const struct finding *f)
{
	struct decision *d = c->decision;
	bool full = false;
	if (!d || (d->has_paid && at.at_us <= d->paid.at_us))
		return 0;
	size_t place = d->open_count;
	while (place > 0 &&
		report_time_order(
			at, evidence, d->open[place - 1].at, d->open[place - 1].evidence) < 0)
		place--;
	if (d->open_count == OPEN_PAYMENTS_MOST) {
		d->open_left_out++;
		if (!place)
			return 0;
		drop_oldest(d);
		place--;
	}
	struct late_payment late = {.evidence = evidence, .at = at};
	late.rule = keep(&late.own, f->rule, &full);
	late.named = keep_named(&late.own, &f->captured, &full);
	if (full) {
		arena_finish(&late.own);
		return -1;
	}
	memmove(&d->open[place + 1], &d->open[place], (d->open_count - place) * sizeof(late));
	d->open[place] = late;
	d->open_count++;
	return 0;
}

void decision_add_payment(struct report_client *c, uint64_t evidence, struct report_time at)
{
	struct decision *d = c->decision;
	if (d->has_paid && d->paid.at_us >= at.at_us)
		return;
	d->has_paid = true;
	d->paid = at;
	d->paid_evidence = evidence;
	d->open_left_out = 0;
	while (d->open_count && d->open[0].at.at_us <= at.at_us)
		drop_oldest(d);
}

/* The course has both sides of each rise, so the day is exact. */
static void find_entry(const struct report_client *c, struct decision *d)
{
	size_t i = c->point_count;
	while (i > 0 && band_of(c->points[i - 1].tenths) >= c->risk.band)
		i--;
	d->entered_known = i > 0 && i < c->point_count;
	if (c->point_count)
		d->entered_day = c->points[i < c->point_count ? i : i - 1].day;
}

static bool is_grave(const struct risk_cause *x)
{
	return x->tenths && x->severity == 4 &&
		(x->sign == SIGN_INSULT || x->sign == SIGN_THREAT || x->sign == SIGN_MANIPULATION);
}

static void cool_off(const struct report_client *c, struct decision *d)
{
	if (c->risk.band != BAND_DECIDE)
		return;
	d->cool_until_day = d->entered_day + COOLING_OFF_DAYS;
	d->cooling =
		d->entered_known && d->plan.today < d->cool_until_day ? COOLING_ON : COOLING_OVER;
	for (size_t i = 0; i < c->risk.cause_count; i++)
		if (is_grave(&c->risk.causes[i])) {
			d->cooling = COOLING_SKIPPED;
			d->grave = c->risk.causes[i].evidence;
		}
}

/* Those of most of the client's findings, as far as they can be had. */
static void find_words(const struct report_client *c, struct decision *d)
{
	size_t best = 0;
	d->speech = SPEECH_COUNT;
	for (int i = 0; i < SPEECH_COUNT; i++)
		if (c->spoken[i] > best) {
			best = c->spoken[i];
			d->speech = i;
		}
	d->tongue = d->speech < TONGUE_COUNT ? (enum tongue)d->speech : d->plan.tongue;
	d->words = letter_words_whole(str_from(tongue_codes[d->tongue]));
}

static struct str join(struct arena *arena, const struct strs *list)
{
	struct buf text = {0};
	for (size_t i = 0; i < list->count; i++) {
		buf_add_cstr(&text, i ? "; " : "");
		buf_add_str(&text, list->items[i]);
	}
	struct str joined = text.len ? arena_str(arena, buf_str(&text)) : (struct str){0};
	buf_finish(&text);
	return joined;
}

enum { SLOT_REASON, SLOT_LAST_DAY, SLOT_NOTICE, SLOT_OWED, SLOT_I_OWE, SLOTS };

static struct str fill(struct arena *arena, const struct slot *slots, const char *form, bool *full)
{
	struct buf text = {0};
	slots_fill(slots, SLOTS, str_from(form), &text);
	struct str filled = arena_str(arena, buf_str(&text));
	*full |= text.failed || !filled.ptr;
	buf_finish(&text);
	return filled;
}

/* Without a notice there is no last day yet, and the call is where it is fixed. */
static int write_words(struct report_client *c, struct decision *d, struct error *err)
{
	struct arena *arena = &c->arena;
	const struct letter_words *w = d->words;
	struct buf day = {0}, letter = {0};
	bool full = false, notice = d->plan.contract.notice_days > 0;
	letter_add_day(w, d->plan.last_day, &day);
	const struct slot slots[SLOTS] = {
		[SLOT_REASON] = {"reason", str_from(w->reasons[d->reason])},
		[SLOT_LAST_DAY] = {"last_day", notice ? buf_str(&day) : (struct str){0}},
		[SLOT_NOTICE] = {"notice_days",
			notice ? arena_format(arena, "%d", d->plan.contract.notice_days)
			       : (struct str){0}},
		[SLOT_OWED] = {"owed", join(arena, &d->plan.owed)},
		[SLOT_I_OWE] = {"i_owe", join(arena, &d->plan.i_owe)},
	};
	for (size_t i = 0; i < 5; i++)
		d->call[i] = fill(arena, slots, w->call[i == 2 && !notice ? 5 : i], &full);
	d->subject = str_from(w->subject);
	struct str text = fill(arena, slots, w->letter, &full);
	letter_add(w, (struct str){0}, text, d->plan.me, &letter);
	d->letter = arena_str(arena, buf_str(&letter));
	full |= day.failed || letter.failed || !d->letter.ptr;
	buf_finish(&day);
	buf_finish(&letter);
	return full ? error_memory(err) : 0;
}

/* What weighs most in the figure: one reason is enough. */
static void find_reason(struct decision *d)
{
	d->has_reason = d->mending_count && d->mendings[0].tenths;
	if (d->has_reason)
		d->reason = d->mendings[0].sign;
}

static bool is_good(const struct report_client *c, const struct decision *d)
{
	if (c->risk.band != BAND_CALM || c->incoming < GOOD_MESSAGES)
		return false;
	for (size_t i = 0; i < c->trace_day_count; i++)
		if (c->trace_days[i].worst >= 3 && c->trace_days[i].day > d->plan.today - GOOD_DAYS)
			return false;
	return !c->harmful_count;
}

int decision_end(struct report_client *c, struct error *err)
{
	struct decision *d = c->decision;
	if (!d)
		return 0;
	find_entry(c, d);
	cool_off(c, d);
	mendings_find(c, d);
	find_reason(d);
	find_words(c, d);
	d->good = is_good(c, d);
	return c->risk.band == BAND_DECIDE && d->has_reason ? write_words(c, d, err) : 0;
}

bool decision_shown(const struct report_client *c)
{
	const struct decision *d = c->decision;
	if (!d)
		return false;
	return c->risk.band >= BAND_STRAINED || d->good ||
		(c->risk.band == BAND_WATCH && d->boundary_count);
}
