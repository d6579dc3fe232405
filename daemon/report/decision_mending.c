/* What mending was tried, sign by sign, and what became of it. */
#include "decision_mending.h"

#include "base/clock.h"
#include <stdlib.h>

#define LOOK_BACK_DAYS 14 /* what a boundary without a sign of its own may be an answer to */
#define EARLY_DAYS 14     /* fewer tell nothing */

static int64_t day_of(struct report_time t)
{
	return date_of_instant(t.at_us, t.offset_min);
}

/* Of what the client wrote last before it, within some days. */
static unsigned signs_before(const struct boundary *b)
{
	return day_of(b->before.at) < day_of(b->at) - LOOK_BACK_DAYS ? 0 : b->before.signs;
}

/* Messages with that sign on [from, until). */
static uint64_t count_between(
	const struct report_client *c, enum sign sign, int64_t from, int64_t until)
{
	uint64_t count = 0;
	for (size_t i = 0; i < c->trace_day_count; i++)
		if (c->trace_days[i].day >= from && c->trace_days[i].day < until)
			count += c->trace_days[i].messages[sign];
	return count;
}

int64_t weekly_tenths(uint64_t count, int64_t days)
{
	return days > 0 ? ((int64_t)count * 70 * 2 + days) / (days * 2) : 0;
}

/* A third less or more is a change. */
static enum effect effect_of(const struct mending *m)
{
	if (!m->told)
		return EFFECT_UNTOLD;
	if (m->since_days < EARLY_DAYS)
		return EFFECT_EARLY;
	if (!m->since)
		return EFFECT_BETTER;
	if (m->before_days < EARLY_DAYS)
		return EFFECT_UNSURE;
	uint64_t before = m->before * (uint64_t)m->since_days;
	uint64_t since = m->since * (uint64_t)m->before_days;
	return since * 3 <= before * 2    ? EFFECT_BETTER
		: since * 3 >= before * 4 ? EFFECT_WORSE
					  : EFFECT_SAME;
}

/* Between the first and the last time that it was told nothing is compared. */
static void compare(const struct report_client *c, const struct decision *d, struct mending *m)
{
	int64_t begin = c->messages ? day_of(c->first) : d->plan.today;
	int64_t from = m->first_day - EFFECT_WINDOW_DAYS, end = m->last_day + 1;
	if (from < begin)
		from = begin;
	m->before_days = m->first_day > from ? m->first_day - from : 0;
	m->before = count_between(c, m->sign, from, m->first_day);
	m->since_days = d->plan.today + 1 - end;
	if (m->since_days > EFFECT_WINDOW_DAYS)
		end = d->plan.today + 1 - EFFECT_WINDOW_DAYS;
	m->since_days = d->plan.today + 1 - end;
	m->since = count_between(c, m->sign, end, d->plan.today + 1);
}

static struct mending look_at(
	const struct report_client *c, const struct decision *d, enum sign sign)
{
	struct mending m = {.sign = sign, .evidence = c->last_of_sign[sign].evidence};
	for (size_t i = 0; i < c->risk.cause_count; i++)
		if (c->risk.causes[i].sign == sign)
			m.tenths += c->risk.causes[i].tenths;
	for (size_t i = 0; i < d->boundary_count; i++) {
		const struct boundary *b = &d->boundaries[i];
		if (!(b->signs & 1U << sign))
			continue;
		m.first_day = m.told ? m.first_day : day_of(b->at);
		m.last_day = day_of(b->at);
		m.told++;
	}
	if (m.told)
		compare(c, d, &m);
	m.effect = effect_of(&m);
	return m;
}

static int boundaries_in_order(const void *left, const void *right)
{
	const struct boundary *a = left, *b = right;
	if (a->at.at_us != b->at.at_us)
		return a->at.at_us < b->at.at_us ? -1 : 1;
	return (a->evidence > b->evidence) - (a->evidence < b->evidence);
}

static int heaviest_first(const void *left, const void *right)
{
	const struct mending *a = left, *b = right;
	if (a->tenths != b->tenths)
		return a->tenths > b->tenths ? -1 : 1;
	return (int)a->sign - (int)b->sign;
}

void mendings_find(const struct report_client *c, struct decision *d)
{
	if (d->boundary_count)
		qsort(d->boundaries, d->boundary_count, sizeof(*d->boundaries),
			boundaries_in_order);
	for (size_t i = 0; i < d->boundary_count; i++)
		if (!d->boundaries[i].signs)
			d->boundaries[i].signs = signs_before(&d->boundaries[i]);
	for (int s = 0; s < SIGN_FIRST_MARKER; s++) {
		struct mending m = look_at(c, d, (enum sign)s);
		if (m.told || m.tenths)
			d->mendings[d->mending_count++] = m;
	}
	qsort(d->mendings, d->mending_count, sizeof(*d->mendings), heaviest_first);
}
