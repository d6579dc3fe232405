/* Putting a mail among an account's drafts, which its owner sends or throws away. */
#ifndef OVERSTEP_APP_DRAFTING_H
#define OVERSTEP_APP_DRAFTING_H

#include "base/arena.h"
#include "base/error.h"

struct account;

struct drafting {
	const struct account *account;
	struct str message_id; /* without < > */
	struct str octets;     /* in CRLF form */
};
/* In a process of its own, which reads the account's secret, connects and logs in as its fetcher.
   1 it was put there, 0 one of its Message-ID is there, -1. *folder: which, in arena. Fails:
   ERROR_CONFIG (no folder for drafts: which setting names one), as the fetcher, ERROR_SYSTEM. */
int draft_put(const struct drafting *drafting, struct arena *arena, struct str *folder,
	struct error *err);

#endif
