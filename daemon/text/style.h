/* How text in an element looks, as far as it matters: can it be seen at all? */
#ifndef OVERSTEP_TEXT_STYLE_H
#define OVERSTEP_TEXT_STYLE_H

#include "base/str.h"

#define COLOUR_UNKNOWN (-1)

/* Inherited by the elements in it. */
struct look {
	bool gone;      /* display:none, hidden, opacity:0: nothing within shows it again */
	bool invisible; /* visibility:hidden */
	bool tiny;      /* font-size 0 or 1 px */
	int32_t colour; /* 0xrrggbb or COLOUR_UNKNOWN */
	int32_t background;
};

#define LOOK_DEFAULT ((struct look){.colour = 0x000000, .background = 0xffffff})

bool look_hidden(const struct look *l);

struct style {
	struct look look;
	bool border_top;
	bool border_left;
	bool flat;    /* no height or width, and */
	bool clipped; /* nothing flows out: together they hide */
};

/* Applies a style attribute ("color: red; ...") to *s, which holds the surrounding look. */
void style_read(struct str text, struct style *s);

/* "#fff", "#ffffff", "rgb(255, 255, 255)", "white". */
int32_t colour_parse(struct str value);

#endif
