/* The desk for a secret: who reads it for a process whose box lets it read no such thing. */
#ifndef OVERSTEP_DAEMON_APP_SECRET_DESK_H
#define OVERSTEP_DAEMON_APP_SECRET_DESK_H

#include "base/error.h"
#include "base/str.h"

struct secret_source;

struct secret_desk {
	int fd; /* -1: none */
};

/* Starts it, as a child of this process that dies with it and knows where one secret is: file,
   command or credential. Before the box is closed. Fails: ERROR_SYSTEM. */
int secret_desk_start(
	const struct secret_source *secret, struct secret_desk *out, struct error *err);
/* Has the secret read now; context is a struct secret_desk. Fails as secret_read; ERROR_TEMPORARY
   when the desk is gone. */
int secret_desk_ask(const void *context, struct buf *out, struct error *err);
void secret_desk_end(struct secret_desk *d);

#endif
