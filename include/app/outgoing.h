/* Mail of ours on its way, by the settings of `smtp`. */
#ifndef OVERSTEP_APP_OUTGOING_H
#define OVERSTEP_APP_OUTGOING_H

#include "base/error.h"
#include "model/client.h"

struct config;
struct draft;

/* Writes the draft, reads the secret, closes the box of this process, which is there for nothing
   else, and sends. From is the setting's. stop_fd: readable ends it; -1 for none. Fails: as
   message_compose, secret_read, sandbox_enter and smtp_send. */
int outgoing_send(
	const struct config *config, const struct draft *draft, int stop_fd, struct error *err);
/* The same in a process of its own, which alone has network and secret; waits for it. */
int outgoing_send_apart(const struct config *config, const struct draft *draft, struct error *err);

#endif
