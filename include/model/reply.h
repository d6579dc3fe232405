/* What the reply of a rule may name in braces. */
#ifndef OVERSTEP_MODEL_REPLY_H
#define OVERSTEP_MODEL_REPLY_H

enum reply_slot {
	REPLY_AMOUNT,  /* what the rule captured: "1.200 €" */
	REPLY_DAY,     /* the same: "by Friday (2026-03-06)" */
	REPLY_HOURS,   /* my hours as they hold for the client: "Monday to Friday 09:00-17:00" */
	REPLY_OPENING, /* when they next begin, when it is not now: "Monday 9 March at 09:00" */
	REPLY_ITEM,    /* what the client's contract leaves out, as it was asked for */
	REPLY_DATE,    /* the day of the message that is answered: "6 March 2026" */
	REPLY_NAME,    /* of the person who wrote it */
	REPLY_ME,      /* my own */
	REPLY_SLOTS,
};
extern const char *const reply_slot_names[REPLY_SLOTS];

#endif
