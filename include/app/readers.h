/* Reader processes: the only ones that look into a message. They have no network and no files. */
#ifndef OVERSTEP_APP_READERS_H
#define OVERSTEP_APP_READERS_H

#include "app/pipeline.h"
#include "base/error.h"

struct readers;
struct rulebook;
struct spawner;

/* More would only wait for the one keeper that feeds them. */
#define READERS_MOST 4

/* Prepares `count` readers (0: as many as the cores are good for) that are forked when first
   needed. The rulebook is borrowed. */
int readers_new(
	const struct rulebook *book, unsigned count, struct readers **out, struct error *err);
/* They are a keeper's, who has others start its processes; borrowed. */
void readers_started_by(struct readers *r, const struct spawner *spawner);
/* Ends the processes. */
void readers_free(struct readers *r);

/* Asks all and waits; the answers must be reading_init'ed. A message that kills its reader is tried
   once more; the second time the reading says EXAMINED_READER_DIED: for a stored message with what
   is known of it, else with `concerns` found by looking for the clients' addresses as plain bytes.
   Nothing else may be pending. Fails: ERROR_MEMORY, ERROR_SYSTEM, ERROR_INTERRUPTED. */
struct question {
	const struct raw *raw;
	const struct known *known;
	enum reading_depth depth;
	struct reading answer;
};
int readers_ask(struct readers *r, struct question *questions, size_t count, struct error *err);

/* The same without waiting, for a loop. `done` is called from readers_turn with the ticket and the
   reading (to move from), in the order of asking. raw, its octets and known's ids stay the caller's
   and must live until then. */
typedef void readers_done(void *context, uint64_t ticket, struct reading *reading);
int readers_post(struct readers *r, const struct raw *raw, const struct known *known,
	enum reading_depth depth, uint64_t ticket, struct error *err);
void readers_listen(struct readers *r, readers_done *done, void *context);
/* Work posted and not done. */
size_t readers_pending(const struct readers *r);
/* Ends the processes and drops that work; they start again when they are needed. */
void readers_forget(struct readers *r);

/* Can they have JIT code for their rules? Fails: as ruleset_try_jit; ERROR_SYSTEM. */
int readers_try_jit(struct error *err);

/* Lets readers_ask, and long work that uses it, end early when `asked` says so. */
void readers_heed(struct readers *r, bool (*asked)(void *context), void *context);
bool readers_asked_to_end(const struct readers *r);

/* For the loop: descriptors to wait for, and the turn when something is ready or a second has
   passed. */
struct pollfd;
size_t readers_poll(const struct readers *r, struct pollfd *out, size_t room);
int readers_turn(struct readers *r, struct error *err);

#endif
