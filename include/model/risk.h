/* The nouns of risk: a client's history going in, one figure with its causes coming out. */
#ifndef OVERSTEP_MODEL_RISK_H
#define OVERSTEP_MODEL_RISK_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "model/client.h"
#include "model/mark.h"
#include "model/sign.h"

enum band { BAND_CALM, BAND_WATCH, BAND_STRAINED, BAND_DECIDE };
const char *band_name(enum band b);
/* From 10, 30 and 60 points on (risk.md). */
enum band band_of(int tenths);

/* Where the figure is going. */
enum trend { TREND_FALLING, TREND_STEADY, TREND_RISING };
const char *trend_name(enum trend t);

/* One finding in force. Days are civil days in my zone of the clock used. */
struct risk_finding {
	uint64_t evidence; /* record number of the message; a sequence's own record */
	int64_t at_us;
	int64_t day;
	struct str rule;
	enum sign sign;
	int severity; /* 1-4 */
	bool shadow;
	bool unsure;         /* quote boundary: half */
	bool disputed_clock; /* after-hours only: half */
	bool outgoing;       /* my own words: only late-payment (my reminders) weighs */
	bool contact;        /* after-hours/contact */
	bool chat;           /* a line of a chat: contact counts once a burst (burst.h) */
	bool in_their_hours; /* the client's own working hours */
	enum mark mark;      /* MARK_WRONG, MARK_AGREED leave the risk */
	struct str consent;  /* why I had consented to it: it leaves the risk; absent: I had not */
};

enum credit_kind { CREDIT_APOLOGY, CREDIT_PAID_ON_TIME };

struct risk_credit {
	enum credit_kind kind;
	uint64_t evidence;
	int64_t at_us;
	int64_t day;
};

/* The client's messages of one day that have no finding at all; a burst of a chat's lines is one.
 */
struct risk_clean {
	int64_t day;
	int messages;
};

/* Handed one finding, which is borrowed for the call; its strings live as long as the history. 0,
   or -1 to end the walk. */
typedef int risk_visit(void *context, const struct risk_finding *finding, struct error *err);

struct risk_history {
	/* Calls visit for each finding in order of time, of equal ones by evidence; can be called
	   again. 0, or -1 with *err. */
	int (*walk)(void *findings, risk_visit *visit, void *context, struct error *err);
	void *findings; /* the walk's own */
	const struct risk_credit *credits;
	size_t credit_count;
	const struct risk_clean *clean; /* a day at most once, in any order */
	size_t clean_count;
	bool has_hours_told;
	int64_t hours_told_day;
	double half_life_days;
};

/* Why a line counts, or counts nothing. */
enum fate {
	FATE_COUNTS,
	FATE_WRONG,
	FATE_AGREED,
	FATE_CONSENT, /* an except block covers it */
	FATE_SHADOW,
	FATE_OWN_LANE, /* harmful-request, unsteady-work */
	FATE_OUTGOING,
	FATE_HOURS_NOT_TOLD,
	FATE_CONTACT_NOT_TOLD,
	FATE_THEIR_HOURS,
	FATE_SAME_BURST, /* an earlier line of the chat was the same moment */
	FATE_ALLOWED,
	FATE_LESSER_OF_MESSAGE,
	FATE_LATER_OF_DAY,
	FATE_COUNT,
};

/* How a line came to its points; explain.c and the report put it into words. */
struct risk_weighing {
	enum fate fate;
	bool disputed, unsure; /* each halves it */
	int credits;           /* that lowered it: 0, 1 or 2 (two or more) */
	bool second;           /* message of its day: a quarter */
	int allowed_days;      /* FATE_ALLOWED: how many days its month allows */
	int64_t age_days;
	struct str consent; /* FATE_CONSENT */
};

/* A line: a finding and what it weighs. The lines add up to the figure (or pass 100). */
struct risk_cause {
	uint64_t evidence;
	int64_t at_us;
	int64_t day;
	struct str rule;
	enum sign sign;
	int severity;
	int tenths; /* points x 10, after decay and rounding */
	struct risk_weighing weighing;
	struct str why; /* the same in English words */
};

struct risk {
	struct arena arena;
	int tenths; /* 671 is 67.1 */
	enum band band;
	struct risk_cause *causes; /* newest last: all that weigh, and some or all at 0 points */
	size_t cause_count;
	size_t zero_count; /* of those at 0 points, whether they are here or not */
};

void risk_init(struct risk *r);
void risk_finish(struct risk *r);

#endif
