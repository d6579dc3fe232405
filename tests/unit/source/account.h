/* An IMAP account under test: what its rounds give, written down as lines of text.
 */
#ifndef TESTS_SOURCE_ACCOUNT_H
#define TESTS_SOURCE_ACCOUNT_H

#include "source/source.h"

struct account {
	struct imap_plan plan;
	char ca_file[512];
	struct str folders[4];
	struct str watched[4];
	struct folder_state before; /* what the archive knows of each folder */
	struct str before_watched[4];
	uint32_t archived[4]; /* UIDs that the archive has; 0 ends */
	struct source *source;
	/* "message INBOX 1 'octets'", "position INBOX 4", "position INBOX 4 complete", "piece
	   1048576", "large INBOX 2 of 5000 'octets'", "poison INBOX 3", "pieced INBOX 2 of
	   6000000", "folder INBOX: 3 messages" */
	struct buf given;
	struct buf pieces;
	uint32_t uidvalidity; /* of the last position */
	uint32_t next_uid;
	size_t messages;
	size_t positions;
	int64_t internal_at_us; /* of the last message */
	struct error err;
};

/* User alice with password "secret", folder INBOX, the CA of scratch/folder, 5 s a command. */
void account_init(struct account *a, int port, const char *folder);
/* Opens and plays one round; 0, or -1 with a->err. */
int account_run(struct account *a);
/* One more round on the open source. */
int account_again(struct account *a);
/* Opens only. */
int account_open(struct account *a);
void account_finish(struct account *a);
/* From now on the archive knows what the last position said. */
void account_remember(struct account *a);

#endif
