/* The keeper's side of one account: its fetcher, when it is next due, and how it has been going. */
#ifndef OVERSTEP_DAEMON_APP_ACCOUNT_LINK_H
#define OVERSTEP_DAEMON_APP_ACCOUNT_LINK_H

#include "base/json.h"
#include "process.h"
#include "queue.h"

struct account;
struct export_intake;
struct spawner;

struct account_link {
	const struct account *account;
	uint32_t number;        /* the account's in the configuration */
	struct process process; /* pid 0: not running */
	struct queue queue;
	bool running;       /* a round is under way */
	bool once_over;     /* --once: it had its one attempt */
	int64_t over_us;    /* monotonic: when the last round ended */
	int64_t due_us;     /* the same: when the next one begins */
	int64_t due_at_us;  /* the same, UTC, for status; 0: not said yet */
	unsigned failures;  /* in a row */
	struct error error; /* of the last round, kind ERROR_NONE when it went well */
	bool has_success;
	int64_t success_at_us; /* end of the last good round */
	int64_t begun_at_us;   /* of the round under way, or the last */
	int64_t read_until_us; /* when the last good round began: what came before it is read */
	uint64_t stored;       /* messages since start */
	char progress[200];    /* "acme: back-filling 312 of 1,040 in INBOX", empty when none */
	char missing[200];     /* folders that the last round did not find, in words */
	char newcomers[100];   /* whose mail the folder under way was never searched for: "acme" */
	bool hurried;          /* a person asked for the round: what waits is tried again */
	size_t retried;        /* messages that could not be had before, in this round */
	bool census_left;      /* more is gone from the folder under way than was recorded */
	char capabilities[512];
	struct export_intake *intake; /* the chat's export that is read just now; NULL: none */
	struct buf notes; /* of the round: a line on each file that there is to say of */
	size_t note_count;
};

/* Starts the fetcher when it is not running, and a round. Fails: ERROR_SYSTEM. */
int account_link_begin(
	struct account_link *a, const struct spawner *spawner, int64_t now_us, struct error *err);
/* The round is over; sets when the next one is due. why: NULL when it went well. */
void account_link_over(struct account_link *a, const struct error *why, int64_t now_us);
/* Due at once (poll). */
void account_link_hurry(struct account_link *a);
/* The machine slept, and may be in another network: due at once, and what failed before says
   nothing. */
void account_link_wake(struct account_link *a);
/* The fetcher has news: due at once, but no sooner than a second after the last round, for mail
   seldom comes alone. */
void account_link_news(struct account_link *a);
/* The server broke off the wait for news: looked at again before long, though it may always do so.
 */
void account_link_lost(struct account_link *a);
/* Text to be said of a file of the account; the path is told as it lies below the account's. */
void account_link_note(struct account_link *a, struct str path, struct str text);
void account_link_end(struct account_link *a);
/* {"account","state":"waiting|running|failing","last_success","next_attempt","failures","error",
   "code","capabilities","missing","notes":[...],"progress","stored","queued"} */
void account_link_write(const struct account_link *a, struct json_writer *w);

#endif
