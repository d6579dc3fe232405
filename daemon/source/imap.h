/* An IMAP account on its way through its folders. */
#ifndef OVERSTEP_SOURCE_IMAP_H
#define OVERSTEP_SOURCE_IMAP_H

#include "imap_fetch.h"
#include "imap_list.h"
#include "source_kind.h"

enum imap_step {
	STEP_FOLDER,
	STEP_NEW_MAIL,
	STEP_SEARCH,
	STEP_BACK_FILL,
	STEP_RETRY,
	STEP_CENSUS,
	STEP_END
};

/* The messages that are being given: a list of UIDs, a batch of them at a time. */
struct mail_run {
	struct uid_list uids;
	size_t sized;   /* uids[0, sized) have been in a batch */
	size_t careful; /* so many of the next are looked at one by one: an answer about them was
			   not understood */
	struct batch batch;
	size_t next;   /* item of the batch to give next */
	size_t loaded; /* items [next, loaded) were asked for */
	bool alone;    /* and did not come together: each is worth a position */
	bool in_pieces;
	uint64_t offset; /* of the next piece */
	uint64_t given;
	bool position_due;
	bool works;   /* the server gives mail, if not all of it */
	bool again;   /* they could not be had before: which of them are gone is told */
	bool refused; /* and this one none of the folder's: the run is over */
};

struct imap_source {
	struct source base;
	const struct imap_plan *plan;
	struct source_watcher watcher;
	struct imap_session session;
	unsigned reconnects;
	struct error refusal; /* why all mail of a folder was refused; none: it was not */

	struct folder_list list;
	struct folder *folders;
	size_t folder_count;
	size_t folder_at; /* the open one */
	enum imap_step step;
	bool connected_before; /* since an earlier round */
	bool catching_up; /* the newest of each folder is given: what else there is of long ones */
	bool only_newest; /* of the open folder, in which there is more than that */
	uint32_t waited_next_uid; /* UIDNEXT of the first folder that could be opened, as given */

	/* of the open folder */
	struct buf text; /* of the item that was given last */
	uint32_t uidvalidity;
	uint32_t start_uid;    /* before the round */
	uint32_t anew_from;    /* 0, or from where on UIDs were given anew */
	uint32_t next_uid;     /* all below has been given */
	uint32_t end_uid;      /* UIDNEXT */
	struct strs unwatched; /* addresses that nothing below start_uid was looked through for */
	bool watch_changed;
	struct mail_run run;

	size_t census_at;     /* item of run.uids to give next */
	uint32_t census_from; /* from which UID on nothing was told yet; 0: none is under way */
};

/* imap_folder.c: opens the next folder, tells how that went and searches for what is new in it. As
   mail_next; at the end the step is STEP_NEW_MAIL, or STEP_RETRY behind the last folder. */
int imap_folder(struct imap_source *s, struct source_item *out, struct error *err);
void imap_leave_folder(struct imap_source *s);
uint32_t uid_behind(uint32_t uid); /* UIDs end at 32 bits */
/* imap_mail.c: the next message of the run, or piece of it: 1, 0 when there is none, -1. */
int mail_next(struct imap_source *s, struct source_item *out, struct error *err);
void mail_run_start(struct mail_run *r); /* its uids are set */
void mail_run_finish(struct mail_run *r);
/* What to do after a FETCH: 0 go on, -1 the end. An answer that is not understood costs the
   connection and nothing else; every other failure of it ends this account for this round. */
int mail_after_fetch(struct imap_source *s, int code, struct error *err);
/* imap_retry.c: what could not be had before, when all mail is given. As mail_next; at the end the
   step is STEP_CENSUS. */
int imap_retry(struct imap_source *s, struct source_item *out, struct error *err);
/* imap_restored.c: sets from where on the open folder is read again, when UIDs that were given
   before stand for other mail. */
int imap_restored(struct imap_source *s, const struct folder_state *before, struct error *err);
/* imap_look.c: of source_kind.h. */
int imap_look(struct source *base, const struct source_probe *probe, struct error *err);
/* imap_senders.c: of source_kind.h. */
int imap_senders(struct source *base, const struct source_senders *ask, struct error *err);
/* imap_append.c: of source_kind.h. */
int imap_append(struct source *base, const struct source_draft *draft, struct str *folder,
	struct error *err);
/* imap_census.c: what is still there of a folder whose turn it is, when all mail is given. As
   mail_next; at the end the step is STEP_END. */
int imap_census(struct imap_source *s, struct source_item *out, struct error *err);
/* imap.c: a new connection with the same folder open. */
int imap_reconnect(struct imap_source *s, struct error *err);

#endif
