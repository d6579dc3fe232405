/* The head of a WhatsApp line: "[31.12.24, 20:52:25] " or "12/9/20, 11:55 PM - ". */
#ifndef OVERSTEP_DAEMON_CHAT_WHATSAPP_HEAD_H
#define OVERSTEP_DAEMON_CHAT_WHATSAPP_HEAD_H

#include "chat/chat.h"

#include "when.h"

/* What all heads of one export have in common. */
struct whatsapp_style {
	bool bracketed;
	char separator; /* between the numbers of the date; 0: no head was seen yet */
};

struct whatsapp_head {
	struct whatsapp_style style;
	int numbers[3]; /* of the date, in the order they stand there */
	int digits[3];
	struct local_time time; /* hour, minute, second */
	struct str written;     /* "31.12.24, 20:52:25" */
	size_t len;             /* of the whole head, to where the name begins */
};

/* Does the line begin with a head? Whose numbers could be a date in some order. */
bool whatsapp_head_read(struct str line, struct whatsapp_head *out);
bool whatsapp_style_same(const struct whatsapp_style *a, const struct whatsapp_style *b);

/* The date read in that order; false: it is none. Two digits of a year are of this century. */
bool whatsapp_head_date(const struct whatsapp_head *h, enum chat_order order, struct date *out);
/* The orders that a date can be meant in, bits 1 << chat_order; 0: none. Of the usual ones, if it
   fits any: dots stand in dates that begin with the day, no language writes month-day-year with
   hyphens, and two digits of a year stand first only there. */
unsigned whatsapp_head_orders(const struct whatsapp_head *h);

#endif
