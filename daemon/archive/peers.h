/* The numbering of a client's messages, gapless from 1. */
#ifndef ARCHIVE_PEERS_H
#define ARCHIVE_PEERS_H

#include "base/error.h"
#include "base/str.h"
#include <stdint.h>

struct archive;

/* The last number of each client asked for, sorted by client. A cache: the truth is the newest
   `peer:` line of the client in the log. */
struct peer_numbers {
	struct peer_number *items;
	size_t count, cap;
	uint64_t as_of; /* the record up to which the cache is right */
};

/* The number last given to a message of `client`, 0 for none. Inside a transaction. */
int peers_last(struct archive *a, struct str client, uint64_t *number, struct error *err);
/* The last number of `client` is now this one. */
int peers_set(struct archive *a, struct str client, uint64_t number, struct error *err);
/* Drops the cache: after a rollback, and when somebody else appended. */
void peers_forget(struct peer_numbers *peers);

#endif
