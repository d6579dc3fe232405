/* A request to a reader and its answer, as frames. */
#ifndef OVERSTEP_DAEMON_APP_READING_H
#define OVERSTEP_DAEMON_APP_READING_H

#include "app/pipeline.h"
#include "base/json.h"

struct config;
struct frame;

/* head: the request's JSON; the payload is raw->octets. */
void reading_write_request(const struct raw *raw, const struct known *known,
	enum reading_depth depth, struct buf *head);
/* The way back, in the reader. raw and known borrow from the frame and from *arena. */
int reading_read_request(const struct frame *frame, struct arena *arena, struct raw *raw,
	struct known *known, enum reading_depth *depth, struct error *err);

void reading_write_answer(
	const struct reading *r, enum reading_depth depth, struct buf *head, struct buf *payload);
/* Everything is checked: the reader has met hostile bytes. Fails: ERROR_INPUT, ERROR_MEMORY. */
int reading_read_answer(const struct frame *frame, struct reading *out, struct error *err);

/* given_up.c: no reader survived the message. Whose it is, is found without looking into it;
   nothing else is. out must be reading_init'ed. Fails: ERROR_MEMORY. */
int reading_give_up(const struct config *config, const struct raw *raw, const struct known *known,
	struct reading *out, struct error *err);

#endif
