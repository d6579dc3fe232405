/* Why a call failed, where, and the exit code it leads to. */
#ifndef OVERSTEP_BASE_ERROR_H
#define OVERSTEP_BASE_ERROR_H

enum error_kind {
	ERROR_NONE = 0,
	ERROR_NOT_FOUND, /* nothing there that was asked for */
	ERROR_USAGE,     /* wrong argument, rule or query from a person */
	ERROR_INTEGRITY, /* stored evidence is altered */
	ERROR_LOGIN,     /* the server refused the login */
	ERROR_TEMPORARY, /* network, lock, certificate: may go away */
	ERROR_CONFIG,    /* the configuration */
	ERROR_INPUT,     /* outside bytes that cannot be read as what they claim to be */
	ERROR_LIMIT,     /* a bound of limits.h was reached */
	ERROR_MEMORY,
	ERROR_INTERRUPTED, /* we were asked to end in the middle of long work */
	ERROR_SYSTEM,      /* a system call or library failed */
};

/* A plain struct, zero is "no error". Line and column count from 1, 0 is unknown. */
struct error {
	enum error_kind kind;
	char file[512];
	unsigned line;
	unsigned column;
	char text[512];
};

/* Fills *err (may be NULL) and returns -1, so that a function can end `return error_set(...)`. */
int error_set(struct error *err, enum error_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with a place. file may be NULL. */
int error_at(struct error *err, enum error_kind kind, const char *file, unsigned line,
	unsigned column, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* error_set with ": " and the text of errno number `number` behind it. */
int error_system(struct error *err, int number, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

int error_memory(struct error *err);

/* Puts "prefix: " before the text, for the caller that knows what was being done. Returns -1. */
int error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The process exit code of contract.md: 1, 2, 3, 4, 75 or 78; 0 for ERROR_NONE. */
int error_exit_code(const struct error *err);

/* The graver of two exit codes: 78, 4, 75, then any other. */
int exit_code_graver(int a, int b);

#endif
