/* What a report shows, folded from messages and figures that are handed in; and its writers. */
#ifndef OVERSTEP_REPORT_REPORT_H
#define OVERSTEP_REPORT_REPORT_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"
#include "model/client.h"
#include "model/finding.h"
#include "model/mark.h"
#include "model/risk.h"
#include "model/text.h"
#include "model/title.h"

/* An instant and how far my zone was from UTC then. */
struct report_time {
	int64_t at_us;
	int offset_min;
	bool zulu; /* UTC was asked for: Z instead of +00:00 */
};

/* A moment that can be told in any language. */
struct told_moment {
	struct moment moment;
	struct str zone; /* absent: not known any more; borrowed until the report is finished */
	bool whole;      /* with the facts that a record has in its words alone (period.h) */
};

/* Why the clock found something, as facts. */
struct clock_reason {
	struct told_moment arrived;
	bool has_opening;  /* of the moment: not where the zone is not known */
	struct str asks;   /* words that make it a demand; absent: it is a contact */
	struct str leaves; /* of a contact, words that leave it until I am back; may be absent */
	bool disputed;
};

/* One message as it passes by; everything is borrowed for the call, titles until the report is
   finished. */
struct report_finding {
	const struct finding *finding;
	enum mark mark; /* wrong, agreed, right or none */
	struct str note;
	const struct rule_title *title; /* NULL: its rule is gone, or says something else now */
};
struct report_message {
	uint64_t evidence;
	enum direction direction;
	bool third_party;      /* incoming, but this client did not write it */
	struct report_time at; /* by the clock used */
	enum clock_kind clock_used;
	bool clock_agreed;
	bool exported;    /* a line of a chat's export: what it was before that cannot be known */
	uint64_t differs; /* the record by which a later export has not this line; 0: none */
	struct str from, subject;
	const struct text *text;
	const struct judgement *judgement; /* NULL: never judged */
	const struct report_finding *findings;
	size_t finding_count;
	const struct clock_reason
		*clock;                /* of the finding of the clock; NULL: none, or not known */
	const struct finding *apology; /* the client's own words, where there are any; else NULL */
	bool has_theirs;               /* the client's weekday and hour then are known */
	int their_weekday, their_hour;
	struct str signer; /* whose signature on it holds; absent: nobody's does, as far as known */
	struct sha256 sum;
};

/* What a sequence found, and the messages that it is made of. */
struct report_member {
	uint64_t evidence;
	struct report_time at;
};
struct report_sequence {
	uint64_t evidence;
	struct report_time at;
	bool absence; /* dated when the time was up; else as its last message */
	struct report_finding finding;
	const struct report_member *members; /* in order of time */
	size_t member_count;
};

/* The words of one or several findings inside the sentence they stand in. */
struct passage_mark {
	size_t start, end; /* of the passage's text, half-open, sorted, apart from each other */
	int severity;
};
struct passage {
	struct str text;
	bool cut_before, cut_after; /* the sentence goes on, longer than is shown */
	struct passage_mark *marks;
	size_t mark_count;
};

struct incident_finding {
	struct str rule, rule_hash, text, why, note;
	const struct rule_title *title;   /* `why` in other languages; NULL: as recorded */
	const struct clock_reason *clock; /* the same of what the clock found */
	struct str consent;               /* why it weighs nothing; absent: it does */
	struct captured captured;
	struct str named; /* the same in words */
	enum sign sign;
	int severity;
	enum rule_status status;
	bool unsure;
	enum mark mark;
};

/* Are the octets there that the evidence log names? */
enum incident_octets { OCTETS_CANNOT_TELL, OCTETS_VERIFIED, OCTETS_ALTERED };

/* How much of the page an incident gets, when there are many. */
enum incident_form { INCIDENT_WHOLE, INCIDENT_LINE, INCIDENT_LEFT_OUT };

/* A message that has findings, or what a sequence found. Harmful requests make an incident of their
   own. */
struct incident {
	uint64_t evidence;
	enum direction direction;
	struct report_time at;
	enum clock_kind clock_used;
	bool clock_agreed;
	bool exported;
	uint64_t differs;
	struct str from, subject;
	enum period period;
	bool has_period;
	struct sha256 sum;
	struct passage *passages;
	size_t passage_count;
	struct incident_finding *findings;
	size_t finding_count;
	struct report_member *members; /* of a sequence, which has no words of its own; else none */
	size_t member_count;
	bool absence;
	struct str signer;
	enum incident_octets octets;
	enum incident_form form; /* on the page; other forms of the report have all of it */
	struct arena own;        /* what it points to, where it may be dropped; else the client's */
};

/* What is known of an incident of the client's, dropped or not, but for harmful requests. */
struct trace {
	uint64_t evidence;
	struct report_time at;
	unsigned signs; /* a bit for each that is in force; 0: no trace */
};
/* Of all incidents of one day. */
struct trace_day {
	int64_t day;
	uint32_t messages[SIGN_FIRST_MARKER]; /* that have this sign, and sequences */
	int worst;                            /* the gravest severity of what is in force */
};

/* What the owner supplied: a file or a note, with a time as the owner states it. */
struct report_exhibit {
	uint64_t evidence;
	struct report_time at;
	struct str name, note; /* absent: none */
	struct sha256 sum;
};

/* A message of which something was not looked at, and why. */
struct blind_spot {
	uint64_t evidence;
	struct report_time at;
	bool judged;
	enum examined examined;
	struct str why; /* in the words of the record */
};

/* What speaks for the client: it said sorry, or paid by the due day. */
struct report_credit {
	enum credit_kind kind;
	uint64_t evidence;
	struct report_time at;
	struct passage *passages; /* the words, when they were handed in with the message */
	size_t passage_count;
};

/* A week that begins on that Monday; days since 1970. */
struct report_week {
	int64_t monday;
	uint64_t incoming, findings;
	int worst; /* severity; 0: a quiet week */
};

/* Live findings of one month: year * 12 + month - 1. */
struct report_month {
	int64_t number;
	uint64_t findings[SIGN_COUNT];
};

/* How long one side took to answer, from the first message that waited. Only answers within
   REPLY_WITHIN_DAYS count: what comes later is a new conversation. */
#define REPLY_WITHIN_DAYS 14
struct report_replies {
	uint64_t count;
	int64_t median_min;
};

/* What the freelancer did. */
struct report_own {
	uint64_t sent, outside, night; /* outside my hours; of these at night */
	uint64_t findings;             /* of rules on my own words, but for reminders to pay */
	uint64_t heat[7][24];
	struct report_replies mine, theirs;
};

/* The languages that rules are of: those of the pages, then these. */
enum speech { SPEECH_DE = TONGUE_COUNT, SPEECH_ES, SPEECH_COUNT };

struct report_waits;
struct decision;

struct risk_point {
	int64_t day;
	int tenths;
};

#define QUARTERS_A_DAY 96

struct report_client {
	/* Handed in before the first message. */
	struct str id, name;
	enum tongue tongue; /* the report's, as is this: */
	size_t most_incidents;
	struct risk risk; /* owned by the report */
	enum trend trend;
	struct risk_point *points; /* the figure over time, oldest first; may be none */
	size_t point_count;
	bool has_hours;
	bool working[7][QUARTERS_A_DAY]; /* my hours as this client knows them, Monday first */
	struct str their_zone;           /* absent: not known */
	bool their_working[7][QUARTERS_A_DAY];
	bool has_before; /* there was a figure a week ago */
	int tenths_before;
	int64_t recent_since_us; /* what is newer is of the last week */
	/* incoming, when I do not work: messages, and moments, for lines of a chat may be one */
	uint64_t outside_messages, outside_hours;

	struct decision *decision; /* decision.h; NULL: nothing of it was handed in */

	/* Folded. */
	struct arena arena;
	uint64_t messages, incoming;
	uint64_t heat[7][24];       /* incoming, by my weekday and hour */
	uint64_t their_heat[7][24]; /* the same by theirs */
	uint64_t recent_messages, recent_findings;
	struct report_own own;
	struct report_week *weeks; /* in order; those without a message are left out */
	size_t week_count, week_cap;
	struct report_month *months;
	size_t month_count, month_cap;
	struct report_credit *credits; /* in order of time */
	size_t credit_count, credit_cap;
	struct report_waits *waits;   /* until report_client_end */
	struct trace_day *trace_days; /* in order; those without an incident are left out */
	size_t trace_day_count, trace_day_cap;
	struct trace last_trace, last_of_sign[SIGN_FIRST_MARKER]; /* the latter no sequence's */
	size_t spoken[SPEECH_COUNT];   /* the client's findings, by the language of their rules */
	uint64_t findings[SIGN_COUNT]; /* live, not consented to, not marked wrong or agreed */
	uint64_t finding_sum;
	struct report_time first, last, last_finding;
	struct incident *incidents; /* in order of time */
	size_t incident_count, incident_cap, incidents_dropped;
	struct incident *harmful; /* a lane of its own */
	size_t harmful_count, harmful_cap, harmful_dropped;
	struct report_exhibit *exhibits; /* in order of time */
	size_t exhibit_count, exhibit_cap;
	struct blind_spot *blind_spots;
	size_t blind_spot_count, blind_spot_cap;
};

struct coverage_line;

/* The whole page. */
struct report {
	struct arena arena;
	struct report_time as_of; /* the only clock: the same report is the same bytes */
	struct str owner;         /* whose mailbox; may be absent */
	struct str zone;          /* "Europe/Stockholm" */
	struct str version;       /* of the program */
	bool served;              /* by HTTP: messages and clients have pages of their own */
	enum tongue tongue;       /* in which it is written */
	bool all;                 /* text: every line at 0 points, not their number alone */
	bool now;                 /* with what a cooling-off (decision.h) would hold back */
	bool for_others;          /* without what only the owner is to decide */
	bool overview;            /* false: one client's report shows nothing of another's */
	size_t most_incidents;    /* kept of a client and lane, the gravest and newest; 0: all */
	struct report_client *clients;
	size_t client_count, client_cap;
	/* When mailboxes were watched (coverage.h), from the first message on; in the arena. None:
	   nothing is recorded of it. */
	const struct coverage_line *coverage;
	size_t coverage_count;
};

void report_init(struct report *r);
void report_finish(struct report *r);
/* A new, empty client; the pointer is valid until the next call. NULL: out of memory. */
struct report_client *report_add_client(struct report *r, struct str id, struct str name);
/* Messages come in order of time. Copies what is kept of one: nothing but counts when it has no
   findings. 0, or -1. */
int report_add_message(struct report_client *c, const struct report_message *m, struct error *err);
/* Copies it. */
int report_add_exhibit(struct report_client *c, const struct report_exhibit *e, struct error *err);
/* The same of a sequence, behind all messages. */
int report_add_sequence(
	struct report_client *c, const struct report_sequence *s, struct error *err);
/* What speaks for the client; before its messages, which have the words. */
int report_add_credit(struct report_client *c, enum credit_kind kind, uint64_t evidence,
	struct report_time at, struct error *err);
/* Puts all in order of time, works out who answered how fast, and gives each incident its form;
   after the last message. Fails: ERROR_MEMORY. */
int report_client_end(struct report_client *c, struct error *err);
/* In order of time, and of equal ones by number. */
int report_time_order(
	struct report_time a, uint64_t a_evidence, struct report_time b, uint64_t b_evidence);
/* The gravest severity of its findings but those marked wrong; 0: none. */
int incident_worst(const struct incident *x);

/* How a piece of text is meant; what is no terminal ignores it. */
enum ink { INK_PLAIN, INK_DIM, INK_BOLD, INK_CALM, INK_WARN, INK_BAD, INK_COUNT };

/* Where a writer puts its bytes. */
struct report_sink {
	void (*put)(void *context, enum ink ink, struct str bytes);
	void *context;
};

struct report_writer {
	const char *name; /* "html" */
	/* Fails: ERROR_MEMORY. */
	int (*write)(const struct report *r, const struct report_sink *sink, struct error *err);
};
/* NULL when there is none of that name: text, html, json, csv. */
const struct report_writer *report_writer_find(const char *name);
extern const struct report_writer report_writers[];
extern const size_t report_writer_count;

#endif
