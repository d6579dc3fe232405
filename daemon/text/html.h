/* HTML to lines. */
#ifndef OVERSTEP_TEXT_HTML_H
#define OVERSTEP_TEXT_HTML_H

#include "lines.h"

#define HTML_CHUNK 4096

/* Reads UTF-8 HTML, given to the parser chunk bytes at a time. Out: lines as a reader of the mail
   sees them. What lies deeper than LIMIT_HTML_DEPTH is read anew from there; from there on, and
   from the first tag with more than LIMIT_HTML_ATTRIBUTES on, nobody knows what surrounds the lines
   (lines.lost). Fails: ERROR_MEMORY. */
int html_read(struct str html, size_t chunk, struct lines *out, struct error *err);

/* The character that HTML 4 calls so, "eacute"; -1: none. */
int32_t html_named(struct str name);

#endif
