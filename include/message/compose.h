/* A mail of ours, from its words to the octets that are sent. */
#ifndef OVERSTEP_MESSAGE_COMPOSE_H
#define OVERSTEP_MESSAGE_COMPOSE_H

#include "base/error.h"
#include "model/client.h"

/* UTF-8 throughout. Control characters, which could begin a field of their own, count as blanks in
   all fields. */
struct draft {
	struct str from, from_name; /* the name may be absent */
	const struct strs *to;      /* bare addresses */
	struct str subject;
	struct str message_id;        /* without < > */
	struct str in_reply_to;       /* without < >; absent: answers nothing */
	const struct str *references; /* without < >, the oldest first */
	size_t reference_count;
	int64_t at_us; /* of its Date field, which is written with */
	int offset_min;
	struct str text; /* lines end in LF */
	struct str html; /* absent: text alone; else both, as alternatives (RFC 2046 5.1.4) */
	bool automatic;  /* no person wrote it (RFC 3834): nobody's absence note answers it */
};

/* Appends its octets, in CRLF form (RFC 5322, 2045-2047): the same draft gives the same octets.
   Call message_library_start before. Fails: ERROR_MEMORY. */
int message_compose(const struct draft *draft, struct buf *out, struct error *err);

#endif
