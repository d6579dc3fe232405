/* Messages in order of time, both sides, on a page to be read beside the files it links to. */
#ifndef OVERSTEP_REPORT_TIMELINE_H
#define OVERSTEP_REPORT_TIMELINE_H

#include "report/report.h"

enum timeline_kind { TIMELINE_RECEIVED, TIMELINE_SENT, TIMELINE_SUPPLIED };

/* Absent strings are fine. */
struct timeline_entry {
	uint64_t evidence;
	enum timeline_kind kind;
	struct report_time at; /* by the clock used; of what the owner supplied as stated */
	enum clock_kind clock_used;
	bool clock_agreed;
	bool exported;            /* a line of a chat's export */
	uint64_t differs;         /* the record by which a later one has it not so; 0: none */
	struct str from, subject; /* of what the owner supplied subject is its name */
	struct str words;         /* the first ones, or the owner's note */
	bool cut;                 /* there are more */
	struct str agreement;     /* "price": what it fixes by the owner's mark */
	struct str file, record;  /* relative to the page */
	bool redacted;            /* file is a copy with words covered */
	struct sha256 sum;        /* of the octets that the record names; all zero: none */
};

struct timeline_page {
	enum tongue tongue;
	struct str owner, zone, version;
	struct str filter; /* how the messages were chosen */
	const struct timeline_entry *entries;
	size_t count;
};

/* Earliest first, as qsort compares. */
int timeline_order(const void *left, const void *right);
/* Appends the first words of a text with each white space as one blank. true: there are more. */
bool timeline_words(struct str text, struct buf *out);
/* The page: no script, no request, no finding and no figure. Fails: ERROR_MEMORY. */
int timeline_write(const struct timeline_page *t, struct buf *out, struct error *err);

#endif
