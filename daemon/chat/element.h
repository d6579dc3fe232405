/* Elements of machine-written XML whose words all stand in attributes. A walk of our own, because
   the programs write characters outside the BMP as two references, &#55357;&#56832;, for which a
   real parser refuses the file; and because a slice must be found without reading the rest. */
#ifndef OVERSTEP_DAEMON_CHAT_ELEMENT_H
#define OVERSTEP_DAEMON_CHAT_ELEMENT_H

#include "base/str.h"

struct element {
	struct str name;
	struct str attributes; /* between the name and the end of the tag */
	size_t start;          /* its '<' */
	size_t end;            /* behind the '>' of its start tag */
	bool empty;            /* "/>" */
};

/* The next start tag at or behind *at, which is moved behind it; comments and end tags are passed
   over. 1; 0: none; -1: out->start is where a tag begins that does not end. */
int element_next(struct str octets, size_t *at, struct element *out);
/* Where "</name>" ends, at or behind `at`; 0: nowhere. */
size_t element_end(struct str octets, size_t at, struct str name);
/* The attribute's octets as they are written; false: there is none. */
bool element_attribute(const struct element *e, struct str name, struct str *out);
/* Appends an attribute's value as it is meant: references resolved, two of a pair made one. */
void element_add_value(struct str written, struct buf *out);

#endif
