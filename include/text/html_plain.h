/* HTML as its reader sees it, without its structure. */
#ifndef OVERSTEP_TEXT_HTML_PLAIN_H
#define OVERSTEP_TEXT_HTML_PLAIN_H

#include "base/str.h"

/* Appends what any octets say when they are read as HTML: with characters that are written as
   numbers or by name, and without tags and comments, which may stand inside a word; tags: with
   these. What is no HTML may lose what stands between < and >. A pure walk. */
void html_plain(struct str octets, bool tags, struct buf *out);
/* Is there a "&name;" that this does not know? HTML 5 has names by the thousand. */
bool html_has_unknown_name(struct str octets);

#endif
