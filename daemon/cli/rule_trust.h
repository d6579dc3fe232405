/* How far a rule is to be trusted, by what was said of its hits. */
#ifndef OVERSTEP_DAEMON_CLI_RULE_TRUST_H
#define OVERSTEP_DAEMON_CLI_RULE_TRUST_H

#include "index/rule_counts.h"

/* A rule that is right so seldom does more harm than good. */
#define TRUST_LIMIT_PERCENT 70
/* Fewer marks say nothing. */
#define TRUST_MARKS_LEAST 5
/* People mark what annoys them: as long as nine in ten hits were let pass, the rule may be right.
 */
#define TRUST_WRONG_PERCENT 10

/* Of those marked, how many are true: in percent, -1 when none is marked. */
int rule_precision(const struct rule_count *c);
/* Is it surely below the limit? The upper end of Wilson's interval (one-sided, 95 %) for the marks
   is, there are enough of them, and enough of the hits are wrong. */
bool rule_is_doubtful(const struct rule_count *c);
/* "3 wrong, 1 agreed"; nothing without marks. */
void rule_marks_add(const struct rule_count *c, struct buf *out);
/* "mine/poster has 14 hits, marked 3 wrong: see 'overstep rules list --doubtful'" */
void rule_doubt_add(const struct rule_count *c, struct buf *out);

#endif
