/* Which rule files there are: the shipped packs in use, the user's, those on trial. */
#ifndef OVERSTEP_DAEMON_APP_RULE_FILES_H
#define OVERSTEP_DAEMON_APP_RULE_FILES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/error.h"
#include "rules/ruleset.h"

struct rulebook;

/* In the order in which they are loaded. Zero-initialised is empty. */
struct rule_files {
	struct arena arena;
	struct rule_file *items;
	size_t count, cap;
	size_t on_trial; /* so many, the last */
	size_t left_out; /* packs, folders and files that are not there or cannot be read */
};

/* All that the rulebook's configuration names (without one: every shipped pack), then a file or
   folder on trial, NULL for none. What is left out is told in *diags. Fails: ERROR_MEMORY,
   ERROR_SYSTEM. */
int rule_files_gather(const struct rulebook *b, const char *on_trial, struct rule_files *files,
	struct diags *diags, struct error *err);
void rule_files_finish(struct rule_files *f);

#endif
