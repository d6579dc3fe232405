/* A sequence over a client's history: as it was written, what it looks at, what it found. */
#ifndef OVERSTEP_MODEL_SEQUENCE_H
#define OVERSTEP_MODEL_SEQUENCE_H

#include "base/arena.h"
#include "base/error.h"
#include "model/client.h"
#include "model/finding.h"
#include "model/mark.h"

/* Rule names with '*' for any letters, alternatives parted by '|': "urgency*|after-hours/demand".
 */
struct sequence_glob {
	struct str names;
	bool mine; /* "me:" stood before it: in my own messages */
};
bool sequence_glob_fits(const struct sequence_glob *g, struct str rule);

enum sequence_kind {
	SEQUENCE_COUNT,   /* needs N of GLOB within D */
	SEQUENCE_CHAIN,   /* needs A then B within D */
	SEQUENCE_SILENCE, /* silence D after me:GLOB */
	SEQUENCE_DROUGHT, /* drought D then N in D */
	SEQUENCE_BROKEN,  /* broken GLOB after D */
	SEQUENCE_KINDS,
};

/* Belongs to its ruleset. */
struct sequence_rule {
	struct rule_facts facts;
	struct strs clients; /* ids of those it is for; none: for all */
	struct str written;  /* "needs 3 of urgency* within 12 h without reply" */
	enum sequence_kind kind;
	struct sequence_glob *steps; /* of a chain in order; one of count, silence and broken */
	size_t step_count;
	size_t count;        /* messages: of count and drought */
	int64_t within_us;   /* of count, chain and drought */
	int64_t patience_us; /* of silence, drought and broken: how long nothing has to come */
	bool without_reply;  /* of count and chain */
	struct sequence_glob *unless; /* of silence and broken: any of them calls it off */
	size_t unless_count;
};

/* A finding or a marker of a message, as sequences see it. */
struct timeline_finding {
	struct str rule;
	bool shadow;
	bool unsure;
	enum mark mark; /* what is marked wrong or agreed is no member */
	bool has_day;   /* the words name a day, */
	int64_t day;    /* days since 1970 */
};

/* One message of the client's or of mine to it; nobody else's, and no machine's. */
struct timeline_event {
	uint64_t evidence;
	int64_t at_us;
	int offset_min; /* of my zone then, east positive */
	enum direction direction;
	struct sha256 sum; /* of its octets: the order of what came at one instant */
	const struct timeline_finding *findings;
	size_t finding_count;
};

struct timeline {
	const struct timeline_event *events; /* in any order */
	size_t count;
	int64_t now_us;        /* what is dated later has not happened yet */
	int64_t read_until_us; /* all mail up to it is here: as far an absence can be told */
};

/* Strings and members belong to whoever made it. finding.text: "3 messages in 2 h". */
struct sequence_finding {
	struct finding finding; /* unsure when the words of a member are */
	bool absence;           /* dated at its deadline; else at its last member */
	int64_t at_us;
	int offset_min;          /* of my zone then */
	const uint64_t *members; /* record numbers, in order of time */
	size_t member_count;
};

/* Are they one and the same, whatever words tell of them? */
bool sequence_finding_same(const struct sequence_finding *a, const struct sequence_finding *b);

/* items grows by array_room; strings and members are the arena's. */
struct sequence_findings {
	struct arena arena;
	struct sequence_finding *items;
	size_t count, cap;
	bool has_due;
	int64_t due_us; /* the next instant at which there may be more, if nothing comes before */
};

void sequence_findings_init(struct sequence_findings *f);
void sequence_findings_finish(struct sequence_findings *f);

/* sequences_judge (judge/sequence.h), for rules that try the examples of sequences. */
typedef int sequences_judge_fn(const struct sequence_rule *const *rules, size_t count,
	const struct timeline *timeline, struct sequence_findings *out, struct error *err);

/* What a findings record holds of one, with the fields of a finding (finding.h):
   {"at":"2026-03-02T12:00:00+01:00","absence":false,"members":["E-000004",...],"finding":{...}} */
struct json_value;
struct json_writer;
void sequence_finding_write(const struct sequence_finding *f, struct json_writer *w);
/* Fails: ERROR_INPUT, ERROR_MEMORY. */
int sequence_finding_read(const struct json_value *v, struct arena *arena,
	struct sequence_finding *out, struct error *err);

#endif
