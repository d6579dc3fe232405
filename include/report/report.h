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
#include "model/tongue.h"

/* An instant and how far my zone was from UTC then. */
struct report_time {
	int64_t at_us;
	int offset_min;
	bool zulu; /* UTC was asked for: Z instead of +00:00 */
};

/* One message as it passes by; everything is borrowed for the call. */
struct report_finding {
	const struct finding *finding;
	enum mark mark; /* wrong, agreed, right or none */
	struct str note;
};
struct report_message {
	uint64_t evidence;
	enum direction direction;
	bool third_party;      /* incoming, but this client did not write it */
	struct report_time at; /* by the clock used */
	enum clock_kind clock_used;
	bool clock_agreed;
	struct str from, subject;
	const struct text *text;
	const struct judgement *judgement; /* NULL: never judged */
	const struct report_finding *findings;
	size_t finding_count;
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
	struct str consent; /* why it weighs nothing; absent: it does */
	struct captured captured;
	struct str named; /* the same in words */
	enum sign sign;
	int severity;
	enum rule_status status;
	bool unsure;
	enum mark mark;
};

/* A message that has findings, or what a sequence found. Harmful requests make an incident of their
   own. */
struct incident {
	uint64_t evidence;
	enum direction direction;
	struct report_time at;
	enum clock_kind clock_used;
	bool clock_agreed;
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
	struct str why;
};

struct risk_point {
	int64_t day;
	int tenths;
};

#define QUARTERS_A_DAY 96

struct report_client {
	/* Handed in before the first message. */
	struct str id, name;
	struct risk risk; /* owned by the report */
	struct str trend;
	struct risk_point *points; /* the figure over time, oldest first; may be none */
	size_t point_count;
	bool has_hours;
	bool working[7][QUARTERS_A_DAY]; /* my hours as this client knows them, Monday first */

	/* Folded. */
	struct arena arena;
	uint64_t messages, incoming, outside_hours;
	uint64_t heat[7][24];          /* incoming, by my weekday and hour */
	uint64_t findings[SIGN_COUNT]; /* live, not consented to, not marked wrong or agreed */
	uint64_t finding_sum;
	struct report_time first, last, last_finding;
	struct incident *incidents; /* in order of time */
	size_t incident_count, incident_cap;
	struct incident *harmful; /* a lane of its own */
	size_t harmful_count, harmful_cap;
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
	enum tongue tongue;       /* in which it is written */
	bool all;                 /* text: every line at 0 points, not their number alone */
	bool overview;            /* false: one client's report shows nothing of another's */
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
/* Copies what is kept of a message: nothing but counts when it has no findings. 0, or -1. */
int report_add_message(struct report_client *c, const struct report_message *m, struct error *err);
/* Copies it. */
int report_add_exhibit(struct report_client *c, const struct report_exhibit *e, struct error *err);
/* The same of a sequence. */
int report_add_sequence(
	struct report_client *c, const struct report_sequence *s, struct error *err);
/* Puts incidents in order of time; after the last message. */
void report_client_end(struct report_client *c);

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
