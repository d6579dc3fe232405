/* What the keeper holds, shared by the few files that are its parts. */
#ifndef OVERSTEP_DAEMON_APP_KEEPER_STATE_H
#define OVERSTEP_DAEMON_APP_KEEPER_STATE_H

#include "account_link.h"
#include "anchors.h"
#include "app/keeper.h"
#include "app/readers.h"
#include "app/store.h"
#include "checkpoints.h"
#include "clock_watch.h"
#include "disk_watch.h"
#include "dkim_watch.h"
#include "health.h"
#include "hook.h"
#include "retry.h"
#include "sequence_watch.h"
#include "spawner.h"
#include "watching.h"
#include <sys/stat.h>

struct channel;
struct config;
struct control;
struct frame;
struct guests;
struct rulebook;
struct sequence_finding;

/* Those who work for the keeper: made from a rulebook and replaced with it. */
struct crew {
	struct str *watched; /* addresses and domains of all clients */
	size_t watched_count;
	struct readers *readers;
	struct readers *store_readers; /* for an index that has to catch up */
	struct account_link *links;    /* an account each */
	size_t link_count;
};

struct keeper {
	const struct keeper_plan *plan;
	const struct rulebook *book; /* in force: what the plan points to */
	char *reload_text;           /* why the last reload was refused; NULL: it was not */
	struct error failure; /* of an order that came over the socket: the turn ends with it */
	char *folder;         /* the archive's */
	struct store *store;  /* NULL while the archive cannot take anything */
	struct error trouble; /* why not */
	int64_t resume_us;    /* monotonic: when to try again */
	struct error no_jit;  /* why the readers have no JIT code; kind ERROR_NONE: they have */
	struct spawner spawner;
	const char *without_box; /* what of boxes the kernel lacks; NULL: nothing */
	struct stat place;       /* of the archive's folder, when the keeper's box was closed */
	struct error must_end;   /* why it has to be started anew; kind ERROR_NONE: it need not */
	struct crew crew;
	struct control *control;
	struct guests *guests; /* NULL: nobody is a guest */
	int signals;
	bool stopping;
	bool reload_asked; /* by a signal */
	int64_t started_at_us;
	int64_t ready_since_us; /* monotonic: of the oldest that waits to be committed; 0 none */
	uint64_t stored;
	uint64_t passed; /* items that left the queues for the archive, or for nowhere */
	bool has_last_mail;
	int64_t last_mail_at_us; /* the newest of a client's that was stored */
	struct health health;
	struct hook hook;
	struct sequence_watch sequences;
	struct dkim_watch dkim;
	struct anchors anchors;
	struct checkpoints checkpoints;
	struct disk_watch disk;
	struct watching watching;
	struct retries retries;
	struct clock_watch clocks;
};

/* commit.c: what is ready at the fronts of the queues goes into the archive. */
bool keeper_has_batch(struct keeper *k);
int keeper_commit(struct keeper *k, struct error *err);

/* announce.c: so many messages of a batch were new and are stored. */
void keeper_announce(struct keeper *k, const struct batch *batch, size_t stored);
/* And this is what a sequence has found; logged: not only handed to on_finding's command. */
void keeper_announce_sequence(struct keeper *k, struct str client, uint64_t seq,
	const struct sequence_finding *found, bool logged);

/* fetcher_frames.c: what a fetcher said. over: its round ended, with *why when that went badly.
   ended: so does its process, as is to be: each connection is one's own.
   bad: it does not keep to the form and is to be ended. Fails (-1) only for our own reasons:
   archive, memory. */
struct fetcher_outcome {
	bool over;
	bool ended;
	bool bad;
	struct error why;
};
int keeper_take_frame(struct keeper *k, struct account_link *link, const struct frame *frame,
	struct fetcher_outcome *outcome, struct error *err);
/* So many octets of its are committed. */
int keeper_acknowledge(struct account_link *link, uint64_t bytes, struct error *err);

/* crew.c: nothing runs yet. Zero-initialised is empty. */
int crew_new(struct keeper *k, const struct rulebook *book, struct crew *out, struct error *err);
/* The fresh crew takes the old one's place, and what is known of accounts that stay. */
void crew_replace(struct crew *c, struct crew *fresh);
/* Ends the processes; what they had not handed over is still at its source. */
void crew_end(struct crew *c);

/* keeper.c: a reading has come back. */
void keeper_on_read(void *context, uint64_t ticket, struct reading *reading);
/* For readers_heed: a signal has asked for the end. */
bool keeper_must_end(void *context);
/* When all is done but one thing: waits for that alone. false: the time is over, or a signal has
   asked for the end. */
bool keeper_wait(struct keeper *k, const struct pollfd *fd, int timeout_ms);
/* For the store: long work advances; context is the keeper. */
void keeper_tell_progress(void *context, const char *what, uint64_t done, uint64_t all);

/* keeper_box.c: closes the keeper's own box, if that is planned. What is open stays so. Fails:
   ERROR_SYSTEM, ERROR_MEMORY. */
int keeper_enclose(struct keeper *k, struct error *err);
/* An account whose exports lie outside of that box: NULL, there is none. */
const struct account *keeper_lacks(const struct keeper *k, const struct config *config);
/* The archive's folder is another than the box was closed around, as when a disk comes back. */
bool keeper_is_locked_out(const struct keeper *k);

/* reload.c: configuration and rules are read again, all or nothing. The exit code of `check`; *text
   says why not, or what is in force now. Fails (-1) when the archive does. */
int keeper_reload(struct keeper *k, struct buf *text, struct error *err);

/* What was in force before still is, and the reason is forgotten: NULL, or why it was refused. */
void keeper_remember_reload(struct keeper *k, const char *text);

/* answers.c: for control.h; context is the keeper. */
void keeper_answer(void *context, struct str request, struct buf *answer);

#endif
