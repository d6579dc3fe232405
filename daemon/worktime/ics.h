/* Holidays from a calendar file: the all-day events of an .ics file. */
#ifndef OVERSTEP_WORKTIME_ICS_H
#define OVERSTEP_WORKTIME_ICS_H

#include "days_off.h"

/* Adds the days of all events of an iCalendar object (RFC 5545) that have a date and no time,
   under their SUMMARY. Events with a time of day, and cancelled ones, are passed over. What cannot
   be followed exactly (another RRULE, RDATE, RECURRENCE-ID) is refused rather than half done.
   file: named in errors. Fails: ERROR_CONFIG with file and line, ERROR_MEMORY. */
int ics_read(struct str bytes, const char *file, struct days_off *out, struct error *err);

#endif
