/* What the keeper knows of how its accounts are watched, and the records it makes of that. */
#ifndef OVERSTEP_DAEMON_APP_WATCHING_H
#define OVERSTEP_DAEMON_APP_WATCHING_H

#include "base/arena.h"
#include "watch.h"

struct account_link;
struct json_writer;
struct keeper;

/* One account, by its name: it may leave the configuration. */
struct watched_account {
	char *name;
	int64_t allowed_us; /* between two looks */
	struct watch watch;
	struct instant begun; /* of the look under way */
};

/* When what is archived of a folder was compared with what is on the server. */
struct census {
	char *account, *folder;
	uint32_t uidvalidity; /* 0: the numbers of then are no more */
	int64_t at_us;
};

/* A note with its account, until it is a record. */
struct watching_note {
	char *account;
	struct watch_note note;
};

/* Zero-initialised knows nothing. Between two runs it is kept in `watching.json` of the archive's
   folder, which is no evidence: without it, only the records tell what was watched. */
struct watching {
	bool loaded;
	bool changed;     /* since it was saved */
	int64_t saved_us; /* monotonic */
	struct watched_account *accounts;
	size_t account_count, account_cap;
	struct census *censuses;
	size_t census_count, census_cap;
	struct watching_note *notes;
	size_t note_count, note_cap;
};
void watching_finish(struct watching *w);

/* A round begins; it is over, *why when it went badly. Fails: ERROR_MEMORY, ERROR_SYSTEM. */
int watching_begins(struct keeper *k, const struct account_link *link, struct error *err);
int watching_ends(struct keeper *k, const struct account_link *link, const struct error *why,
	struct error *err);
/* Nothing can be stored: no account is looked at until it can be. */
void watching_suspended(struct keeper *k, const struct error *why);
/* Appends what is worth a record, of accounts that are gone too. ending: and of all others, for the
   service is about to end. Fails as store_append. */
int watching_turn(struct keeper *k, bool ending, struct error *err);

/* Once a day for each folder, and anew after its UIDVALIDITY changed. One that was put back has a
   day to come forward again. */
bool watching_census_due(
	const struct keeper *k, struct str account, struct str folder, uint32_t uidvalidity);
/* Was the last one of it taken by other numbers? *at_us: when it was taken; 0 never. */
bool watching_is_renumbered(const struct keeper *k, struct str account, struct str folder,
	uint32_t uidvalidity, int64_t *at_us);
/* The folder was numbered anew by the same UIDVALIDITY. Fails: ERROR_MEMORY. */
int watching_recount(struct keeper *k, struct str account, struct str folder, struct error *err);
int watching_census_done(struct keeper *k, struct str account, struct str folder,
	uint32_t uidvalidity, struct error *err);

/* watching_file.c: what was known when it was saved; what cannot be read is as if it were not
   there. Fails: ERROR_MEMORY. */
int watching_load(struct keeper *k, struct error *err);
/* Now, or when the last time is long enough ago. A failure costs precision after a crash and
   nothing else; a full disk is noticed by the archive. */
void watching_save(struct keeper *k, bool now);
/* Nothing is known of it yet. NULL: out of memory. */
struct watched_account *watching_add_account(struct watching *w, struct str name);
struct census *watching_add_census(struct watching *w, struct str account, struct str folder);
void watching_census_finish(struct census *c);

/* census.c: of the UIDs [from, next) of a folder those in `present` ("1:5,7") are on the server.
   What is archived of the others is recorded as moved or gone; with the last of a folder that was
   numbered anew, also what was not seen there again. 1 all of it, 0 some are left for the next
   time, -1. *bad: it does not keep to the form. */
int census_take(struct keeper *k, const struct place *from, uint32_t next_uid, struct str present,
	bool last, bool *bad, struct error *err);

#endif
