/* A client was added: archived messages that are its too get a peer record. */
#ifndef OVERSTEP_DAEMON_APP_WIDEN_H
#define OVERSTEP_DAEMON_APP_WIDEN_H

#include "app/store.h"

/* terms: those about to come into force. When they name an address that the ones before did not,
   every archived message is asked again whose it is. Interrupted, it is done again. */
int store_widen(struct store *s, struct str terms, const struct store_progress *progress,
	struct error *err);

#endif
