/* A client's history becomes one figure whose lines add up (risk.md). */
#ifndef OVERSTEP_RISK_RISK_FOLD_H
#define OVERSTEP_RISK_RISK_FOLD_H

#include "base/error.h"
#include "model/risk.h"

/* Pure. Counts findings and credits up to and including `day`. Order of input does not matter.
   out must be risk_init'ed. Fails: ERROR_MEMORY. */
int risk_fold(const struct risk_history *history, int64_t day, struct risk *out, struct error *err);

/* Against the figure 30 days earlier: more than 2.0 up is rising, more than 2.0 down falling. */
int risk_trend(const struct risk_history *history, int64_t day, enum trend *out, struct error *err);

/* How the month of `day` stands with a sign, as known on `until` (step 2 of risk.md): it is free on
   the first `allowed` days that hold a finding which the allowance covers; `day` would be the
   `number`-th of them, from 1. */
struct allowance {
	int allowed;
	int number;
};
void risk_allowance(const struct risk_history *history, enum sign sign, int64_t day, int64_t until,
	struct allowance *out);
/* Does an allowance cover findings of that sign and severity? */
bool risk_allowance_covers(enum sign sign, int severity);

#endif
