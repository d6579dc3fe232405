/* Steps 4 and 5 of risk.md: what a day's findings weigh beside each other. */
#include "weigh.h"

#include <math.h>
#include <stdlib.h>

/* A day's messages weigh by their rank; from the third on they weigh nothing, so a day is at most
   20 + 20/4 = 25 points. */
static const double message_weights[] = {1.0, 0.25};
#define WEIGHED_MESSAGES (sizeof(message_weights) / sizeof(message_weights[0]))

static int u64_cmp(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Of one day: by message, then by worth; the rule's name and place in the input never decide a
 * figure. */
static int by_message(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	int order = u64_cmp(a->finding.evidence, b->finding.evidence);
	if (!order)
		order = (a->value < b->value) - (a->value > b->value);
	/* of equal ones the graver sign heads the message: signs stand in that order */
	if (!order)
		order = (int)a->finding.sign - (int)b->finding.sign;
	return order ? order : str_cmp(a->finding.rule, b->finding.rule);
}

/* Step 4: of a message only its highest value counts. Lines are sorted by_message. */
static void keep_highest_of_message(struct line *lines, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (lines[i - 1].finding.evidence != lines[i].finding.evidence ||
			lines[i].value <= 0)
			continue;
		lines[i].value = 0;
		lines[i].fate = FATE_LESSER_OF_MESSAGE;
	}
}

/* The line of highest value among those not ranked yet; ties go to the older message. */
static struct line *day_next(struct line *lines, size_t count)
{
	struct line *best = NULL;
	for (size_t i = 0; i < count; i++)
		if (lines[i].value > 0 && !lines[i].rank && (!best || lines[i].value > best->value))
			best = &lines[i];
	return best;
}

/* Step 5: a day's messages by value, then by number: weights 1, 1/4, then 0. */
static void weigh_messages(struct line *lines, size_t count)
{
	for (unsigned rank = 1; rank <= WEIGHED_MESSAGES; rank++) {
		struct line *next = day_next(lines, count);
		if (next)
			next->rank = rank;
	}
	for (size_t i = 0; i < count; i++) {
		if (lines[i].value <= 0)
			continue;
		if (!lines[i].rank)
			lines[i].fate = FATE_LATER_OF_DAY;
		lines[i].value *= lines[i].rank ? message_weights[lines[i].rank - 1] : 0.0;
	}
}

void weigh_day(const struct risk_fold *fold, int64_t until, struct line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		lines[i].rank = 0;
		line_value(fold, until, &lines[i]);
	}
	qsort(lines, count, sizeof(*lines), by_message);
	keep_highest_of_message(lines, count);
	weigh_messages(lines, count);
}

int decayed_tenths(const struct risk_fold *fold, const struct line *line, int64_t until)
{
	double age = (double)(until - line->finding.day);
	return (int)floor(line->value * exp2(-age / fold->history->half_life_days) * 10 + 0.5);
}
