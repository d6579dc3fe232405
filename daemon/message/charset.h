/* Text in any charset to UTF-8. */
#ifndef OVERSTEP_MESSAGE_CHARSET_H
#define OVERSTEP_MESSAGE_CHARSET_H

#include "base/str.h"

/* Opens the converters that mail needs and keeps them: iconv reads a file for each, and a reader
   may open none later. */
void charset_start(void);

/* Appends UTF-8. What cannot be converted becomes U+FFFD, NUL becomes U+2400. An absent or unknown
   charset, and ASCII with high bytes: UTF-8 when it is valid, else windows-1252. */
void charset_to_utf8(struct str charset, struct str bytes, struct buf *out);

/* Is it one that can be converted? */
bool charset_known(struct str charset);

#endif
