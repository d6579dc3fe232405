/* The canonical forms of header fields and bodies (RFC 6376 section 3.4). */
#ifndef OVERSTEP_DKIM_CANONICAL_H
#define OVERSTEP_DKIM_CANONICAL_H

#include "base/crypto.h"
#include "base/error.h"
#include "base/str.h"

/* Appends a field ("Subject: x\r\n y\r\n", with its line ends; LF alone counts as CRLF). last: the
   signature itself, which is signed without its line end. */
void canonical_field(struct buf *out, struct str field, bool relaxed, bool last);

/* A body on its way through; fed in any pieces it gives the same. Zero-initialised but for
   relaxed, limit and hash. */
struct canonical_body {
	bool relaxed;
	uint64_t limit; /* octets that are hashed; UINT64_MAX: all */
	struct sha256_stream *hash;
	uint64_t bytes; /* of the canonical body, hashed or not */
	/* what may yet fall away at the end */
	uint64_t empty_lines;
	bool carriage;   /* a CR that may belong to a line end */
	bool blank;      /* relaxed: white space that may end a line */
	bool in_line;    /* the line has octets */
	char piece[512]; /* on their way to the hash */
	size_t piece_len;
};
int canonical_body_add(struct canonical_body *b, struct str octets, struct error *err);
/* The line ends are settled; the hash is the caller's to end. */
int canonical_body_end(struct canonical_body *b, struct error *err);

#endif
