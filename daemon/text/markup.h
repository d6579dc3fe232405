/* What an element's attributes mean: whose words stand in it, and can they be seen? */
#ifndef OVERSTEP_TEXT_MARKUP_H
#define OVERSTEP_TEXT_MARKUP_H

#include "lines.h"
#include "style.h"

struct markup {
	struct style style;
	enum hint hint; /* HINT_NONE: nothing known */
	bool cited;     /* a quoting blockquote: one level deeper */
};

/* name and attributes as SAX gives them: pairs, ending in NULL; values may be NULL. *m holds the
   surrounding look and is changed in place. */
void markup_read(const char *name, const char *const *attributes, struct markup *m);

#endif
