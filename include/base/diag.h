/* Diagnostics for people: every mistake of a file, sorted by place, each with its line and a caret.
 */
#ifndef OVERSTEP_BASE_DIAG_H
#define OVERSTEP_BASE_DIAG_H

#include "base/str.h"
#include <stdio.h>

enum diag_level { DIAG_ERROR, DIAG_WARNING };

struct diag {
	enum diag_level level;
	char *file;
	unsigned line;   /* from 1; 0 unknown */
	unsigned column; /* in code points, from 1; 0 unknown: no caret */
	char *text;      /* house message grammar */
	char *source;    /* the line itself, may be NULL */
};

/* Zero-initialised is empty. */
struct diags {
	struct diag *items;
	size_t count;
	size_t cap;
	size_t errors;
	size_t warnings;
	bool failed; /* out of memory: some were lost */
};

void diags_finish(struct diags *d);

/* source: the line of the file to show, or {NULL,0}. */
void diags_add(struct diags *d, enum diag_level level, const char *file, unsigned line,
	unsigned column, struct str source, const char *format, ...)
	__attribute__((format(printf, 7, 8)));

/* By file (in order of first mention), line, column; diags_print does it, too. */
void diags_sort(struct diags *d);

/* Sorted by file (in order of first mention), line, column:
	   rules.d/a.rules:7:13: error: unknown sign 'urgent' (did you mean 'urgency'?)
		 sign      urgent
			   ^
   and last "2 errors, 1 warning in 1 file". Control characters are shown escaped, of a long
   line 200 characters around the column. */
void diags_print(struct diags *d, struct buf *out);
void diags_tell(struct diags *d, FILE *to);

/* The candidate nearest to `word` when it is near enough to be a slip (Damerau-Levenshtein at
   most 1 + len/4, never more than 3), else one of four letters and more that it begins with, else
   NULL. */
const char *did_you_mean(struct str word, const char *const *candidates, size_t count);

#endif
