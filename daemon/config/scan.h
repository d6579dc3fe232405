/* The configuration's tokens with their places, read before libconfig, which keeps none of them. */
#ifndef OVERSTEP_DAEMON_CONFIG_SCAN_H
#define OVERSTEP_DAEMON_CONFIG_SCAN_H

#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"

struct token {
	unsigned line;   /* from 1 */
	unsigned column; /* in code points, from 1 */
	struct str text; /* a string's decoded bytes; else the token as it stands */
	bool is_string;
};

/* Zero-initialised is empty. */
struct scan {
	struct str bytes; /* borrowed */
	const char *name; /* of the file */
	struct buf strings;
	struct token *tokens;
	size_t count, cap;
};

/* Tells what libconfig would pass over or tell of too late: an open string or comment, strings
   glued by a missing comma, an integer that does not fit, @include. Fails: ERROR_MEMORY. */
int scan_config(const char *name, struct str bytes, struct scan *out, struct diags *diags,
	struct error *err);
void scan_finish(struct scan *s);

/* The line's text, without its end. */
struct str scan_line(const struct scan *s, unsigned line);
/* The column of `name` followed by = or : on that line, 0 when it is not there. */
unsigned scan_name_column(const struct scan *s, unsigned line, const char *name);
/* The string token of that value nearest before the end of `line` (libconfig names the line of the
   token after it), or NULL. */
const struct token *scan_string(const struct scan *s, unsigned line, struct str value);

#endif
