/* The form of a configuration, checked on its tokens. */
#ifndef OVERSTEP_DAEMON_CONFIG_FORM_H
#define OVERSTEP_DAEMON_CONFIG_FORM_H

#include "scan.h"

/* Tells the first place where the tokens of a file, whose brackets and strings are closed, do not
   keep to libconfig's grammar, and marks the scan as broken then. */
void form_check(struct scan *scan, struct diags *diags);

#endif
