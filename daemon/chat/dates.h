/* In which order does an export write its dates? What speaks for each, and what is left open. */
#ifndef OVERSTEP_DAEMON_CHAT_DATES_H
#define OVERSTEP_DAEMON_CHAT_DATES_H

#include "chat/chat_survey.h"

#include "whatsapp_head.h"

#define DATE_ORDERS 4 /* of chat_order, 0 is none */

/* Zero is no date yet. */
struct dates {
	uint64_t only[DATE_ORDERS]; /* dates that can be read in this order alone */
	uint64_t either;            /* in several, as different days */
	char example[DATE_ORDERS][64];
	char either_example[64];
	char either_days[DATE_ORDERS][16]; /* that one read in each order; "": it cannot be */
	uint64_t seen;
	/* Exports go forward in time: how often this order makes them go back by a day or more. */
	uint64_t backward[DATE_ORDERS];
	int64_t last_day[DATE_ORDERS];
	unsigned possible; /* orders in which every date could be read, bits */
};

void dates_add(struct dates *d, const struct whatsapp_head *head);
/* out's counts, order, and why; strings in arena. Declared: CHAT_ORDER_UNKNOWN to infer. 0 or -1.
 */
int dates_conclude(const struct dates *d, enum chat_order declared, struct arena *arena,
	struct chat_dates *out);

#endif
