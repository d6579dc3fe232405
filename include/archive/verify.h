/* The archive checked against itself: every octet, record, number, checkpoint and key. */
#ifndef OVERSTEP_ARCHIVE_VERIFY_H
#define OVERSTEP_ARCHIVE_VERIFY_H

#include "base/error.h"
#include "base/str.h"

struct archive;

/* What is whole is only counted; these are told. */
enum verify_state { VERIFY_ALTERED, VERIFY_CANNOT_TELL };

struct verify_note {
	enum verify_state state;
	uint64_t evidence; /* the record it is about; 0: none in particular */
	const char *part;  /* "record", "octets", "numbering", "checkpoint", "key", "database" */
	struct str text;   /* in words, one line */
};

struct verify_listener {
	void (*note)(void *context, const struct verify_note *note);
	void (*progress)(
		void *context, const char *what, uint64_t done, uint64_t all); /* or NULL */
	void *context;
};

struct verify_summary {
	uint64_t records, erased, messages;
	uint64_t octet_strings, octet_bytes;
	uint64_t checkpoints, keys;
	uint64_t covered;  /* records under the newest checkpoint that holds; 0: none */
	uint64_t anchored; /* records under the newest one that a believed authority stamped */
	int64_t anchored_at_us;
	/* records under checkpoints that do not hold, which of them are altered cannot be told; 0:
	   none */
	uint64_t doubted_from, doubted_to;
	uint64_t altered, cannot_tell;
};

struct verify_plan {
	/* SQLite's own integrity_check too, which holds the archive for as long as it reads all of
	   it */
	bool structure;
	struct str roots_pem; /* whose time stamps are believed; absent: the system's */
	struct verify_listener listener;
};

/* Reads in slices, so that a running service waits for a moment at most. What is found is
   no error; fails only when the archive cannot be read at all: ERROR_TEMPORARY, ERROR_SYSTEM,
   ERROR_MEMORY. */
int archive_verify(struct archive *a, const struct verify_plan *plan, struct verify_summary *out,
	struct error *err);

#endif
