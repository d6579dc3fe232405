/* The messages of one chat export, read in a process of its own and told by frames. */
#ifndef OVERSTEP_DAEMON_APP_CHAT_SOURCE_H
#define OVERSTEP_DAEMON_APP_CHAT_SOURCE_H

#include "base/crypto.h"
#include "base/limits.h"
#include "chat/chat_survey.h"
#include "model/client.h"

struct channel;
struct config;
struct rulebook;
struct zone;

/* All borrowed; it is forked with them. */
struct chat_plan {
	const char *path;
	const struct config *config; /* whose lines are whose */
	bool has_format;             /* then it must be of this one: */
	enum chat_format format;
	enum chat_order order;   /* declared; CHAT_ORDER_UNKNOWN: inferred, else refused */
	const struct zone *zone; /* local times are read in it */
};
/* What an account of exports of chats declares of that one. Fails: ERROR_USAGE, the locale. */
int chat_plan_of(const struct rulebook *book, size_t account, const char *path,
	struct chat_plan *out, struct error *err);

/* Runs in the child (process.h); context is a struct chat_plan. It waits for `go` {}, and says
	 survey    {format,sha256,said,media,system,deleted,unread,unread_bytes,unread_why,
		    conversations,seconds_missing,local_times,folds,gaps,other_style,first?,last?,order,dates,
		    others:[{name,messages,first?}]}   the people that are neither I nor a client
	 sums      {folder}; struct chat_sum, one after another
	 chat      {folder,file,out,clients:[...],date?,speech?,offset,agreed}; octets
	 others    {folder}; struct chat_sum, of lines that are nobody's there, as if I had written
		   each and as if somebody else had
	 progress  as fetcher.h
	 done      {}
	 failed    {kind,text}
   A client's lines come, and mine in conversations in which a client has written. First come the
   sums of all lines of clients: by them a conversation is known again, for mine may have gone to
   many at once. It heeds `ack`, as there, but what counts of a message is its cost. */
int chat_source_main(struct channel *to_parent, int stop_fd, const void *context);

struct chat_sum {
	struct sha256 octets; /* of the message's in its file */
	struct sha256 speech; /* zero without a time */
	bool has_at;
	int64_t at_us;
};

/* Bytes that a message of a chat takes while it waits for others: its octets are the least of it.
 */
static inline uint64_t chat_source_cost(struct str octets)
{
	return octets.len + KIB;
}

#endif
