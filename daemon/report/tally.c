/* What is counted of the messages that pass by: hours, weeks, months, answers. */
#include "tally.h"

#include "base/array.h"
#include "base/clock.h"
#include <stdlib.h>

/* How long one side took to answer, by minutes: as many numbers for any number of answers. */
#define WAIT_MINUTES (REPLY_WITHIN_DAYS * 24 * 60)
struct side {
	bool asked; /* by the other side, since when */
	int64_t asked_us;
	uint32_t answers[WAIT_MINUTES + 1];
};
struct report_waits {
	struct side of[2]; /* by enum direction: whose answers */
};

static int64_t day_of(struct report_time t)
{
	return date_of_instant(t.at_us, t.offset_min);
}

/* Messages come mostly in order, so the place is looked for from the end. NULL: out of memory. */
static struct report_week *week_of(struct report_client *c, struct report_time t)
{
	int64_t day = day_of(t), monday = day - date_weekday(day);
	for (size_t i = c->week_count; i > 0; i--)
		if (c->weeks[i - 1].monday == monday)
			return &c->weeks[i - 1];
	if (array_room(&c->weeks, c->week_count, &c->week_cap, sizeof(*c->weeks)) < 0)
		return NULL;
	c->weeks[c->week_count] = (struct report_week){.monday = monday};
	return &c->weeks[c->week_count++];
}

static struct report_month *month_of(struct report_client *c, struct report_time t)
{
	struct date d = date_from_days(day_of(t));
	int64_t number = d.year * 12 + d.month - 1;
	for (size_t i = c->month_count; i > 0; i--)
		if (c->months[i - 1].number == number)
			return &c->months[i - 1];
	if (array_room(&c->months, c->month_count, &c->month_cap, sizeof(*c->months)) < 0)
		return NULL;
	c->months[c->month_count] = (struct report_month){.number = number};
	return &c->months[c->month_count++];
}

int tally_finding(struct report_client *c, const struct report_finding *f, enum direction direction,
	struct report_time at)
{
	enum sign sign = f->finding->sign;
	if (!counts_against(f->finding->status, f->finding->consent, f->mark))
		return 0;
	struct report_week *week = week_of(c, at);
	struct report_month *month = month_of(c, at);
	if (!week || !month)
		return -1;
	c->findings[sign]++;
	month->findings[sign]++;
	if (direction == DIRECTION_IN) {
		week->findings++;
		if (f->finding->severity > week->worst)
			week->worst = f->finding->severity;
	} else {
		c->own.findings += sign != SIGN_LATE_PAYMENT;
	}
	c->recent_findings += at.at_us > c->recent_since_us;
	if (!c->finding_sum++ || at.at_us > c->last_finding.at_us)
		c->last_finding = at;
	return 0;
}

static void add_hour(uint64_t heat[7][24], int weekday, int hour)
{
	if (weekday >= 0 && weekday < 7 && hour >= 0 && hour < 24)
		heat[weekday][hour]++;
}

static int tally_incoming(struct report_client *c, const struct report_message *m)
{
	const struct judgement *j = m->judgement;
	struct report_week *week = week_of(c, m->at);
	if (!week)
		return -1;
	week->incoming++;
	c->incoming++;
	if (!j || !j->has_mine)
		return 0;
	add_hour(c->heat, j->mine.weekday, j->mine.hour);
	if (m->has_theirs)
		add_hour(c->their_heat, m->their_weekday, m->their_hour);
	return 0;
}

static void tally_own(struct report_client *c, const struct judgement *j)
{
	c->own.sent++;
	if (!j || !j->has_mine)
		return;
	c->own.outside += !(j->mine.properties & MOMENT_BIT(PERIOD_WORKING));
	c->own.night += (j->mine.properties & MOMENT_BIT(PERIOD_NIGHT)) != 0;
	add_hour(c->own.heat, j->mine.weekday, j->mine.hour);
}

static void take_turn(struct side *side, bool own, int64_t at_us)
{
	if (!own) {
		side->asked_us = side->asked ? side->asked_us : at_us;
		side->asked = true;
		return;
	}
	int64_t minutes = (at_us - side->asked_us) / MINUTE_US;
	if (side->asked && minutes >= 0 && minutes <= WAIT_MINUTES)
		side->answers[minutes]++;
	side->asked = false;
}

static int tally_exchange(struct report_client *c, const struct report_message *m)
{
	if (!c->waits && !(c->waits = calloc(1, sizeof(*c->waits))))
		return -1;
	for (int side = 0; side < 2; side++)
		take_turn(&c->waits->of[side], (int)m->direction == side, m->at.at_us);
	return 0;
}

int tally_message(struct report_client *c, const struct report_message *m)
{
	if (!c->messages || m->at.at_us < c->first.at_us)
		c->first = m->at;
	if (!c->messages || m->at.at_us > c->last.at_us)
		c->last = m->at;
	c->messages++;
	c->recent_messages += m->at.at_us > c->recent_since_us;
	if (m->direction == DIRECTION_OUT)
		tally_own(c, m->judgement);
	else if (!m->third_party && tally_incoming(c, m) < 0)
		return -1;
	if (!m->third_party && tally_exchange(c, m) < 0)
		return -1;
	for (size_t i = 0; i < m->finding_count; i++)
		if (tally_finding(c, &m->findings[i], m->direction, m->at) < 0)
			return -1;
	return 0;
}

static int weeks_in_order(const void *left, const void *right)
{
	const struct report_week *a = left, *b = right;
	return (a->monday > b->monday) - (a->monday < b->monday);
}

static int months_in_order(const void *left, const void *right)
{
	const struct report_month *a = left, *b = right;
	return (a->number > b->number) - (a->number < b->number);
}

static struct report_replies replies_of(const struct side *side)
{
	struct report_replies replies = {0};
	uint64_t passed = 0;
	for (size_t i = 0; i <= WAIT_MINUTES; i++)
		replies.count += side->answers[i];
	while (replies.count && passed <= replies.count / 2)
		passed += side->answers[replies.median_min++];
	replies.median_min -= replies.count > 0;
	return replies;
}

void tally_end(struct report_client *c)
{
	if (c->week_count)
		qsort(c->weeks, c->week_count, sizeof(*c->weeks), weeks_in_order);
	if (c->month_count)
		qsort(c->months, c->month_count, sizeof(*c->months), months_in_order);
	if (c->waits) {
		c->own.mine = replies_of(&c->waits->of[DIRECTION_OUT]);
		c->own.theirs = replies_of(&c->waits->of[DIRECTION_IN]);
	}
	free(c->waits);
	c->waits = NULL;
}
