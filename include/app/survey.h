/* Looking at a mailbox before anything is configured for it: does the login work, which folders are
 * there, who writes. For `init`.
 */
#ifndef OVERSTEP_APP_SURVEY_H
#define OVERSTEP_APP_SURVEY_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

struct account;

/* All borrowed. */
struct survey_plan {
	const struct account *account;
	struct str secret; /* as it was typed; absent: read as the account says */
};

/* Logs in, in a process of its own, and tells of the account's folders in their order. Fails as the
   account's fetcher would, and with what `folder` returned -1 for. */
int survey_folders(const struct survey_plan *plan,
	int (*folder)(
		void *context, struct str name, bool missing, uint32_t messages, struct error *err),
	void *context, struct error *err);

struct sender {
	struct str mail; /* local@domain, domain in lower case */
	struct str name; /* as it was last written; may be absent */
	uint32_t messages;
};

/* The most frequent first. */
struct senders {
	struct arena arena;
	struct sender *items;
	size_t count;
	size_t all;        /* who wrote: more than count, when the rarest are left out */
	uint64_t messages; /* that were looked at */
	bool cut;          /* there are more: LIMIT_SENDER_BYTES or a minute was reached */
};

/* Who wrote what came into the account's folders since a day: one process reads the From fields,
   another without a network reads what is in them. progress may be NULL. */
int survey_senders(const struct survey_plan *plan, struct date since,
	void (*progress)(void *context, const char *what, uint64_t done, uint64_t all),
	void *context, struct senders *out, struct error *err);
void senders_finish(struct senders *s);

#endif
