/* RFC 4180 fields, safe to open in a spreadsheet. */
#ifndef OVERSTEP_BASE_CSV_H
#define OVERSTEP_BASE_CSV_H

#include "base/str.h"

/* Appends one quoted field; a value that begins with = + - @ TAB CR gets ' before it, control and
   bidi characters are shown escaped. */
void csv_add(struct buf *out, struct str value);

#endif
