/* What may be missing, and when it was looked for: what a record of type gap says. */
#ifndef OVERSTEP_MODEL_GAP_H
#define OVERSTEP_MODEL_GAP_H

#include "base/error.h"
#include "model/record.h"

enum gap_kind {
	GAP_UNREAD,     /* a message that could not be had, nor whose it is be known */
	GAP_WATCHED,    /* an account was looked at again and again */
	GAP_AWAY,       /* it was not looked at */
	GAP_RENUMBERED, /* a folder has a new UIDVALIDITY */
	GAP_VANISHED,   /* an archived message is in its folder no longer, nor in another */
	GAP_MOVED,      /* it is in another folder */
	GAP_RESTORED,   /* a folder was put back: its UIDs from one on were given anew */
	GAP_SETTLED,    /* one that is UNREAD could be had later, or is on the server no longer */
	GAP_KIND_COUNT,
};
/* "watched" */
const char *gap_kind_name(enum gap_kind kind);

/* How the reason of an UNREAD one begins when the server would not give it. */
#define GAP_POISON "poison: "

struct gap {
	uint64_t seq; /* its record; not written */
	enum gap_kind kind;
	struct str account;
	struct str folder;           /* not of WATCHED, AWAY */
	uint32_t uidvalidity, uid;   /* RESTORED: the first that was */
	uint32_t uidvalidity_before; /* RENUMBERED */
	uint64_t of; /* VANISHED, MOVED: the message's record; SETTLED: that of UNREAD */
	int64_t from_us, until_us; /* WATCHED, AWAY; of the others both are when it was noted */
	int64_t pause_s;           /* WATCHED: the longest between two looks */
	struct str why;            /* UNREAD, AWAY, SETTLED; MOVED: the folder that it is in */
};

/* Fills *out (record_init'ed) for archive_append; times are kept in whole seconds. Fails:
   ERROR_MEMORY. */
int gap_write(const struct gap *g, struct record *out, struct error *err);
/* From a record of type gap that has its seq; strings borrowed. Fails: ERROR_INTEGRITY. */
int gap_read(const struct record *r, struct gap *out, struct error *err);

#endif
