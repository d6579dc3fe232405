/* Findings in order of time become whole days, and no more than these few are held at once. */
#include "days.h"

#include "base/array.h"
#include <stdlib.h>
#include <string.h>

/* Days come in order too, but for a zone that was changed between two judgements: so one waits
   until nothing more can come of it. */
#define DAYS_OPEN 2

struct walk {
	const struct risk_fold *fold;
	int64_t until;
	days_visit *visit;
	void *context;
	struct burst burst;
	struct line *lines; /* of the days that are open, in the order in which they came */
	size_t count, cap;
	int64_t oldest; /* of their days */
};

static int by_day(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	return (a->finding.day > b->finding.day) - (a->finding.day < b->finding.day);
}

static int close_days(struct walk *w, int64_t before, struct error *err)
{
	size_t start = 0, end = 0;
	if (w->count)
		qsort(w->lines, w->count, sizeof(*w->lines), by_day);
	for (; start < w->count && w->lines[start].finding.day < before; start = end) {
		int64_t day = w->lines[start].finding.day;
		while (end < w->count && w->lines[end].finding.day == day)
			end++;
		if (w->visit(w->context, day, &w->lines[start], end - start, err) < 0)
			return -1;
	}
	w->count -= start;
	if (w->count && start)
		memmove(w->lines, &w->lines[start], w->count * sizeof(*w->lines));
	if (w->count)
		w->oldest = w->lines[0].finding.day;
	return 0;
}

static int take(void *context, const struct risk_finding *f, struct error *err)
{
	struct walk *w = context;
	if (f->day > w->until)
		return 0;
	if (w->count && w->oldest < f->day - DAYS_OPEN &&
		close_days(w, f->day - DAYS_OPEN, err) < 0)
		return -1;
	if (array_room(&w->lines, w->count, &w->cap, sizeof(*w->lines)) < 0)
		return error_memory(err);
	if (!w->count || f->day < w->oldest)
		w->oldest = f->day;
	w->lines[w->count++] =
		(struct line){.finding = *f, .own = own_fate(f, w->fold->history, &w->burst)};
	return 0;
}

int days_walk(const struct risk_fold *fold, int64_t until, days_visit *visit, void *context,
	struct error *err)
{
	struct walk w = {.fold = fold, .until = until, .visit = visit, .context = context};
	const struct risk_history *history = fold->history;
	int result = history->walk(history->findings, take, &w, err);
	if (!result)
		result = close_days(&w, INT64_MAX, err);
	free(w.lines);
	return result;
}
