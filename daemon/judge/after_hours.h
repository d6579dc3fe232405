/* after-hours/contact and after-hours/demand: arrival is not demand (contract.md, Time). */
#ifndef OVERSTEP_DAEMON_JUDGE_AFTER_HOURS_H
#define OVERSTEP_DAEMON_JUDGE_AFTER_HOURS_H

#include "judge/judge.h"

/* Adds at most one finding to j, whose findings and markers are split already and have room for
   it. 0, or -1 out of memory. */
int after_hours_judge(const struct judge_input *in, struct judgement *j);

#endif
