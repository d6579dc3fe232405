/* Which UIDs of the open folder are to be fetched. */
#ifndef OVERSTEP_SOURCE_IMAP_SEARCH_H
#define OVERSTEP_SOURCE_IMAP_SEARCH_H

#include "imap_session.h"

/* Ascending, each once. Zero-initialised is empty. */
struct uid_list {
	uint32_t *items;
	size_t count, cap;
	bool unsaid; /* the server was asked and did not say what it found: there may be more */
};

void uid_list_finish(struct uid_list *l);
/* Replaces it by these. Fails: ERROR_MEMORY. */
int uid_list_take(struct uid_list *l, const uint32_t *uids, size_t count, struct error *err);
/* "1:5,7" of items [start, end). */
void uid_list_format(const struct uid_list *l, size_t start, size_t end, struct buf *out);

struct search {
	uint32_t first, last;       /* UIDs, both included; last UINT32_MAX: the newest */
	const struct date *since;   /* may be NULL */
	const struct strs *parties; /* messages that name one of these addresses; NULL: all */
	bool from_them;             /* only those that they sent */
	bool drafts_too;            /* a draft, which nobody has sent yet, is none */
};

/* Can that address be searched for, as one that can stand in a quoted string? */
bool search_takes(struct str address);

/* Replaces *out. All messages when one of the parties cannot be searched for. Asks in steps that
 * give at most LIMIT_IMAP_SEARCH_RANGE UIDs each. */
int session_search(
	struct imap_session *s, const struct search *q, struct uid_list *out, struct error *err);

#endif
