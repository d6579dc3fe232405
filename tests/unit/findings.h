/* Findings of a history as an array, and an array as findings of a history. */
#ifndef TESTS_UNIT_FINDINGS_H
#define TESTS_UNIT_FINDINGS_H

#include "model/risk.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

struct findings_given {
	const struct risk_finding *items; /* in any order */
	size_t count;
};

static inline int findings_by_time(const void *left, const void *right)
{
	const struct risk_finding *a = left, *b = right;
	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (a->at_us != b->at_us)
		return a->at_us < b->at_us ? -1 : 1;
	return (a->evidence > b->evidence) - (a->evidence < b->evidence);
}

/* The walk of a history whose findings are a struct findings_given. */
static inline int findings_walk(void *findings, risk_visit *visit, void *context, struct error *err)
{
	const struct findings_given *given = findings;
	struct risk_finding *sorted = calloc(given->count + 1, sizeof(*sorted));
	int result = 0;
	ck_assert_ptr_nonnull(sorted);
	if (given->count)
		memcpy(sorted, given->items, given->count * sizeof(*sorted));
	qsort(sorted, given->count, sizeof(*sorted), findings_by_time);
	for (size_t i = 0; i < given->count && !result; i++)
		result = visit(context, &sorted[i], err);
	free(sorted);
	return result;
}

struct findings_got {
	struct risk_finding items[64];
	size_t count;
};

static inline int findings_take(void *context, const struct risk_finding *f, struct error *err)
{
	struct findings_got *got = context;
	(void)err;
	ck_assert_uint_lt(got->count, sizeof(got->items) / sizeof(got->items[0]));
	got->items[got->count++] = *f;
	return 0;
}

/* All of a history, in its order. */
static inline struct findings_got findings_of(const struct risk_history *history)
{
	struct findings_got got = {.count = 0};
	struct error err = {0};
	ck_assert_msg(
		history->walk(history->findings, findings_take, &got, &err) == 0, "%s", err.text);
	return got;
}

#endif
