/* Mails out of an mbox file, by their From_ lines or, where each states it, by their length. */
#ifndef OVERSTEP_SOURCE_MBOX_H
#define OVERSTEP_SOURCE_MBOX_H

#include "base/error.h"
#include "base/str.h"

struct mbox;

enum mbox_event_kind {
	MBOX_OCTETS, /* of the mail under way: `found` in the file, of which `own` is the mail's */
	MBOX_MAIL,   /* it is over */
};

struct mbox_event {
	enum mbox_event_kind kind;
	struct str found, own; /* OCTETS: borrowed until the next call */
	uint64_t start;        /* MAIL: its first octet, behind its From_ line */
	uint64_t end;          /* MAIL: where the next one begins */
	const char *format;    /* MAIL: "mboxrd" or "mboxcl2" */
};

/* Reads fd (a file, which stays the caller's) from `start`, where a mail begins. window: how much
   of it is held at once, at least MBOX_WINDOW_LEAST. What stands before the first From_ line comes
   as a mail, too. Fails: ERROR_MEMORY. */
#define MBOX_WINDOW_LEAST 8192
int mbox_open(int fd, uint64_t start, size_t window, struct mbox **out, struct error *err);
/* 1 and *out, 0 at the end, -1 (ERROR_SYSTEM). A mail without octets is passed over. Source: mboxrd
   as in qmail's mbox(5); Content-Length (mboxcl2) counts where the first mail and the one behind it
   have it and it fits. mboxo is read as mboxrd and mboxcl as mboxcl2, which cannot be told. */
int mbox_next(struct mbox *m, struct mbox_event *out, struct error *err);
void mbox_close(struct mbox *m);

/* Does a mail begin here? From the line's first octet on, of which the file may have more. The
   date that programs write makes it one; without it, what follows must be a header as mail has it.
   blank_before: behind an empty line, or at the file's start. */
bool mbox_separates(struct str text, bool blank_before);

#endif
