/* Recognises header blocks by their labels, in any language, with wrapped values. */
#include "header_block.h"

#include "language.h"
#include "words.h"

#define LABEL_BYTES 40
/* Of one value; addresses of a long To: line wrap. */
#define CONTINUATION_LINES 4
/* Of a whole block; To: and Cc: of a large round may take many. */
#define HEADER_LINES 60

/* The kind of header whose label this line begins with, or 0. */
static unsigned label_kind(struct str line)
{
	size_t colon;
	line = words_inside(line);
	if (!str_find(str_slice(line, 0, LABEL_BYTES), STR(":"), &colon))
		return 0;
	struct str label = words_inside(str_slice(line, 0, colon));
	for (const struct language *const *l = languages; *l; l++)
		for (const struct header_label *h = (*l)->labels; h->label; h++)
			if (str_eq(label, str_from(h->label)))
				return h->kind;
	return 0;
}

static unsigned kinds_count(unsigned kinds)
{
	unsigned count = 0;
	for (; kinds; kinds &= kinds - 1)
		count++;
	return count;
}

/* HTML may set each header as a paragraph: one empty line between two labels is part of it. */
static size_t label_behind(const struct lines *l, size_t i)
{
	size_t next = i + 1;
	if (next < l->count && line_blank(l, next))
		next++;
	return next < l->count && l->items[next].header ? next : l->count;
}

void header_labels_find(struct lines *l)
{
	for (size_t i = 0; i < l->count; i++)
		l->items[i].header = label_kind(line_words(l, i));
}

size_t header_block_lines(const struct lines *l, size_t i, bool announced)
{
	unsigned kinds = l->items[i].header;
	if (kinds == 0)
		return 0;
	size_t end = i + 1, continued = 0;
	for (size_t at = i + 1; at < l->count && at - i < HEADER_LINES; at++) {
		if (line_blank(l, at)) {
			if (label_behind(l, at - 1) == l->count)
				break;
			continue;
		}
		unsigned kind = l->items[at].header;
		continued = kind ? 0 : continued + 1;
		if (continued > CONTINUATION_LINES)
			break;
		kinds |= kind;
		if (kind)
			end = at + 1;
	}
	/* From, and two more; a list of "to:", "date:", "subject:" is what people write too. */
	unsigned enough = announced ? 2 : 3;
	bool whole = kinds_count(kinds) >= enough && (kinds & HEADER_FROM) &&
		(kinds & (HEADER_DATE | HEADER_SUBJECT | HEADER_TO));
	return whole ? end - i : 0;
}
