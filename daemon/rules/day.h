/* Days as people name them in mail: "by Friday", "the 14th", "2026-03-04", "14 March". */
#ifndef OVERSTEP_RULES_DAY_H
#define OVERSTEP_RULES_DAY_H

#include "capture.h"

/* Appends a group of that name for a day in that language (of all when it is none of ours), behind
   others that it calls. */
void day_add_groups(struct str lang, const char *name, struct buf *regex);

/* The civil day that the words of such a match name, counted from today: a weekday is the next one
   behind today, a day of the month the next one from today on. A day of a year that is not named
   has passed when that was within two months and no word before it ("by", "until") says that it is
   to come. lead: what stands before the words. false: no day, or one of several (3/4 in English, or
   without a clock). */
bool day_read(struct str lead, struct str words, struct str lang, struct today today, int64_t *day);

#endif
