/* The sample mailbox on disk, and in an archive. */
#ifndef OVERSTEP_DAEMON_CLI_DEMO_ARCHIVE_H
#define OVERSTEP_DAEMON_CLI_DEMO_ARCHIVE_H

#include "command.h"

struct clock;

/* Writes overstep.conf (0600) and mail/INBOX/NNN-name.eml, mail/Sent/NNN-name.eml into a folder
   that exists. A file's time is when the mailbox got the mail. Fails: ERROR_SYSTEM. */
int demo_folder_write(const char *folder, struct error *err);
/* Opens the configuration and a new archive in that folder: in->book, readers, store. */
int demo_archive_open(
	struct invocation *in, const char *folder, const char *day, struct error *err);
/* Judges all letters as the service does, in reader processes, and stores those that concern a
   client, and what sequences find up to that instant. *stored counts the letters. */
int demo_archive_fill(struct invocation *in, int64_t at_us, size_t *stored, struct error *err);

#endif
