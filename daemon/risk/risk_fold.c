/* The fold of risk.md: a history is looked through once, then figures are asked of it. */
#include "risk/risk_fold.h"

#include "days.h"
#include "weigh.h"
#include <stdlib.h>

#define TREND_TENTHS 20

static int by_moment(const void *left, const void *right)
{
	const struct risk_credit *a = left, *b = right;
	if (a->at_us != b->at_us)
		return a->at_us < b->at_us ? -1 : 1;
	return (a->evidence > b->evidence) - (a->evidence < b->evidence);
}

struct noting {
	struct risk_fold *fold;
	struct burst burst;
};

static int note_covered(void *context, const struct risk_finding *f, struct error *err)
{
	struct noting *n = context;
	if (own_fate(f, n->fold->history, &n->burst) != FATE_COUNTS ||
		!risk_allowance_covers(f->sign, f->severity))
		return 0;
	return months_note(&n->fold->months, f->sign, f->day) < 0 ? error_memory(err) : 0;
}

int risk_fold_new(const struct risk_history *history, struct risk_fold **out, struct error *err)
{
	struct risk_fold *fold = calloc(1, sizeof(*fold));
	struct noting noting = {.fold = fold};
	if (!fold)
		return error_memory(err);
	fold->history = history;
	fold->credits = calloc(history->credit_count + 1, sizeof(*fold->credits));
	int result = fold->credits ? 0 : error_memory(err);
	for (size_t i = 0; !result && i < history->credit_count; i++)
		fold->credits[i] = history->credits[i];
	if (!result) {
		qsort(fold->credits, history->credit_count, sizeof(*fold->credits), by_moment);
		result = history->walk(history->findings, note_covered, &noting, err);
	}
	if (result < 0) {
		risk_fold_free(fold);
		return -1;
	}
	*out = fold;
	return 0;
}

void risk_fold_free(struct risk_fold *fold)
{
	if (!fold)
		return;
	free(fold->credits);
	months_finish(&fold->months);
	free(fold);
}

/* Of each of some days, what was added up so far. */
struct figures {
	const struct risk_fold *fold;
	const int64_t *days;
	size_t count;
	int64_t *sums;
};

static void add_day(struct figures *f, size_t i, const struct line *lines, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (lines[k].value > 0)
			f->sums[i] += decayed_tenths(f->fold, &lines[k], f->days[i]);
}

/* Once settled, a day's lines are worth the same for all days to come, but for their age. */
static int add_to_figures(
	void *context, int64_t day, struct line *lines, size_t count, struct error *err)
{
	struct figures *f = context;
	int64_t settled = settled_day(day);
	(void)err;
	for (size_t i = 0; i < f->count; i++) {
		if (f->days[i] < day || f->days[i] >= settled)
			continue;
		weigh_day(f->fold, f->days[i], lines, count);
		add_day(f, i, lines, count);
	}
	weigh_day(f->fold, settled, lines, count);
	for (size_t i = 0; i < f->count; i++)
		if (f->days[i] >= settled)
			add_day(f, i, lines, count);
	return 0;
}

int risk_fold_figures(const struct risk_fold *fold, const int64_t *days, size_t count, int *tenths,
	struct error *err)
{
	int64_t last = INT64_MIN;
	struct figures figures = {fold, days, count, calloc(count + 1, sizeof(*figures.sums))};
	if (!figures.sums)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		last = days[i] > last ? days[i] : last;
	int result = days_walk(fold, last, add_to_figures, &figures, err);
	for (size_t i = 0; i < count && !result; i++)
		tenths[i] = risk_figure(figures.sums[i]);
	free(figures.sums);
	return result;
}

enum trend risk_trend(int tenths, int tenths_before)
{
	int change = tenths - tenths_before;
	return change > TREND_TENTHS     ? TREND_RISING
		: change < -TREND_TENTHS ? TREND_FALLING
					 : TREND_STEADY;
}
