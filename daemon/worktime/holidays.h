/* The public holidays of countries, computed from rules of our own. */
#ifndef OVERSTEP_WORKTIME_HOLIDAYS_H
#define OVERSTEP_WORKTIME_HOLIDAYS_H

#include "base/error.h"
#include "days_off.h"

/* Adds the holidays of a calendar ("SE", "DE-BY") for all the calendar's years. Fails:
   ERROR_CONFIG unknown calendar, ERROR_MEMORY. */
int holidays_add(struct str code, struct days_off *out, struct error *err);

/* Western Easter Sunday, days since 1970-01-01. */
int64_t easter_sunday(int year);

#endif
