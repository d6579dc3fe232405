/* What a day's findings weigh beside each other. */
#ifndef OVERSTEP_DAEMON_RISK_WEIGH_H
#define OVERSTEP_DAEMON_RISK_WEIGH_H

#include "value.h"

/* All lines of one day, as known on the day `until`: sets all that is worked out of them, but for
   their age. Sorts them. */
void weigh_day(const struct risk_fold *fold, int64_t until, struct line *lines, size_t count);
/* Step 6: half of it after each half-life; rounded half up to tenths of a point. */
int decayed_tenths(const struct risk_fold *fold, const struct line *line, int64_t until);
/* What a sum of lines is as a figure. */
int risk_figure(int64_t sum);

#endif
