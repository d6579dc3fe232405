/* What a command is, and what it is given. */
#ifndef OVERSTEP_DAEMON_CLI_COMMAND_H
#define OVERSTEP_DAEMON_CLI_COMMAND_H

#include "base/diag.h"
#include "base/error.h"
#include "base/str.h"
#include <stdio.h>

struct readers;
struct rulebook;
struct store;

/* What has to be open before a command runs; each needs what stands before it. */
enum command_needs {
	NEEDS_NOTHING,
	NEEDS_CONFIG,  /* the rulebook, without its rules unless with_rules */
	NEEDS_ARCHIVE, /* an archive, and its index folded to its end */
	NEEDS_WRITE,   /* the same, to append to */
};

struct command_option {
	const char *name;     /* "client" for --client */
	const char *argument; /* "C"; NULL: a switch */
	const char *help;
};

struct invocation;

struct command {
	const char *name;
	const char *usage; /* what stands behind the name: "[--client C] FILE|-|TEXT" */
	const char *summary;
	const char *help; /* a paragraph and examples, shown by `overstep help NAME` */
	enum command_needs needs;
	bool with_rules;
	bool asks;                            /* talks with a person: no pager between them */
	const struct command_option *options; /* ends with an empty row; NULL: none */
	size_t least, most; /* arguments besides options; most 0 with SIZE_MAX for any */
	/* The exit code, or -1 with *err. */
	int (*run)(struct invocation *in, struct error *err);
};

#define OPTIONS_MAX 24
#define OPTIONS_GIVEN_MAX 64

/* One call of one command. Open data. */
struct invocation {
	const struct command *command;
	const char *config; /* --config */
	bool json;
	bool color;
	bool no_pager;
	bool utc;
	FILE *out;                       /* standard output, or the pager */
	const char *values[OPTIONS_MAX]; /* by row of command->options; NULL: not given */
	struct {
		size_t row;
		const char *value;
	} given[OPTIONS_GIVEN_MAX]; /* the same, each as often as it was given */
	size_t given_count;
	char **arguments;
	size_t argument_count;
	struct rulebook *book; /* NEEDS_CONFIG */
	struct diags diags;    /* what loading it had to say */
	struct readers *readers;
	struct store *store; /* NEEDS_ARCHIVE */
	bool by_service;     /* the archive is not ours to open: guest.h */
};

/* The value of an option, "" for a switch that was given, NULL when not given. The name must be in
   the command's table. */
const char *option(const struct invocation *in, const char *name);
/* Its value when it was given the n-th time, from 0; NULL behind the last. */
const char *option_again(const struct invocation *in, const char *name, size_t n);
bool has_option(const struct invocation *in, const char *name);

/* commands.c: the table of all, and the row of that name or NULL. */
extern const struct command *const commands[];
extern const size_t command_count;
const struct command *command_find(const char *name);

/* One row a command, each in its own cmd_<name>.c. */
extern const struct command command_backtest, command_attach, command_check, command_clients,
	command_completion, command_demo, command_digest, command_doctor, command_erase,
	command_export, command_help, command_import, command_init, command_inbox, command_key,
	command_mark, command_note, command_notes, command_poll, command_quotes, command_reload,
	command_reindex, command_rejudge, command_replay, command_reply, command_report,
	command_risk, command_rules, command_search, command_serve, command_show, command_status,
	command_try, command_verify;

/* needs.c: opens what the command needs; says mistakes of rule files that are left out on
   standard error. */
int needs_open(struct invocation *in, struct error *err);
/* The configuration alone, for a command that only sometimes needs one. */
int needs_open_book(struct invocation *in, struct error *err);
struct rulebook_plan;
/* The configuration with its rules; when none was asked for and none is there, the shipped packs
   alone. Of the plan all but its configuration. */
int needs_open_rules(struct invocation *in, const struct rulebook_plan *plan, struct error *err);
/* The archive of in->book alone, for a command that had none when it began. */
int needs_open_archive(struct invocation *in, struct error *err);
/* The same to append to; made when there is none. */
int needs_make_archive(struct invocation *in, struct error *err);
void needs_close(struct invocation *in);

#endif
