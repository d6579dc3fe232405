/* FETCH for a handful of messages: sizes and dates, then octets. */
#ifndef OVERSTEP_SOURCE_IMAP_FETCH_H
#define OVERSTEP_SOURCE_IMAP_FETCH_H

#include "base/limits.h"
#include "imap_search.h"

enum fetch_state {
	FETCH_WANTED,     /* not here yet */
	FETCH_ARRIVED,    /* octets [start, start + len) of the batch */
	FETCH_GONE,       /* no longer on the server */
	FETCH_UNREADABLE, /* there, but the server cannot give it, or not so that it is understood
			   */
};

struct fetched {
	uint32_t uid;
	enum fetch_state state;
	bool answered; /* when its size was asked for, with a size or without */
	bool has_size;
	bool asked_alone; /* for its size: it was left out before */
	bool has_internal;
	uint32_t size_bytes; /* the server's word */
	int64_t internal_at_us;
	size_t start, len;
};

struct batch {
	struct fetched items[LIMIT_IMAP_BATCH]; /* ascending UIDs */
	size_t count;
	struct buf octets;
	/* the command under way */
	size_t first, end; /* items that it asks for; answers about others are dropped */
	bool wants_octets;
	size_t body_start; /* where the octets of the answer being read begin */
};

/* All return a MAILIMAP_ code; what arrived before an error counts. */

/* RFC822.SIZE and INTERNALDATE of items [first, end). */
int batch_fetch_sizes(struct imap_session *s, struct batch *b, size_t first, size_t end);
/* The whole octets of those of items [first, end) that are wanted. */
int batch_fetch_whole(struct imap_session *s, struct batch *b, size_t first, size_t end);
/* At most LIMIT_HEADER_BLOCK octets of the header of one item. */
int batch_fetch_header(struct imap_session *s, struct batch *b, size_t item);
/* The From field of each of items [first, end). */
int batch_fetch_from(struct imap_session *s, struct batch *b, size_t first, size_t end);
/* At most LIMIT_IMAP_PIECE octets from `offset`. */
int batch_fetch_piece(struct imap_session *s, struct batch *b, size_t item, uint64_t offset);

#endif
