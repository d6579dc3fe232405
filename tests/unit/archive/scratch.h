/* What the tests of the archive share: a folder that is thrown away, and messages to put in. */
#ifndef TESTS_ARCHIVE_SCRATCH_H
#define TESTS_ARCHIVE_SCRATCH_H

#include "archive/archive.h"
#include "database.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

/* 2026-11-22T09:04:00Z */
#define STORED_US (INT64_C(1795338240) * SECOND_US)

extern char scratch[64];         /* the folder, made by scratch_make */
extern const struct clock stood; /* stands still at STORED_US */

void scratch_make(void);
void scratch_remove(void);
/* scratch/name, in a buffer that lives until the next call. */
const char *scratch_path(const char *name);

/* A suite whose every test has a scratch folder. */
Suite *scratch_suite(const char *name, const TTest *const tests[], size_t count);

/* Opens the archive in scratch, or fails the test. */
struct archive *opened(enum archive_mode mode);
void begin(struct archive *a);
void commit(struct archive *a);
/* Runs SQL through a connection of its own, without any of our settings; the result code. */
int raw_sql(const char *sql);

/* A message of these clients (at most 4, NULL-terminated list). */
struct entry_of {
	struct message_entry entry;
	struct str clients[4];
};
struct entry_of entry_of(const char *const clients[]);
/* Appends a message of one client; its record number. */
uint64_t add_message(struct archive *a, const char *client, const char *octets);

/* The standard output of a shell command run in `folder`, and its exit status. */
struct output {
	char text[8192];
	int status;
};
struct output shell(const char *folder, const char *command);

#define ck_ok(call)                                                                                \
	do {                                                                                       \
		struct error problem = {0};                                                        \
		int answer = (call);                                                               \
		ck_assert_msg(answer >= 0, #call ": %s", problem.text);                            \
	} while (0)
#define ck_str(s, want)                                                                            \
	do {                                                                                       \
		struct str have = (s);                                                             \
		ck_assert_msg(                                                                     \
			str_eq(have, str_from(want)), "'%.*s' is not '%s'", STR_ARG(have), want);  \
	} while (0)

#endif
