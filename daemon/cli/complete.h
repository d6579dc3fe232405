/* What could stand where the cursor is: the command line up to there, and what fits. */
#ifndef OVERSTEP_DAEMON_CLI_COMPLETE_H
#define OVERSTEP_DAEMON_CLI_COMPLETE_H

#include "command.h"

/* What is wanted at the cursor. */
struct spot {
	enum spot_kind {
		SPOT_NOTHING,
		SPOT_COMMAND,
		SPOT_OPTION, /* of `command`, and those of all */
		SPOT_VALUE,  /* what `wanted` names: "CLIENT", "FILE|-|TEXT", "client|me" */
	} kind;
	const struct command *command; /* NULL: none yet */
	struct str wanted;
	struct str lead;    /* of the word under the cursor, to be repeated: "--client=" */
	struct str word;    /* what is typed of the value */
	const char *config; /* --config, NULL: none so far */
};

/* words: those behind the program's name; the last is under the cursor, perhaps empty. Borrows from
   them and from the tables. */
void complete_spot(char *const *words, size_t count, struct spot *out);

/* The n-th argument of a usage line beside its options: "ID" of "ID [--rule R] --wrong"; absent
   when there is none. */
struct str complete_argument(const char *usage, size_t n);

/* Where candidates go; those that do not begin with what is typed are passed over. */
struct candidates {
	struct buf *out; /* a line each: the word, and behind a tab what it is */
	struct str lead;
	struct str word;
	bool files; /* a file name would fit too */
};
void candidates_add(struct candidates *c, struct str candidate, struct str what);

/* complete_values.c: everything that `wanted` names. Says nothing of trouble: who types a command
   does not want to hear of it. */
void complete_values(struct invocation *in, struct str wanted, struct candidates *c);

/* completion_scripts.c */
extern const char completion_bash[], completion_zsh[], completion_fish[];

#endif
