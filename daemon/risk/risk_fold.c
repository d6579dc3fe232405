/* The fold of risk.md: findings in force become points, points become days, days add up. */
#include "risk/risk_fold.h"

#include "base/limits.h"
#include "value.h"
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

static int i64_cmp(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* By message, then by worth; the rule's name and place in the input never decide a figure. */
static int by_message(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	int order = i64_cmp(a->finding->day, b->finding->day);
	if (!order)
		order = u64_cmp(a->finding->evidence, b->finding->evidence);
	if (!order)
		order = (a->value < b->value) - (a->value > b->value);
	/* of equal ones the graver sign heads the message: signs stand in that order */
	if (!order)
		order = (int)a->finding->sign - (int)b->finding->sign;
	return order ? order : str_cmp(a->finding->rule, b->finding->rule);
}

static int by_time(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	int order = i64_cmp(a->finding->at_us, b->finding->at_us);
	if (!order)
		order = u64_cmp(a->finding->evidence, b->finding->evidence);
	if (!order)
		order = str_cmp(a->finding->rule, b->finding->rule);
	return order ? order : (a->value < b->value) - (a->value > b->value);
}

static bool same_message(const struct line *a, const struct line *b)
{
	return a->finding->day == b->finding->day && a->finding->evidence == b->finding->evidence;
}

/* Step 4: of a message only its highest value counts. Lines are sorted by_message. */
static void keep_highest_of_message(struct line *lines, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (!same_message(&lines[i - 1], &lines[i]) || lines[i].value <= 0)
			continue;
		lines[i].value = 0;
		lines[i].fate = FATE_LESSER_OF_MESSAGE;
	}
}

/* The line of highest value in [start, end) among those not ranked yet; ties go to the older
   message. */
static struct line *day_next(struct line *lines, size_t start, size_t end)
{
	struct line *best = NULL;
	for (size_t i = start; i < end; i++)
		if (lines[i].value > 0 && !lines[i].rank && (!best || lines[i].value > best->value))
			best = &lines[i];
	return best;
}

/* Step 5: a day's messages by value, then by number: weights 1, 1/4, then 0. */
static void weigh_days(struct line *lines, size_t count)
{
	for (size_t start = 0, end = 0; start < count; start = end) {
		while (end < count && lines[end].finding->day == lines[start].finding->day)
			end++;
		for (unsigned rank = 1; rank <= WEIGHED_MESSAGES; rank++) {
			struct line *next = day_next(lines, start, end);
			if (next)
				next->rank = rank;
		}
		for (size_t i = start; i < end; i++) {
			if (lines[i].value <= 0)
				continue;
			if (!lines[i].rank)
				lines[i].fate = FATE_LATER_OF_DAY;
			lines[i].value *= lines[i].rank ? message_weights[lines[i].rank - 1] : 0.0;
		}
	}
}

/* Step 6: half of it after each half-life; rounded half up to tenths of a point. */
static int decayed_tenths(const struct line *line, int64_t day, double half_life_days)
{
	double age = (double)(day - line->finding->day);
	return (int)floor(line->value * exp2(-age / half_life_days) * 10 + 0.5);
}

static struct risk_weighing weighing_of(const struct line *line, int64_t day, struct arena *arena)
{
	const struct risk_finding *f = line->finding;
	return (struct risk_weighing){
		.fate = line->fate,
		.disputed = f->sign == SIGN_AFTER_HOURS && f->disputed_clock,
		.unsure = f->unsure,
		.credits = line->credits,
		.second = line->rank == 2,
		.allowed_days = line->allowed_days,
		.age_days = day - f->day,
		.consent = f->consent.ptr ? arena_str(arena, f->consent) : f->consent,
	};
}

static int write_causes(const struct risk_history *history, int64_t day, struct line *lines,
	size_t count, struct risk *out, struct error *err)
{
	struct arena arena = {0};
	struct risk_cause *causes = arena_array(&arena, count, sizeof(*causes));
	int64_t sum = 0;
	bool full = !causes;
	for (size_t i = 0; i < count && !full; i++) {
		const struct risk_finding *f = lines[i].finding;
		causes[i] = (struct risk_cause){
			.evidence = f->evidence,
			.at_us = f->at_us,
			.day = f->day,
			.rule = arena_str(&arena, f->rule),
			.sign = f->sign,
			.severity = f->severity,
			.tenths = decayed_tenths(&lines[i], day, history->half_life_days),
			.weighing = weighing_of(&lines[i], day, &arena),
		};
		causes[i].why = line_why(&causes[i], &arena);
		sum += causes[i].tenths;
		full = !causes[i].rule.ptr || !causes[i].why.ptr ||
			(f->consent.ptr && !causes[i].weighing.consent.ptr);
	}
	if (full) {
		arena_finish(&arena);
		return error_memory(err);
	}
	arena_finish(&out->arena);
	int tenths = sum < 1000 ? (int)sum : 1000;
	*out = (struct risk){arena, tenths, band_of(tenths), causes, count};
	return 0;
}

int risk_fold(const struct risk_history *history, int64_t day, struct risk *out, struct error *err)
{
	struct line *lines = calloc(history->finding_count + 1, sizeof(*lines));
	if (!lines)
		return error_memory(err);
	size_t count = 0;
	for (size_t i = 0; i < history->finding_count; i++)
		if (history->findings[i].day <= day)
			lines[count++].finding = &history->findings[i];
	int result = lines_value(history, day, lines, count, err);
	if (!result) {
		qsort(lines, count, sizeof(*lines), by_message);
		keep_highest_of_message(lines, count);
		weigh_days(lines, count);
		qsort(lines, count, sizeof(*lines), by_time);
		result = write_causes(history, day, lines, count, out, err);
	}
	free(lines);
	return result;
}
