/* When messages that could not be had are asked for again. */
#ifndef OVERSTEP_DAEMON_APP_RETRY_H
#define OVERSTEP_DAEMON_APP_RETRY_H

#include "index/index.h"

/* Zero-initialised: nothing was tried since the start. */
struct retries {
	bool begun;
	uint64_t
		before; /* the last record at the start: what was noted until then is due at once */
	struct retry {
		uint64_t seq;
		unsigned tries;
		int64_t due_us; /* monotonic */
	} * items;
	size_t count, cap;
};
void retries_finish(struct retries *r);

/* The UIDs of those whose turn it is, the longest due first, at most LIMIT_IMAP_RETRIES; they count
   as tried. hurry: all are due. last: the archive's last record. Fails: ERROR_MEMORY. */
int retries_choose(struct retries *r, const struct unread *waiting, size_t count, uint64_t last,
	bool hurry, int64_t now_us, uint32_t *uids, size_t *chosen, struct error *err);

#endif
