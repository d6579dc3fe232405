/* An import under way: its parts are this room's import*.c. */
#ifndef OVERSTEP_DAEMON_APP_IMPORT_RUN_H
#define OVERSTEP_DAEMON_APP_IMPORT_RUN_H

#include "app/import.h"
#include "base/json.h"
#include "process.h"
#include "queue.h"

struct export_lines;
struct indexed_conversation;
struct pollfd;
struct spawner;

/* What a conversation of an export has in common with one that is here. */
struct likeness {
	const struct indexed_conversation *stored; /* NULL: nothing */
	uint64_t found;                            /* messages */
	uint64_t first, last; /* of those that were looked up, from 0; the found ones' */
	int64_t first_at_us, last_at_us;
};
/* More than a few no conversation has. */
#define LIKENESSES 4

/* A conversation of a chat's export. */
struct export_talk {
	struct str name;     /* as the export has it */
	struct str known_as; /* under which its messages are stored; absent until that is settled */
	bool is_new;         /* nothing of it is here */
	size_t number;       /* by which `lines` counts its messages */
	bool has_period;     /* of the messages that have a time */
	int64_t first_at_us, last_at_us;
	/* of its messages that were looked up in the index */
	uint64_t looked_up, within_own; /* the time of the one here that has its name */
	int64_t looked_first_us, looked_last_us;
	struct likeness likest[LIKENESSES];
	bool enough; /* no more need be looked up */
};

struct import {
	struct store *store;
	struct readers *readers;
	const struct rulebook *book;
	const struct import_plan *plan;
	const struct spawner *spawner; /* NULL: this process starts the one that reads the files */
	uint32_t account_number;       /* with a spawner: whose plan.account is a copy */
	struct import_outcome out;
	struct process process;
	char *path;
	struct queue queue;
	bool over;
	struct sha256 export; /* of a chat: the file's */
	bool has_export, export_kept;
	uint64_t last_before; /* the archive's last record before */
	struct export_talk *talks;
	size_t talk_count, talk_cap;
	struct indexed_conversation *stored; /* what was here before, by name */
	size_t stored_count;
	bool asked_stored;
	size_t talk_last; /* the one that the last message was of */
	/* how often it has each of its messages, a dry run of mail also that; NULL until one comes
	 */
	struct export_lines *lines;
	struct arena arena; /* names */
	struct error why;   /* of what its process was to blame for, kind 0: it went well */
};

/* import.c: the way of store_import for whoever has more to do meanwhile. The members up to `out`
   are set, all else is zero. Nobody else uses its readers. Fails: as store_import; import_end is to
   be called then, too. */
int import_begin(struct import *m, struct error *err);
size_t import_poll(const struct import *m, struct pollfd *fds, size_t room);
/* 1 it goes on, 0 it is over: with `why`, or well; -1 for reasons of the archive's or memory. */
int import_step(struct import *m, struct error *err);
void import_end(struct import *m);

/* import.c: `lines`, opened when it is not. Fails as export_lines_open. */
int import_open_lines(struct import *m, struct error *err);

/* One frame on its way through its handler. */
struct heard {
	const struct json_value *head;
	struct str payload;
	const char *wrong; /* what should not have been sent; NULL: all is well */
};

/* import_chat.c: what chat_source.h says. */
int import_on_survey(struct import *m, struct heard *h, struct error *err);
int import_on_chat(struct import *m, struct heard *h, struct error *err);
/* import_talks.c: the conversation of that name. NULL: out of memory, or there are more of them
   than LIMIT_CHAT_CONVERSATIONS. */
struct export_talk *import_talk(struct import *m, struct str name);
int import_on_sums(struct import *m, struct heard *h, struct error *err);
int import_on_others(struct import *m, struct heard *h, struct error *err);
/* Which one of those that are here it is, if any. */
int import_settle(struct import *m, struct export_talk *talk, struct error *err);
/* The export itself goes into the archive, once, before what came of it does. */
int import_keep_export(struct import *m, struct error *err);
/* import_compare.c: what an earlier export of the same conversations had and this one has not, or
   otherwise, is recorded and told. */
int import_compare(struct import *m, struct error *err);

#endif
