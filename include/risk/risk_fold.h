/* A client's history becomes one figure whose lines add up (risk.md). */
#ifndef OVERSTEP_RISK_RISK_FOLD_H
#define OVERSTEP_RISK_RISK_FOLD_H

#include "base/error.h"
#include "model/risk.h"

/* Pure. Counts findings and credits up to and including `day`. Order of input does not matter.
   out must be risk_init'ed. Fails: ERROR_MEMORY. */
int risk_fold(const struct risk_history *history, int64_t day, struct risk *out, struct error *err);

enum trend { TREND_FALLING, TREND_STEADY, TREND_RISING };
const char *trend_name(enum trend t);
/* Against the figure 30 days earlier: more than 2.0 up is rising, more than 2.0 down falling. */
int risk_trend(const struct risk_history *history, int64_t day, enum trend *out, struct error *err);

#endif
