/* Whose the names of a chat are: as --as tells, or a person on the terminal who is asked. */
#ifndef OVERSTEP_DAEMON_CLI_IMPORT_NAMES_H
#define OVERSTEP_DAEMON_CLI_IMPORT_NAMES_H

#include "base/error.h"
#include "base/str.h"
#include <stdbool.h>

struct config;
struct import_names;
struct invocation;
struct json_value;

/* Takes --as into in->book's configuration. Somebody is asked when standard input and error are a
   terminal, and neither --dry-run nor --non-interactive says otherwise. Fails: ERROR_USAGE. */
int import_names_new(struct invocation *in, struct import_names **out, struct error *err);
void import_names_free(struct import_names *n);

/* Has the survey (app/import.h) people of whom somebody is to be asked? */
bool import_names_note(struct import_names *n, const struct json_value *survey);
/* Had the last one noted, and have they not been asked for yet? */
bool import_names_pending(const struct import_names *n);
/* Asks of them; from then on in->book's configuration has the answers, and so, if it can be
   written, has its file. What is not known stays nobody's. path: of the export. Fails:
   ERROR_MEMORY, ERROR_SYSTEM. */
int import_names_ask(struct import_names *n, struct str path, struct error *err);

/* whose: a client by its place, or as many as there are clients: mine. */
struct told_name {
	struct str name; /* as a configuration can have it */
	size_t whose;
};
/* A name more of whose it is, in memory. Fails: ERROR_MEMORY. */
int told_name_add(struct config *c, const struct told_name *told, struct error *err);
/* import_remember.c: writes them into the configuration's file, and says how that went. */
void told_names_remember(const struct invocation *in, const struct told_name *told, size_t count);

/* A line about a file, on standard error. What it repeats of names and octets does not steer the
   terminal. */
void import_tell(struct str path, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
