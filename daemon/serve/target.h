/* The target of a request (RFC 9112 section 3.2) taken apart. */
#ifndef OVERSTEP_DAEMON_SERVE_TARGET_H
#define OVERSTEP_DAEMON_SERVE_TARGET_H

#include "base/arena.h"
#include "serve/serve.h"

/* Strings in arena. Every way of writing a path but the plain one is refused. The HTTP status: 200,
   400, 414 too long, 500 out of memory. */
unsigned target_read(struct str target, struct arena *arena, struct serve_request *out);

#endif
