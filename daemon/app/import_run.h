/* An import under way: its parts are this room's import*.c. */
#ifndef OVERSTEP_DAEMON_APP_IMPORT_RUN_H
#define OVERSTEP_DAEMON_APP_IMPORT_RUN_H

#include "app/import.h"
#include "base/json.h"
#include "process.h"
#include "queue.h"

struct pollfd;

/* A message of a chat as the export has it, to be compared with what is here of an earlier one. */
struct chat_line {
	struct str folder; /* the conversation */
	struct sha256 sum;
	bool has_at;
	int64_t at_us;
};

/* What a dry run would add: each once, however often it lies in the files. */
struct would_add {
	struct sha256 sum;
	uint64_t occurrence; /* raw.place.file's */
	int64_t at_us;
	size_t item; /* of `clients` */
	size_t client_count;
	bool examined;
};

struct import {
	struct store *store;
	struct readers *readers;
	const struct rulebook *book;
	const struct import_plan *plan;
	struct import_outcome out;
	struct process process;
	char *path;
	struct buf packed; /* a chat's folder as a zip, empty: the path is no folder */
	struct queue queue;
	bool over;
	struct sha256 export; /* of a chat: the file's */
	bool has_export, export_kept;
	uint64_t last_before;    /* the archive's last record before */
	struct chat_line *lines; /* of a chat, as they came */
	size_t line_count, line_cap;
	struct arena arena;
	struct error why; /* of what its process was to blame for, kind 0: it went well */
	struct would_add *dry;
	size_t dry_count, dry_cap;
	size_t *dry_clients; /* of all, one after another */
	size_t dry_client_count, dry_client_cap;
};

/* import.c: the way of store_import for whoever has more to do meanwhile. The members up to `plan`
   are set, all else is zero. Nobody else uses its readers. Fails: as store_import; import_end is to
   be called then, too. */
int import_begin(struct import *m, struct error *err);
size_t import_poll(const struct import *m, struct pollfd *fds, size_t room);
/* 1 it goes on, 0 it is over: with `why`, or well; -1 for reasons of the archive's or memory. */
int import_step(struct import *m, struct error *err);
void import_end(struct import *m);

/* One frame on its way through its handler. */
struct heard {
	const struct json_value *head;
	struct str payload;
	const char *wrong; /* what should not have been sent; NULL: all is well */
};

/* import_chat.c: what chat_source.h says. */
int import_on_survey(struct import *m, struct heard *h, struct error *err);
int import_on_chat(struct import *m, struct heard *h, struct error *err);
/* The export itself goes into the archive, once, before the first message of it does. */
int import_keep_export(struct import *m, struct error *err);
/* import_compare.c: what an earlier export of the same conversations had and this one has not, or
   otherwise, is recorded and told. */
int import_compare(struct import *m, struct error *err);

#endif
