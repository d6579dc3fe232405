/* Reading the command line, and telling people what it can hold. */
#ifndef OVERSTEP_DAEMON_CLI_OPTIONS_H
#define OVERSTEP_DAEMON_CLI_OPTIONS_H

#include "command.h"

/* The command line up to and with its command's options. Sets in->command and all that was said.
   help, version: asked for instead. Fails: ERROR_USAGE with what was expected. */
struct asked {
	bool help;
	bool version;
};
int options_read(
	int argc, char **argv, struct invocation *in, struct asked *asked, struct error *err);

/* The options that every command has; ends with an empty row. */
extern const struct command_option options_of_all[];
/* The row of a table (may be NULL) with that name, or NULL. */
const struct command_option *options_row(
	const struct command_option *rows, const char *name, size_t len);

/* What the programs end with; ends with an empty row. */
struct exit_code {
	int code;
	const char *meaning;
	bool of_service; /* overstepd ends with it too */
};
extern const struct exit_code exit_codes[];

/* service.c: the options of overstepd; ends with an empty row. */
extern const struct command_option service_options[];

/* A line for each option. */
void help_options(const struct command_option *rows, FILE *out);
/* `overstep --help`: all commands; `overstep help try`: one. */
void help_overview(FILE *out);
void help_command(const struct command *c, FILE *out);

#endif
