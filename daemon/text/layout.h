/* HTML elements and words in document order, laid out to lines. */
#ifndef OVERSTEP_TEXT_LAYOUT_H
#define OVERSTEP_TEXT_LAYOUT_H

#include "base/limits.h"
#include "markup.h"

struct element {
	const struct element_form *form;
	struct markup markup;
	unsigned depth; /* quoting blockquotes around and with it */
	unsigned box;
	bool kept;    /* its blanks and line ends stand: <pre> */
	bool dropped; /* its words are no text: <title> */
};

struct layout {
	struct lines *out;
	struct element stack[LIMIT_HTML_DEPTH + 1]; /* [0] is the document */
	size_t top;
	unsigned boxes;
	const char *before; /* of a list item, due before its first word; or NULL */
	bool open;          /* a line is being written */
	bool blank;         /* a blank is due before the next word */
	bool gap;           /* an empty line is due before the next line */
	bool ruled;         /* a rule stands above the next line */
	bool rest;          /* the earlier message has begun: HINT_REST_QUOTED for its first line */
	struct line line;   /* how the line being written will be judged */
};

void layout_start(struct layout *l, struct lines *out);
/* false: too deep, the element was not taken. */
bool layout_open(struct layout *l, const char *name, const char *const *attributes);
void layout_close(struct layout *l);
/* Words from [part_start, part_end) of the content. */
void layout_words(struct layout *l, struct str words, size_t part_start, size_t part_end);
void layout_finish(struct layout *l);

#endif
