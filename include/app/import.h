/* Mail in files, and chats, taken into the archive at once, beside a service that may be running.
 */
#ifndef OVERSTEP_APP_IMPORT_H
#define OVERSTEP_APP_IMPORT_H

#include "app/store.h"
#include "chat/chat.h"
#include "source/files.h"

struct account;
struct json_value;
struct zone;

/* All borrowed. */
struct import_plan {
	const struct account *account; /* its name, path and max_size_bytes count */
	enum mail_format format;
	bool chat;            /* the path is a chat's export; then: */
	bool has_chat_format; /* it must be of this one: */
	enum chat_format chat_format;
	enum chat_order
		order; /* of its dates; CHAT_ORDER_UNKNOWN: as can be inferred, else refused */
	const struct zone *zone; /* its local times are read in it */
	bool dry;                /* nothing is stored; then store may be NULL: there is no archive
					yet (and max_size_bytes below LIMIT_IMAP_WHOLE) */
	bool has_since;
	int64_t since_us; /* older messages, by the clock used, are left alone */
	void *context;
	/* Any may be NULL. */
	void (*progress)(void *context, const char *what, uint64_t done, uint64_t all);
	/* So many messages of the batch are new, and stored. */
	void (*stored)(void *context, const struct batch *batch, size_t count);
	void (*passed_over)(void *context, struct str path, struct str why);
	/* What is in a chat's export: the head of `survey` in app/chat_source.h. False: none of it
	   is wanted, and the import is over, well. */
	bool (*survey)(void *context, const struct json_value *head);
	/* A conversation of the export has the messages of one that is here under another name, so
	   many of them at least; or `found` is 0, and it has nothing of the one that is here under
	   its name, though both are of the same time. It is stored as `known_as`. */
	void (*known_as)(void *context, struct str name, struct str known_as, uint64_t found);
	/* An earlier export had that message, in a time that this one covers; in this one it stands
	   as `now`, 0: it is there no longer. */
	void (*differs)(void *context, uint64_t seq, uint64_t now);
};

/* Is the file or folder a chat's export, by its name and first octets? A zip may be one, and text
   in UTF-16, which is then refused by that name. */
bool chat_source_is(const char *path);

/* "Bob (12), Eve (3)": the people of a survey that are neither I nor a client, appended. */
void import_add_others(const struct json_value *survey, struct buf *out);

/* What was, or would be, new of a client. */
struct import_client {
	uint64_t messages;
	int64_t first_at_us, last_at_us; /* by the clock used */
};

struct import_outcome {
	uint64_t read;         /* messages */
	uint64_t of_clients;   /* of these, known ones too */
	uint64_t added, known; /* known: their octets, or but for what programs note in them */
	uint64_t older;        /* than since */
	uint64_t not_examined; /* of the added */
	uint64_t unclear;      /* whose they are could not be found out: not stored */
	uint64_t passed_over;  /* files */
	uint64_t differing;    /* of an earlier export: changed or vanished, and not told before */
	struct import_client *clients; /* by the configuration's clients; a message of two counts
					  for both */
};
void import_outcome_finish(struct import_outcome *o);

/* Reads what is in the files, judges it with the readers and stores it in batches; what was stored
   stays when it fails or is killed, and doing it again goes on from there. The fetcher process that
   reads the files is one of its own. Needs store_terms unless dry. Fails: as source_open_files and
   store_batch. */
int store_import(struct store *s, struct readers *readers, const struct rulebook *book,
	const struct import_plan *plan, struct import_outcome *out, struct error *err);

#endif
