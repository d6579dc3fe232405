/* Working hours in a person's words, as the configuration writes them. */
#ifndef OVERSTEP_DAEMON_CLI_INIT_HOURS_H
#define OVERSTEP_DAEMON_CLI_INIT_HOURS_H

#include "base/arena.h"
#include "base/error.h"
#include "model/client.h"

/* "9-17, Friday to 15" becomes "mon-thu 09:00-17:00", "fri 09:00-15:00"; so do "mon-thu 9-12
   13-17:30, fri 9-15", "weekdays 9am to 5pm, lunch 12-13", "every day 10-18, not Sunday". Hours
   without days are Monday's to Friday's; later words win. Strings in the arena. Fails: ERROR_USAGE
   with the words that were not understood, ERROR_MEMORY. */
int hours_from_words(struct str words, struct arena *a, struct strs *out, struct error *err);

#endif
