/* Amounts of money as people write them. */
#ifndef OVERSTEP_RULES_AMOUNT_H
#define OVERSTEP_RULES_AMOUNT_H

#include "model/captured.h"

/* Appends a group of that name for an amount with its currency, before or behind it. */
void amount_add_group(const char *name, struct buf *regex);
/* The value and currency of what that regex found, in *out: has_value, hundredths, currency. */
void amount_read(struct str words, struct str lang, struct captured *out);

#endif
