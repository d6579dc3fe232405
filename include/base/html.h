/* Text of strangers inside HTML and SVG. */
#ifndef OVERSTEP_BASE_HTML_H
#define OVERSTEP_BASE_HTML_H

#include "base/str.h"

/* Appends s for element content and quoted attributes: & < > " ' escaped, control and bidi
   characters shown as \u202e, invalid UTF-8 as U+FFFD; LF and TAB stay. */
void html_add(struct buf *out, struct str s);

#endif
