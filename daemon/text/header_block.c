/* Finds header blocks by their labels in any of the languages. */
#include "header_block.h"

#include "language.h"
#include "words.h"

#define LABEL_BYTES 40
/* Of one value; addresses of a long To: line wrap. */
#define CONTINUATION_LINES 4
/* Of a whole block; To: and Cc: of a large round may take many. */
#define HEADER_LINES 60
/* Of a value: an address or a time stands within them. */
#define TELLING_BYTES 1000

/* The kind of header whose label this line begins with, as a bit; 0: none. */
static unsigned label_kind(struct str line)
{
	size_t colon;
	line = words_inside(line);
	if (!str_find(str_slice(line, 0, LABEL_BYTES), STR(":"), &colon))
		return 0;
	struct str label = words_inside(str_slice(line, 0, colon));
	for (const struct language *const *l = languages; *l; l++)
		for (unsigned kind = 0; kind < HEADER_KINDS; kind++)
			if ((*l)->labels[kind] && words_are_any(label, (*l)->labels[kind]))
				return 1u << kind;
	return 0;
}

void header_labels_find(struct lines *l)
{
	for (size_t i = 0; i < l->count; i++)
		l->items[i].header = label_kind(line_words(l, i));
}

/* What a block is made of, as far as it was read. */
struct reading {
	unsigned kinds, kinds_below; /* of all labels, of all but the first */
	size_t end;
	bool spaced; /* HTML may set each header as a paragraph: an empty line between labels */
	bool mixed;  /* ... but not between all */
	bool machine;
};

static bool made_by_machine(struct str line)
{
	struct str head = str_slice(line, 0, TELLING_BYTES);
	return words_have_address(head) || words_have_time(head);
}

/* An empty line below the first label, or in a spaced block, with a label below it. */
static bool blank_within(const struct lines *l, size_t start, size_t at, const struct reading *r)
{
	return (r->spaced || at == start + 1) && at + 1 < l->count && l->items[at + 1].header;
}

static struct reading block_read(const struct lines *l, size_t start)
{
	struct reading r = {.kinds = l->items[start].header, .end = start + 1};
	r.machine = made_by_machine(line_words(l, start));
	size_t continued = 0;
	for (size_t at = start + 1; at < l->count && at - start < HEADER_LINES; at++) {
		unsigned kind = l->items[at].header;
		if (line_blank(l, at)) {
			if (!blank_within(l, start, at, &r))
				break;
			r.spaced = true;
			continue;
		}
		continued = kind ? 0 : continued + 1;
		if (continued > CONTINUATION_LINES)
			break;
		if (!kind)
			continue;
		r.mixed = r.mixed || (r.spaced && !line_blank(l, at - 1));
		r.kinds |= kind;
		r.kinds_below |= kind;
		for (; r.end <= at; r.end++)
			r.machine = r.machine || made_by_machine(line_words(l, r.end));
	}
	return r;
}

/* From, and one more when announced, else two: "to:", "date:", "subject:" is what people list. */
static bool enough(unsigned kinds, bool announced)
{
	unsigned count = 0;
	for (unsigned rest = kinds; rest; rest &= rest - 1)
		count++;
	unsigned telling = 1u << HEADER_DATE | 1u << HEADER_SUBJECT | 1u << HEADER_TO;
	return count >= (announced ? 2 : 3) && (kinds & 1u << HEADER_FROM) && (kinds & telling);
}

struct header_block header_block_at(const struct lines *l, size_t i, bool announced)
{
	if (l->items[i].header == 0)
		return (struct header_block){0};
	struct reading r = block_read(l, i);
	/* The writer's own "Subject: the logo" above the block is no part of it. */
	if (!enough(r.kinds, announced) || (r.mixed && (r.kinds_below & 1u << HEADER_FROM)))
		return (struct header_block){0};
	return (struct header_block){.lines = r.end - i, .sure = r.machine};
}
