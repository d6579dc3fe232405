/* Between the process that reads From fields and the one that reads what is in them. */
#ifndef OVERSTEP_DAEMON_APP_SURVEY_H
#define OVERSTEP_DAEMON_APP_SURVEY_H

#include "app/survey.h"
#include "base/str.h"

/* Puts a field behind those in *fields: its length in 4 octets, then itself. */
void fields_add(struct buf *fields, struct str field);

/* survey_count.c: who wrote these, in a process of its own; into out->items and arena. */
int survey_count(struct str fields, struct senders *out, struct error *err);

#endif
