/* A filter in front of libxml2: nothing gets through that makes it slow or deaf. */
#ifndef OVERSTEP_TEXT_HTML_GATE_H
#define OVERSTEP_TEXT_HTML_GATE_H

#include "base/str.h"

/* Writes html.len bytes to out, each in its place. What must not pass becomes byte 1, which libxml2
   leaves out, or a blank or "_" inside a tag:
   - </html> and </body>: behind them libxml2 stops reading, browsers do not;
   - comments, declarations, script and style with their content: "<![endif]>" would come out as
   text;
   - "<" before "_", ":" and ".": to libxml2 alone it begins a tag;
   - quotes, slashes and other signs in start tags where they are junk, and what a name has over
   LIMIT_HTML_NAME: libxml2 would end the tag elsewhere than browsers;
   - attributes over LIMIT_HTML_ATTRIBUTES: libxml2 compares each with all others.
   Returns where the first tag with such attributes begins, SIZE_MAX when there is none. */
size_t html_gate(struct str html, char *out);

#endif
