/* Where messages come from: a mailbox that is opened, gives message after message, and is closed.
 */
#ifndef OVERSTEP_SOURCE_SOURCE_H
#define OVERSTEP_SOURCE_SOURCE_H

#include "base/error.h"
#include "model/client.h"
#include "model/raw.h"

struct source;

/* An IMAP account as its fetcher needs it. Strings borrowed for the source's life. */
struct imap_plan {
	struct str account;
	struct str host;
	int port;
	bool starttls;
	struct str ca_file; /* absent: the system's CAs */
	struct str user;
	enum imap_auth { IMAP_AUTH_PASSWORD, IMAP_AUTH_XOAUTH2, IMAP_AUTH_OAUTHBEARER } auth;
	struct strs folders; /* names, globs, SPECIAL-USE attributes ("\\Sent") */
	int64_t timeout_us;  /* of one command; grows with what was asked for */
	bool has_since;
	struct date since;
	uint64_t max_size_bytes;
	struct strs watched; /* addresses and @domains of all clients, sorted */
	/* Gives password or token, each time that it is logged in; buf_wipe it at once. */
	int (*secret)(const void *context, struct buf *out, struct error *err);
	const void *secret_context;
	int wake_fd; /* readable: stop waiting, the call fails with ERROR_TEMPORARY "stopped"; -1
			for none */
};

/* An archived message of a folder, by which it can be known again. */
struct known_mail {
	uint32_t uid;
	bool has_internal;
	int64_t internal_at_us;
	uint64_t size_bytes;
};

/* What the archive knows of a folder before the round. */
struct folder_state {
	bool known;
	uint32_t uidvalidity;
	uint32_t next_uid;
	bool census; /* it is to be told what of that is still there */
	struct strs
		watched; /* the addresses that everything below next_uid was looked through for */
	const struct known_mail *newest; /* below the UIDNEXT that was told, from the highest UID
					    down */
	size_t newest_count;             /* at most LIMIT_IMAP_BATCH */
	const uint32_t *retry; /* UIDs below next_uid that could not be had, to be tried again */
	size_t retry_count;
};

/* What the source tells while it works; any may be NULL. context is handed back. */
struct source_watcher {
	void *context;
	/* Asked once for each folder when it is opened; uidnext: the server's word, 0 none. 0 or
	 * -1. */
	int (*folder_state)(void *context, struct str folder, uint32_t uidnext,
		struct folder_state *out, struct error *err);
	/* Is that UID archived already (back-fill)? 1, 0, -1. */
	int (*has)(void *context, struct str folder, uint32_t uidvalidity, uint32_t uid,
		struct error *err);
	/* "back-filling 312 of 1,040", and the like; a count for a progress line. client may be
	 * absent. */
	void (*progress)(
		void *context, struct str folder, struct str what, uint64_t done, uint64_t all);
};

enum source_event {
	SOURCE_MESSAGE,  /* raw: borrowed until the next call */
	SOURCE_POSITION, /* everything of this folder below next_uid has been given (and was looked
			    through for `watched`) */
	SOURCE_FOLDER,   /* a folder was opened or found missing: `text` says how. from_uid: 0, or
			    from   where on its UIDs were given anew */
	SOURCE_PIECE,  /* a part of a message's octets; SOURCE_MESSAGE follows with empty octets and
			  the whole size. When that is RAW_POISON, the pieces count for nothing. */
	SOURCE_CENSUS, /* of the UIDs from from_uid to below next_uid those in `text` ("1:5,7") are
			  there; both 0: the folder could not be read whole. After all mail. */
	SOURCE_EXPORT, /* of exports.h: `folder` is the path of one that is to be read */
	SOURCE_NOTE,   /* of exports.h: `text` is to be said of what lies at `folder` */
};

struct source_item {
	enum source_event event;
	struct raw raw;    /* MESSAGE: and place of PIECE */
	struct str piece;  /* PIECE: in order, at most LIMIT_IMAP_PIECE */
	bool in_pieces;    /* MESSAGE: its octets were the pieces before it */
	struct str folder; /* POSITION, FOLDER, CENSUS, EXPORT, NOTE */
	uint32_t uidvalidity;
	uint32_t next_uid;
	uint32_t from_uid;     /* CENSUS, FOLDER */
	bool last;             /* CENSUS: of this folder */
	bool watched_complete; /* POSITION: the back-fill for all of plan.watched is done in this
				  folder */
	struct str text;
};

/* The secret's first line: from a 0600 file, a command (argv; time-limited; in a child), or a
   systemd credential; the first of the three that is there. buf_wipe it. Fails: ERROR_CONFIG
   (file readable by others, missing), ERROR_TEMPORARY (command failed). Source: contract.md. */
int secret_read(struct str file, const struct strs *command, struct str credential, struct buf *out,
	struct error *err);

/* Connects, verifies, logs in, lists folders. A token that is refused is asked for once more. While
   a secret is held nobody may look into the process (PR_SET_DUMPABLE). SIGPIPE must be ignored.
   Fails: ERROR_LOGIN, ERROR_TEMPORARY (refused certificates have the word `certificate`),
   ERROR_CONFIG. */
int source_open_imap(const struct imap_plan *plan, const struct source_watcher *watcher,
	struct source **out, struct error *err);
/* One round over all folders: 1 an item, 0 the round is over, -1. After -1 only close. */
int source_next(struct source *s, struct source_item *out, struct error *err);
/* A new round on the same connection (NOOP, EXAMINE again). */
int source_again(struct source *s, struct error *err);
/* Between rounds: waits for news in the first folder (IDLE, or only the clock where the server has
   none). 1 news (or perhaps), 0 time is up, -1 as source_next. */
int source_wait(struct source *s, int64_t timeout_us, struct error *err);
void source_close(struct source *s);

/* A look at the mailbox that fetches nothing. Each function: 0, or -1 to stop looking. */
struct source_probe {
	void *context;
	const struct strs *groups; /* whose mail is looked for: addresses and @domains */
	size_t group_count;
	int64_t deadline_us; /* monotonic: no further folder is looked into after it */
	/* A folder that is asked for. missing: the server has none such. */
	int (*watched)(void *context, struct str folder, bool missing, uint32_t messages,
		struct error *err);
	/* Mail from and to a group that lies in a folder which is not. */
	int (*unwatched)(void *context, struct str folder, size_t group, uint32_t from, uint32_t to,
		struct error *err);
	/* How many such folders there are beyond the deadline or LIMIT_IMAP_FOLDERS. */
	int (*passed_over)(void *context, size_t folders, struct error *err);
};
/* Looks through all folders but those for drafts, flags and what is thrown away; into none beside
   those asked for when one of them holds all mail. On a source that was just opened; then close it.
   Fails: as source_next. */
int source_look(struct source *s, const struct source_probe *probe, struct error *err);

/* Who writes: the From fields of what came since a day. Each function: 0, or -1 to stop. */
struct source_senders {
	void *context;
	struct date since;
	int64_t deadline_us; /* monotonic: nothing more is asked for after it */
	/* The fields of a folder follow: that many, or fewer when the deadline cuts them. */
	int (*folder)(void *context, struct str folder, uint32_t messages, struct error *err);
	/* As it stands in the message, with its name and the empty line behind the header. */
	int (*from)(void *context, struct str field, struct error *err);
};
/* Reads them, the newest first, in the folders asked for that are there. On a source that was just
   opened; then close it. Fails: as source_next. */
int source_senders(struct source *s, const struct source_senders *ask, struct error *err);

/* A mail that nobody has sent yet. */
struct source_draft {
	struct str message_id; /* without < >; of what can stand in a quoted string */
	struct str octets;     /* in CRLF form */
};
/* Puts it into the first folder that is asked for, as a draft that was read, unless one of its
   Message-ID is there: 1 it was put there, 0 it is there, -1. *folder: which, borrowed from the
   source. On a source that was just opened; then close it. Fails: ERROR_NOT_FOUND when the server
   has no such folder, as source_next. */
int source_append(
	struct source *s, const struct source_draft *draft, struct str *folder, struct error *err);

/* What the server said of itself, for status: "IMAP4rev1 IDLE ...". Borrowed. */
struct str source_capabilities(const struct source *s);

#endif
