/* A figure on one day with the lines that it is made of. */
#include "base/array.h"
#include "days.h"
#include "risk/risk_fold.h"
#include "weigh.h"
#include <stdlib.h>

struct making {
	const struct risk_fold *fold;
	int64_t day;
	size_t most_zero;
	size_t cap;
	size_t zero_kept;
	int64_t sum;
	struct risk risk;
};

static int by_time(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	int order = (a->finding.at_us > b->finding.at_us) - (a->finding.at_us < b->finding.at_us);
	if (!order)
		order = (a->finding.evidence > b->finding.evidence) -
			(a->finding.evidence < b->finding.evidence);
	if (!order)
		order = str_cmp(a->finding.rule, b->finding.rule);
	return order ? order : (a->value < b->value) - (a->value > b->value);
}

/* Of the lines at 0 points the oldest go. */
static void drop_zeros(struct making *m)
{
	struct risk *r = &m->risk;
	size_t kept = 0;
	for (size_t i = 0; i < r->cause_count; i++) {
		if (m->zero_kept > m->most_zero && !r->causes[i].tenths)
			m->zero_kept--;
		else
			r->causes[kept++] = r->causes[i];
	}
	r->cause_count = kept;
}

static struct risk_weighing weighing_of(const struct line *line, int64_t day)
{
	const struct risk_finding *f = &line->finding;
	return (struct risk_weighing){
		.fate = line->fate,
		.disputed = f->sign == SIGN_AFTER_HOURS && f->disputed_clock,
		.unsure = f->unsure,
		.credits = line->credits,
		.second = line->rank == 2,
		.allowed_days = line->allowed_days,
		.age_days = day - f->day,
		.consent = f->consent,
	};
}

static int add_cause(struct making *m, const struct line *line, struct error *err)
{
	struct risk *r = &m->risk;
	const struct risk_finding *f = &line->finding;
	int tenths = decayed_tenths(m->fold, line, m->day);
	m->sum += tenths;
	r->zero_count += !tenths;
	m->zero_kept += !tenths;
	/* not one by one, for each time all others move up */
	if (m->zero_kept > m->most_zero && m->zero_kept - m->most_zero > m->most_zero)
		drop_zeros(m);
	if (array_room(&r->causes, r->cause_count, &m->cap, sizeof(*r->causes)) < 0)
		return error_memory(err);
	r->causes[r->cause_count++] = (struct risk_cause){
		.evidence = f->evidence,
		.at_us = f->at_us,
		.day = f->day,
		.rule = f->rule,
		.sign = f->sign,
		.severity = f->severity,
		.tenths = tenths,
		.weighing = weighing_of(line, m->day),
	};
	return 0;
}

static int add_causes(
	void *context, int64_t day, struct line *lines, size_t count, struct error *err)
{
	struct making *m = context;
	(void)day;
	weigh_day(m->fold, m->day, lines, count);
	qsort(lines, count, sizeof(*lines), by_time);
	for (size_t i = 0; i < count; i++)
		if (add_cause(m, &lines[i], err) < 0)
			return -1;
	return 0;
}

/* Words for what is kept; until here strings were the history's. */
static int keep_words(struct risk *r, struct error *err)
{
	for (size_t i = 0; i < r->cause_count; i++) {
		struct risk_cause *c = &r->causes[i];
		struct str *consent = &c->weighing.consent;
		c->why = line_why(c, &r->arena);
		c->rule = arena_str(&r->arena, c->rule);
		if (!c->why.ptr || !c->rule.ptr)
			return error_memory(err);
		if (consent->ptr && !(*consent = arena_str(&r->arena, *consent)).ptr)
			return error_memory(err);
	}
	return 0;
}

int risk_figure(int64_t sum)
{
	return sum < 1000 ? (int)sum : 1000;
}

int risk_fold_causes(const struct risk_fold *fold, int64_t day, size_t most_zero, struct risk *out,
	struct error *err)
{
	struct making m = {.fold = fold, .day = day, .most_zero = most_zero};
	risk_init(&m.risk);
	int result = days_walk(fold, day, add_causes, &m, err);
	if (!result) {
		drop_zeros(&m);
		result = keep_words(&m.risk, err);
	}
	if (result < 0) {
		risk_finish(&m.risk);
		return -1;
	}
	m.risk.tenths = risk_figure(m.sum);
	m.risk.band = band_of(m.risk.tenths);
	risk_finish(out);
	*out = m.risk;
	return 0;
}
