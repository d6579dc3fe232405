/* What an element's attributes mean: colours, hiding, and whose words stand in it. */
#ifndef OVERSTEP_TEXT_MARKUP_H
#define OVERSTEP_TEXT_MARKUP_H

#include "lines.h"

#define COLOUR_UNKNOWN (-1)

/* How text in an element looks; inherited by the elements in it. */
struct look {
	bool gone;      /* display:none, hidden, opacity:0: nothing within shows it again */
	bool invisible; /* visibility:hidden */
	bool tiny;      /* font-size 0 or 1 px */
	int32_t colour; /* 0xrrggbb or COLOUR_UNKNOWN */
	int32_t background;
};

#define LOOK_DEFAULT ((struct look){.colour = 0x000000, .background = 0xffffff})

bool look_hidden(const struct look *l);

struct markup {
	struct look look;
	enum hint hint;  /* HINT_NONE: nothing known */
	bool cited;      /* a quoting blockquote: one level deeper */
	bool border_top; /* Outlook draws one above the earlier message */
};

/* name and attributes as SAX gives them: pairs, ending in NULL; values may be NULL. *m holds the
   surrounding element's look and is changed in place. */
void markup_read(const char *name, const char *const *attributes, struct markup *m);

#endif
