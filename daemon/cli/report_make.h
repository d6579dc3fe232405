/* The report of one client or all, made from the archive's index. */
#ifndef OVERSTEP_DAEMON_CLI_REPORT_MAKE_H
#define OVERSTEP_DAEMON_CLI_REPORT_MAKE_H

#include "command.h"
#include "index/index.h"
#include "report/report.h"

/* In which language it was asked for by --lang, else me.language. Fails: ERROR_USAGE. */
int report_tongue(const struct invocation *in, enum tongue *out, struct error *err);

/* client: a word as client_named takes it; NULL: all, with an overview, else nothing of another
   client is in it. What came after
   at_us is left out. page: for its page alone, so that no more incidents are kept than that shows;
   what lists all must not ask for it. *out is report_init'ed here; report_finish it. */
int report_make(struct invocation *in, const char *client, int64_t at_us, enum tongue tongue,
	bool page, struct report *out, struct error *err);

/* A report of one message, or of what a sequence found, and nothing else; report_finish it. */
int report_make_message(struct invocation *in, const struct indexed_message *m, struct report *out,
	struct error *err);
int report_make_sequence(struct invocation *in, const struct indexed_sequence *s,
	struct report *out, struct error *err);

/* In my zone, or with --utc in UTC. */
struct report_time report_local_time(const struct invocation *in, int64_t at_us);

/* Writes it in that form (a name of report_writers) to a file, whole or not at all, 0600; "-" is
   the output. */
int report_save(struct invocation *in, const struct report *r, const char *form, const char *path,
	struct error *err);

/* Both in one: the page of `client` or of all, in me.language. */
int report_write_html(struct invocation *in, const char *client, int64_t at_us, const char *path,
	struct error *err);

#endif
