/* Lists of tags as signatures and keys have them: "v=1; a=rsa-sha256; ..." (RFC 6376 section 3.2).
 */
#ifndef OVERSTEP_DKIM_TAGS_H
#define OVERSTEP_DKIM_TAGS_H

#include "base/str.h"

#define TAGS_MOST 40

struct tag {
	struct str name;  /* case counts */
	struct str value; /* without white space at its ends; absent for none, empty for "b=" */
};

struct tags {
	struct tag items[TAGS_MOST];
	size_t count;
};

/* false: not in that form, a tag twice, too many. Borrows from text. */
bool tags_read(struct str text, struct tags *out);
/* Absent when there is no such tag. */
struct str tags_get(const struct tags *t, const char *name);
/* The text of the tag's value as it stands, white space and all, in `text` that was read: where
   the octets of b= are. */
bool tags_place(struct str text, const char *name, size_t *start, size_t *end);

/* Appends text without white space. */
void add_solid(struct buf *out, struct str text);
/* Is word one of the items parted by colons, white space around them ignored, ASCII case too? */
bool colon_list_has(struct str list, struct str word);
/* Takes the next item off *rest; false at the end. */
bool colon_list_next(struct str *rest, struct str *item);

#endif
