/* Findings in order of time become whole days, and no more than these few are held at once. */
#ifndef OVERSTEP_DAEMON_RISK_DAYS_H
#define OVERSTEP_DAEMON_RISK_DAYS_H

#include "value.h"

/* Handed all lines of a day, with own set; may sort and change them. 0, or -1. */
typedef int days_visit(
	void *context, int64_t day, struct line *lines, size_t count, struct error *err);

/* Walks through the findings of all days up to and including `until`. Days come in their order. */
int days_walk(const struct risk_fold *fold, int64_t until, days_visit *visit, void *context,
	struct error *err);

#endif
