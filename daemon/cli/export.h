/* The parts of `overstep export`: whose mail it is, what is covered, the page on top. */
#ifndef OVERSTEP_DAEMON_CLI_EXPORT_H
#define OVERSTEP_DAEMON_CLI_EXPORT_H

#include "command.h"
#include "index/index.h"
#include "model/tongue.h"
#include "rules/redaction.h"

/* A set of records that grows; free() items. */
struct seqs {
	uint64_t *items;
	size_t count, cap;
};
int seqs_add(struct seqs *s, uint64_t seq, struct error *err);
/* Ascending, each once. */
void seqs_sort(struct seqs *s);
bool seqs_hold(const struct seqs *sorted, uint64_t seq);

/* selection.c: what goes into the bundle, by the command's options. Zero-initialised is empty. */
struct selection {
	struct invocation *in;
	enum tongue tongue;          /* of its page */
	struct buf query;            /* as it is looked for */
	struct buf filter;           /* as it is recorded: nothing in it that is to be covered */
	struct str client;           /* in the arena; absent: a query alone */
	struct redaction *redaction; /* NULL: nothing is covered */
	struct seqs messages, exhibits;
	struct seqs withheld; /* messages that a copy stands for */
	struct seqs
		doubtful;    /* among these: nobody can tell which of its words are to be covered */
	struct seqs records; /* all of them, and what goes with them */
	struct arena arena;
};
/* Says on standard error what is left out. Fails: ERROR_USAGE, ERROR_NOT_FOUND, ... */
int selection_make(struct invocation *in, struct selection *s, struct error *err);
void selection_finish(struct selection *s);

/* threads.c: adds to *messages every message of the scope (a query) that is in a thread with one of
   them, and the messages of their clients that are marked as agreements. client: nobody else's;
   absent: anybody's. */
int threads_follow(struct invocation *in, struct str scope, struct str client,
	struct seqs *messages, struct error *err);

/* bystanders.c: on standard error, who is named in the header of these messages and is neither I
   nor that client; absent: nor a client whose message it is. */
int bystanders_tell(
	struct invocation *in, struct str client, const struct seqs *messages, struct error *err);

/* redact_search.c: do these octets hold it, however they are encoded? 1, 0, -1. */
int redact_octets_hold(struct redaction *r, struct str octets, struct error *err);
/* Is there anything in them of which that cannot be told? 1 and *why, 0, -1. */
int redact_octets_doubtful(struct str octets, const char **why, struct error *err);

/* export_redact.c: which messages hold what is to be covered, sorted. What cannot be looked through
   is taken as if it did, and s->doubtful are those among them of which no word can be shown; they
   are named on standard error. Fails: ERROR_USAGE when it stands where nothing can be covered. */
int export_withhold(struct selection *s, struct error *err);
/* Does what the owner supplied hold it? 1, 0, -1. */
int export_exhibit_holds(struct invocation *in, struct redaction *r,
	const struct indexed_exhibit *e, struct error *err);
/* The message as text with the words covered; blank: without its words. */
int export_twin(struct redaction *r, const struct indexed_message *m, bool blank, struct buf *out,
	struct error *err);

/* export_agreements.c: adds the records that mark a message as an agreement. One with a note is
   left out, which is said on standard error: the note is the owner's own. */
int export_add_agreements(
	struct invocation *in, uint64_t seq, struct seqs *records, struct error *err);
/* "price (E-000123), hours": what it is marked to fix, by the records that are in the bundle. */
int export_agreement_words(struct invocation *in, uint64_t seq, enum tongue tongue,
	struct arena *arena, struct str *out, struct error *err);

/* export_page.c: data/report.html of what is selected, the words of what is withheld covered. */
int export_page_write(const struct selection *s, struct buf *out, struct error *err);

/* s, or with a redaction s with its words covered, in the arena. */
int export_covered(
	struct redaction *r, struct str s, struct arena *arena, struct str *out, struct error *err);

#endif
