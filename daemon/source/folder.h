/* Folders of a mail server: their names on the wire, and which of them were asked for. */
#ifndef OVERSTEP_SOURCE_FOLDER_H
#define OVERSTEP_SOURCE_FOLDER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "model/client.h"

/* Modified UTF-7 (RFC 3501 section 5.1.3) to UTF-8; false when it is not well-formed. Appends. */
bool folder_decode(struct str wire, struct buf *out);
/* And back; invalid UTF-8 gives U+FFFD. */
void folder_encode(struct str name, struct buf *out);

struct folder {
	struct str name; /* UTF-8 */
	struct str wire; /* as EXAMINE wants it */
	bool missing;    /* asked for by name or attribute, but not there */
	/* The UIDs from fresh_from to below fresh_end were given before older ones; 0: none */
	uint32_t fresh_from, fresh_end, fresh_uidvalidity;
	/* 0, or below which UID it is to be told what is still there, of which UIDVALIDITY */
	uint32_t census_below, census_uidvalidity;
	/* UIDs that could not be had before, to be tried once more */
	uint32_t retry[LIMIT_IMAP_RETRIES], retry_uidvalidity;
	size_t retry_count;
};

/* One line of LIST. Strings belong to the arena of the list. */
struct listed {
	struct str name;
	struct str wire;
	char delimiter; /* NUL: none */
	struct strs attributes;
	bool selectable;
};

struct folder_list {
	struct arena arena;
	struct listed *items;
	size_t count, cap;
};

void folder_list_finish(struct folder_list *l);

/* Does name fit the pattern of IMAP's LIST: * is anything, % anything but the delimiter? INBOX in
   any case. */
bool folder_fits(struct str pattern, struct str name, char delimiter);

/* Is the folder for that, as the server says or as its name does? */
bool folder_seems_for(const struct listed *f, struct str attribute);

/* The folders that `patterns` (names, globs, "\\Sent") ask for, each once, in that order, at most
   LIMIT_IMAP_FOLDERS; into *out (free it; strings belong to l). A name that is not listed is
   included all the same (missing is left to EXAMINE), an attribute without folder as missing. An
   attribute that no folder has is looked for by well-known names; globs pass over drafts.
   Source: RFC 6154. */
int folder_choose(struct folder_list *l, const struct strs *patterns, struct folder **out,
	size_t *count, struct error *err);

#endif
