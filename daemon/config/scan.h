/* The configuration's tokens with their places, read before libconfig, which keeps none of them. */
#ifndef OVERSTEP_DAEMON_CONFIG_SCAN_H
#define OVERSTEP_DAEMON_CONFIG_SCAN_H

#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"

/* After so many the rest is not told: each keeps a copy of its line. */
#define SCAN_MISTAKES 100

struct token {
	unsigned line;   /* from 1; 0: there is no such token */
	unsigned column; /* in code points, from 1 */
	struct str text; /* as it stands in the file */
	bool told;       /* of a mistake in it */
};

/* Zero-initialised is empty. */
struct scan {
	struct str bytes; /* borrowed */
	const char *name; /* of the file */
	struct token *tokens;
	size_t count, cap;
	bool broken; /* no use to read on: libconfig would only be confused (or open another file)
		      */
};

/* Tells what libconfig would pass over or tell of too late: an open string, comment or bracket,
   strings glued by a missing comma, an integer that does not fit, @include, bytes that are no
   UTF-8. Fails: ERROR_MEMORY. */
int scan_config(const char *name, struct str bytes, struct scan *out, struct diags *diags,
	struct error *err);
void scan_finish(struct scan *s);

/* The line's text, without its end. */
struct str scan_line(const struct scan *s, unsigned line);

/* The ways through the tokens of a file that libconfig accepts. A value is named by its first
   token; SCAN_NOWHERE is none. */
#define SCAN_NOWHERE ((size_t)-1)
/* One with line 0 when there is none there. */
const struct token *scan_token(const struct scan *s, size_t at);
/* Where what follows a value begins: the next setting's name, or the next element. */
size_t scan_next(const struct scan *s, size_t value);
/* The value of the n-th element of a list that begins at `open`. */
size_t scan_element(const struct scan *s, size_t open, size_t n);
/* The value of a setting of the group that begins at `open`, or SCAN_NOWHERE. */
size_t scan_member(const struct scan *s, size_t open, const char *name);

#endif
