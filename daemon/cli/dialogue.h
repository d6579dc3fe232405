/* Questions to a person on a terminal, each of which an option of the command line answers too. */
#ifndef OVERSTEP_DAEMON_CLI_DIALOGUE_H
#define OVERSTEP_DAEMON_CLI_DIALOGUE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include <stdio.h>

struct invocation;

struct dialogue {
	struct invocation *in;
	struct arena arena; /* answers live here */
	bool asks;          /* there is somebody; else the options must tell everything */
	FILE *to;           /* where the questions are shown */
	bool ended;         /* instead of an answer came the end: Ctrl-D */
};

struct question {
	const char *option;   /* without --; NULL: only a person is asked */
	const char *text;     /* "Your name" */
	const char *fallback; /* what an empty answer stands for; NULL: one is needed */
	bool again;           /* what the option says was tried, and did not do */
	/* Is that one good? May be NULL. What it fails with is shown, and the question asked again
	   (or given up, where the option was wrong). */
	int (*check)(void *context, struct str answer, struct error *err);
	void *context;
};

/* asks: standard input must be a terminal. From here to
   dialogue_release_signals a signal that ends the program leaves the terminal as it was and says
   that nothing was written. Fails: ERROR_USAGE. */
int dialogue_begin(struct dialogue *d, struct invocation *in, bool asks, struct error *err);
/* What is written from now on must not be torn by a signal. */
void dialogue_hold_signals(void);
/* It is written: a signal ends the program as any other. */
void dialogue_release_signals(void);
void dialogue_end(struct dialogue *d);

/* Fails: ERROR_USAGE (nobody to ask and no option: it is named), or as `check`. */
int ask(struct dialogue *d, const struct question *q, struct str *out, struct error *err);
/* "y" or "n"; an option's value may be yes or no. */
int ask_yes(struct dialogue *d, const struct question *q, bool *out, struct error *err);
/* Without echo; as long as a line of the terminal can be, 4095 bytes. buf_wipe it. */
int ask_secret(struct dialogue *d, const char *text, struct buf *out, struct error *err);

/* A line for whoever watches. */
void remark(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The error, as a line. */
void say_error(const struct error *err);

#endif
