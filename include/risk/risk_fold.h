/* A client's history becomes one figure whose lines add up (risk.md). */
#ifndef OVERSTEP_RISK_RISK_FOLD_H
#define OVERSTEP_RISK_RISK_FOLD_H

#include "base/error.h"
#include "model/risk.h"

/* Pure. A history, looked through once; it is borrowed, and walked through again for each question
   but risk_fold_allowance. What is held at a time does not grow with the number of findings. */
struct risk_fold;
/* Fails: ERROR_MEMORY, and as the history's walk does. */
int risk_fold_new(const struct risk_history *history, struct risk_fold **out, struct error *err);
void risk_fold_free(struct risk_fold *fold);

/* The figure with its lines. Counts findings and credits up to and including `day`. Every line that
   weighs is there, so these add up; of those at 0 points only the newest, at most most_zero. out
   must be risk_init'ed. */
int risk_fold_causes(const struct risk_fold *fold, int64_t day, size_t most_zero, struct risk *out,
	struct error *err);
/* The figures alone on some days, in any order. */
int risk_fold_figures(const struct risk_fold *fold, const int64_t *days, size_t count, int *tenths,
	struct error *err);

/* Against the figure so many days earlier: more than 2.0 up is rising, more than 2.0 down falling.
 */
#define RISK_TREND_DAYS 30
enum trend risk_trend(int tenths, int tenths_before);

/* How the month of `day` stands with a sign, as known on `until` (step 2 of risk.md): it is free on
   the first `allowed` days that hold a finding which the allowance covers; `day` would be the
   `number`-th of them, from 1. */
struct allowance {
	int allowed;
	int number;
};
void risk_fold_allowance(const struct risk_fold *fold, enum sign sign, int64_t day, int64_t until,
	struct allowance *out);
/* Does an allowance cover findings of that sign and severity? */
bool risk_allowance_covers(enum sign sign, int severity);

#endif
