/* Plain text to lines. */
#ifndef OVERSTEP_TEXT_FLOWED_H
#define OVERSTEP_TEXT_FLOWED_H

#include "lines.h"

/* Lines as they stand; CRLF and lone CR become LF. */
void plain_read(struct str content, struct lines *out);
/* RFC 3676: soft line ends are joined within one quote depth, space-stuffing is undone, quote
   marks are kept; delsp drops the blank that made a line end soft. */
void flowed_read(struct str content, bool delsp, struct lines *out);

#endif
