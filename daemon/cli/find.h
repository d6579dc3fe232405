/* Messages that a command is to work on: by query or by evidence number. */
#ifndef OVERSTEP_DAEMON_CLI_FIND_H
#define OVERSTEP_DAEMON_CLI_FIND_H

#include "command.h"
#include "index/index.h"

/* The command's arguments from `first` on as one query. query_free it. */
int find_query(struct invocation *in, size_t first, struct query **out, struct error *err);
/* Its text. */
void find_text(const struct invocation *in, size_t first, struct buf *out);
/* The same from a text. */
int find_parse(struct invocation *in, struct str text, struct query **out, struct error *err);
/* The record numbers that a query finds, in order of time. free() *out. */
int find_all(struct invocation *in, const struct query *q, uint64_t **out, size_t *count,
	struct error *err);
/* On standard error, why a query may have found nothing: a client that nobody is, a rule that is
   the beginning of several. */
void hint_at_nothing(struct invocation *in, struct str query);
/* The same for the command's arguments as one query. */
void hint_at_arguments(struct invocation *in);
/* "E-000042" or "42". Fails: ERROR_USAGE. */
int find_number(const char *word, uint64_t *seq, struct error *err);
/* The message of that number; then indexed_message_finish it. Fails: ERROR_USAGE, ERROR_NOT_FOUND.
 */
int find_message(struct invocation *in, const char *word, struct arena *arena,
	struct indexed_message *out, struct error *err);
/* What a sequence found in that record: 1, 0 it is none, -1. Fails: ERROR_USAGE. */
int find_sequence(struct invocation *in, const char *word, struct arena *arena,
	struct indexed_sequence *out, struct error *err);

#endif
