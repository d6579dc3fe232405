/* What a process that looks at something tells its starter: items, and at last how it ended. */
#ifndef OVERSTEP_DAEMON_APP_TOLD_H
#define OVERSTEP_DAEMON_APP_TOLD_H

#include "base/error.h"
#include <stdint.h>

struct channel;
struct frame;
struct json_document;
struct json_value;
struct process;

/* The process: its last frame, `done` or `failed` {kind,text}. Its value is the exit status. */
int told_end(struct channel *to_parent, int result, const struct error *why);

/* The starter: waits for the next frame. 1 and *frame, borrowed until the next call, and its head
   in *out (what was there is freed); 0 when it is done; -1 with what failed there, or
   ERROR_TEMPORARY when the process is gone. */
int told_next(
	struct process *p, struct frame *frame, struct json_document **out, struct error *err);
/* A number of the head, 0 when it is none that counts messages. */
uint32_t told_count(const struct json_value *head, const char *key);

#endif
