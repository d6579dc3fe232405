/* Amounts of money as people write them. */
#ifndef OVERSTEP_RULES_AMOUNT_H
#define OVERSTEP_RULES_AMOUNT_H

#include "model/captured.h"

/* Appends the regex for an amount with its currency, before or behind it. */
void amount_add_regex(struct buf *regex);
/* The value and currency of what that regex found, in *out: has_value, hundredths, currency. */
void amount_read(struct str words, struct str lang, struct captured *out);

#endif
