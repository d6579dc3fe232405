/* Which of many incidents a page shows whole. */
#ifndef OVERSTEP_DAEMON_REPORT_FORM_H
#define OVERSTEP_DAEMON_REPORT_FORM_H

#include "report/report.h"

/* Gives each its form: the gravest, and of equal ones the newest, are whole; then come lines. 0, or
   -1 out of memory. */
int incidents_form(struct incident *all, size_t count);

#endif
