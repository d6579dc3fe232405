/* What the parts of `overstep try` share. */
#ifndef OVERSTEP_DAEMON_CLI_TRY_H
#define OVERSTEP_DAEMON_CLI_TRY_H

#include "app/pipeline.h"
#include "output.h"

/* What is said of a message: its options, or the fields of its line. Absent: as not said. Fail:
   ERROR_USAGE. */
int try_set_direction(const char *word, struct trial *trial, struct error *err);
int try_set_at(
	const struct invocation *in, struct str word, struct trial *trial, struct error *err);
int try_set_client(struct invocation *in, struct str word, struct trial *trial, struct error *err);

/* try_show.c: explains one message on the screen, and as one JSON object. 0 found, 1 not, -1. */
int try_show(struct invocation *in, const struct trial *trial, const struct trial_result *r,
	struct error *err);
int try_write(struct invocation *in, const struct trial_result *r, struct error *err);
/* "findings","examined","not_examined","period" into an open object. */
int try_write_judgement(struct json_writer *w, const struct trial_result *r, struct error *err);

/* try_rule.c: why the rule of r->explanation was found or was not. */
void try_show_rule(struct invocation *in, const struct trial_result *r);
void try_write_rule(struct json_writer *w, const struct trial_result *r);

/* try_reply.c: once for each rule that was found and has one. */
int try_show_replies(struct invocation *in, const struct trial_result *r, struct error *err);
int try_write_replies(const struct invocation *in, struct json_writer *w,
	const struct trial_result *r, struct error *err);

/* Was that very rule found? */
bool try_found(const struct trial_result *r, struct str rule);
/* "3:12": line and column of a byte of the text, both from 1, in code points. */
#define TRY_PLACE_SIZE 48
void try_place(const struct text *text, size_t at, char out[TRY_PLACE_SIZE]);

/* try_stream.c */
int try_jsonl(struct invocation *in, const char *path, struct error *err);

#endif
