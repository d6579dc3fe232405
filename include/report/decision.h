/* Before and at the decision about a client: what was tried, what is to settle, what to say. */
#ifndef OVERSTEP_REPORT_DECISION_H
#define OVERSTEP_REPORT_DECISION_H

#include "report/letter.h"
#include "report/report.h"

#define COOLING_OFF_DAYS 3

/* How I told the client of a boundary. */
enum boundary_kind {
	BOUNDARY_SETTING,   /* hours_told of the configuration */
	BOUNDARY_AGREEMENT, /* a message of mine that I marked as fixing something */
	BOUNDARY_WORDS,     /* marker/boundary matched in a message of mine */
	BOUNDARY_REMINDER,  /* so did a rule of late-payment from me */
	BOUNDARY_REPLY,     /* one that 'overstep reply' has drafted, sent */
};
struct boundary {
	enum boundary_kind kind;
	uint64_t evidence; /* 0: none, of a setting */
	struct report_time at;
	unsigned signs; /* 1 << sign of those it is about; 0: of what the client wrote before it */
	struct trace before; /* that, worked out as incidents pass by */
};

/* A message that I marked as fixing scope, price or hours. */
struct agreement {
	uint64_t evidence;
	struct report_time at;
	struct str kinds, subject;
};

/* Handed in before the first message; borrowed for the report's life. */
struct decision_plan {
	struct contract contract;
	struct strs owed, i_owe; /* as the settings say it */
	int income_share;        /* per cent; 0: not stated */
	bool has_hours_told;
	struct report_time hours_told;
	struct str me;
	enum tongue tongue;       /* of the page: when the client's language is not known */
	int64_t today;            /* days since 1970, my zone */
	int64_t last_day;         /* of the contract's notice, given today */
	int64_t last_working_day; /* on or before it; last_day when none is near */
};

/* What became of a sign since I told of the boundary. Windows are at most WINDOW_DAYS long. */
#define EFFECT_WINDOW_DAYS 56
enum effect {
	EFFECT_UNTOLD,
	EFFECT_EARLY,  /* told so lately that nothing can be said */
	EFFECT_UNSURE, /* there were too few days before to compare with */
	EFFECT_BETTER,
	EFFECT_SAME,
	EFFECT_WORSE,
};
struct mending {
	enum sign sign;
	int64_t tenths; /* of the figure; 0: it weighs nothing now */
	size_t told;
	int64_t first_day, last_day;
	uint64_t before, since; /* findings before the first, since the last */
	int64_t before_days, since_days;
	enum effect effect;
	uint64_t evidence; /* the last message of the client's with it, to answer; 0: none */
};

/* COOLING_SKIPPED: there was a grave insult, threat or manipulation. */
enum cooling { COOLING_NONE, COOLING_ON, COOLING_OVER, COOLING_SKIPPED };

/* An open matter of payment: what a rule or a sequence found since money last came. */
#define OPEN_PAYMENTS_MOST 8
struct late_payment {
	uint64_t evidence;
	struct report_time at;
	struct str rule, named;
	struct arena own; /* its words */
};

struct decision {
	struct decision_plan plan;

	/* Folded. */
	struct boundary *boundaries; /* in order of time after decision_end */
	size_t boundary_count, boundary_cap;
	struct agreement *agreements;
	size_t agreement_count, agreement_cap;
	bool has_paid; /* a message says that money has come, or gone out */
	struct report_time paid;
	uint64_t paid_evidence;
	struct late_payment open[OPEN_PAYMENTS_MOST]; /* the newest, in order of time */
	size_t open_count, open_left_out;

	/* Worked out at the end. */
	bool entered_known; /* else it was in this band, or above, on the first day that is drawn */
	int64_t entered_day;
	enum cooling cooling;
	int64_t cool_until_day; /* the first day on which it is over */
	uint64_t grave;         /* why it is skipped */
	struct mending mendings[SIGN_FIRST_MARKER];
	size_t mending_count; /* what weighs most first */
	bool has_reason;
	enum sign reason;
	int speech;         /* of most findings: an enum speech; SPEECH_COUNT: not known */
	enum tongue tongue; /* the same where there is a letter in it, else the page's */
	const struct letter_words *words;    /* in that */
	struct str call[5], subject, letter; /* absent: no reason */
	bool good;                           /* calm, with messages enough to tell */
};

/* Before the first message. Fails: ERROR_MEMORY. */
int decision_begin(struct report_client *c, const struct decision_plan *plan, struct error *err);
int decision_add_boundary(
	struct report_client *c, const struct boundary *boundary, struct error *err);
int decision_add_agreement(
	struct report_client *c, const struct agreement *agreement, struct error *err);
/* Money came: what is open is newer. In order of time among the messages. */
void decision_add_payment(struct report_client *c, uint64_t evidence, struct report_time at);
/* A finding of a late payment in force. 0, or -1 out of memory. */
int decision_add_late(
	struct report_client *c, uint64_t evidence, struct report_time at, const struct finding *f);
/* After report_client_end. Fails: ERROR_MEMORY. */
int decision_end(struct report_client *c, struct error *err);
void decision_finish(struct report_client *c);

/* Is there something to show of it at all? */
bool decision_shown(const struct report_client *c);
/* Findings a week, in tenths. */
int64_t weekly_tenths(uint64_t count, int64_t days);

#endif
