/* The text of a message in the making: bytes and the spans that cover them. */
#ifndef OVERSTEP_TEXT_SPANS_H
#define OVERSTEP_TEXT_SPANS_H

#include "lines.h"

/* Zero-initialised is empty. */
struct spans {
	struct buf bytes;
	struct span *items;
	size_t count, cap;
	bool failed;
	bool cut;
};

void spans_finish(struct spans *s);
/* Appends bytes as one span (or to the last one, when they are of one kind and part). */
void spans_add(struct spans *s, struct str bytes, const struct span *as);
/* An empty line between what is there and what comes. */
void spans_paragraph(struct spans *s);
/* All lines, each as its kind tells, or all as *as (may be NULL). */
void spans_add_lines(struct spans *s, const struct lines *l, int part, const enum span_kind *as);
/* Moves everything into *out. 0, or -1 out of memory (out is then unchanged). */
int spans_move(struct spans *s, struct text *out, struct error *err);

#endif
