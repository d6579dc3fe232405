/* A folder that proves itself: records, octets and the log as a BagIt (RFC 8493). */
#ifndef OVERSTEP_ARCHIVE_BUNDLE_H
#define OVERSTEP_ARCHIVE_BUNDLE_H

#include "base/clock.h"
#include "base/error.h"
#include "base/str.h"

struct archive;
struct log_key;

/* What the index knows of a message beyond its record; absent strings are fine. */
struct bundle_words {
	struct str message_id;
	struct str subject;
	struct str agreement; /* what it is marked to fix, by which records */
	/* Stands in data/redacted/ in place of the octets, and names their SHA-256. Absent: the
	   octets are in the bundle themselves. */
	struct str twin;
};

/* A file that is no evidence and that no record names: "data/report.html". */
struct bundle_extra {
	struct str path;
	struct str bytes;
};

struct bundle_request {
	const uint64_t *seqs; /* records, in any order; one named twice is written once */
	size_t count;
	struct str filter;         /* how they were chosen, as typed; goes into bag-info.txt */
	struct str owner, version; /* for the declaration: a name, this program's version */
	/* Signs the tag manifest when a checkpoint that covers all is by it; may be NULL. */
	const struct log_key *key;
	const struct bundle_extra *extras;
	size_t extra_count;
	const struct clock *clock; /* for the day in bag-info.txt; may be NULL */
	/* Fills *out for message `seq`, borrowed until the next call; 0 or -1. NULL: left empty. */
	int (*describe)(void *context, uint64_t seq, struct bundle_words *out, struct error *err);
	void (*progress)(void *context, size_t done, size_t total); /* may be NULL */
	void *context;
};

/* The log is in it up to the newest checkpoint by the request's key, else the newest there is; it
   must cover all that was asked for. That checkpoint and the keys before it are in it. What is
   appended meanwhile, a new key too, changes nothing. Writes the bundle to `<folder>.tmp`, brings
   it to the disk and renames it; what failed leaves nothing. Folders are 0700, files 0600. The same
   request on the same log at the same time gives the same bytes. Fails: ERROR_USAGE (folder is
   there already, or its .tmp), ERROR_NOT_FOUND (no records, one that is erased or was never there,
   or no checkpoint that covers them), ERROR_INTEGRITY (stored octets are altered or missing),
   ERROR_SYSTEM, ERROR_MEMORY. */
int bundle_write(struct archive *a, const struct bundle_request *request, const char *folder,
	struct error *err);

#endif
