/* Frames between the processes: a verb, a small JSON head and octets, over a socketpair. */
#ifndef OVERSTEP_DAEMON_APP_CHANNEL_H
#define OVERSTEP_DAEMON_APP_CHANNEL_H

#include "base/error.h"
#include "base/str.h"

/* On the wire: "verb HEAD-BYTES PAYLOAD-BYTES\n", the head, the payload. Both ends are ours, but
   one of them has met hostile bytes: every frame is checked, and at most LIMIT_FRAME long. */
#define CHANNEL_VERB_SIZE 16

struct frame {
	char verb[CHANNEL_VERB_SIZE]; /* [a-z-]+ */
	struct str head;              /* a JSON object, or empty */
	struct str payload;
};

struct channel;

/* Takes fd over. A blocking channel waits in every call; the other kind never does. */
int channel_new(int fd, bool blocking, struct channel **out, struct error *err);
void channel_free(struct channel *c);
int channel_fd(const struct channel *c);

/* Queues a frame and writes what the other end takes. Fails: ERROR_TEMPORARY when the other end is
   gone, ERROR_LIMIT, ERROR_MEMORY. */
int channel_send(struct channel *c, const char *verb, struct str head, struct str payload,
	struct error *err);
/* The same with a head that was just written, which is finished. Fails also: ERROR_MEMORY when it
   could not be written. */
int channel_say(struct channel *c, const char *verb, struct buf *head, struct str payload,
	struct error *err);
/* From now on this blocking end reads requests ahead of its work, and waits to be rid of its
   answers only when no request is left: the other end may be busy for a while. */
void channel_work_ahead(struct channel *c);
/* Writes what is still queued. */
int channel_flush(struct channel *c, struct error *err);
size_t channel_queued(const struct channel *c);
/* Has something come that was not handed out yet? poll(2) does not tell of it. */
bool channel_holds(const struct channel *c);

/* The next frame, borrowed until the next call: 1; 0 when none is whole yet (never with a blocking
   channel); -1: ERROR_TEMPORARY when the other end is gone, ERROR_INPUT when it does not keep to
   the form. */
int channel_next(struct channel *c, struct frame *out, struct error *err);

#endif
