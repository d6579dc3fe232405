/* "Should I answer now?": what is thought of one message that waits. */
#ifndef OVERSTEP_DAEMON_CLI_INBOX_H
#define OVERSTEP_DAEMON_CLI_INBOX_H

#include "base/str.h"
#include "model/period.h"
#include "model/sign.h"
#include "risk/risk_fold.h"

/* A client's message that I have not answered. Strings are the owner's. */
struct waiting {
	uint64_t seq;
	struct str client;
	struct str from;
	struct str subject;
	int64_t at_us;
	int64_t day; /* in my zone */
	bool urgent;
	enum sign sign; /* what makes it urgent: urgency, else after-hours */
	int severity;   /* of that */
};

struct indexed_message;
/* Sets urgent, sign and severity: an urgency finding or an after-hours demand, live, and neither
   marked wrong nor agreed. */
void inbox_weigh(const struct indexed_message *m, struct waiting *out);

/* Appends the verdict in words: "not urgent: first opening Mon 09:00". now: my hours as they hold
   for the client. allowance: of the urgent message's month and sign. Says whether it asks for an
   answer before the next opening. */
bool inbox_verdict(const struct waiting *w, int64_t now_us, const struct moment *now,
	const struct allowance *allowance, struct buf *out);
/* "Mon 09:00", with its date when that is a week off or more. */
void inbox_add_opening(int64_t now_us, const struct moment *now, struct buf *out);

#endif
