/* A parsed message: headers, people, clocks, and its parts as decoded UTF-8. */
#ifndef OVERSTEP_MODEL_MESSAGE_H
#define OVERSTEP_MODEL_MESSAGE_H

#include "base/arena.h"
#include "base/str.h"

struct address {
	struct str name; /* decoded display name; may be absent */
	struct str mail; /* local@domain, domain in lower case */
};

struct addresses {
	struct address *items;
	size_t count;
};

/* The four clocks (contract.md, Time). */
enum clock_kind { CLOCK_RECEIVED, CLOCK_INTERNAL, CLOCK_DATE, CLOCK_SEEN };
const char *clock_kind_name(enum clock_kind k);

struct clocks {
	bool has[4]; /* by clock_kind */
	int64_t at_us[4];
	int date_offset_min; /* of the Date header as written */
	enum clock_kind used;
	bool agreed; /* those of date, received, internal that are present lie within 15 minutes */
};

/* One hop of the Received chain, topmost first. */
struct hop {
	struct str from;
	struct str by;
	bool has_at;
	int64_t at_us;
};

struct part {
	struct str type; /* "text/plain", lower case */
	struct str charset;
	struct str filename; /* decoded (RFC 2231), may be absent */
	bool attachment;     /* Content-Disposition, or neither text nor shown */
	bool flowed;         /* format=flowed (RFC 3676) */
	bool delsp;
	int depth;
	bool forwarded;   /* inside a message/rfc822 part */
	bool alternative; /* a text/plain that a chosen sibling of multipart/alternative stands for,
			     or the other way */
	size_t raw_start; /* octets of the part's body in the message */
	size_t raw_end;
	struct str content; /* of text parts: decoded, UTF-8, invalid bytes repaired; else absent */
};

enum examined {
	EXAMINED_YES = 0,
	EXAMINED_TOO_LARGE,   /* over max_size or LIMIT_PARSE */
	EXAMINED_HEADERS,     /* header bounds */
	EXAMINED_STRUCTURE,   /* parts, depth or boundary bounds */
	EXAMINED_TEXT_CUT,    /* text over LIMIT_TEXT: the rest was not looked at */
	EXAMINED_RULE_LIMIT,  /* a rule reached its limit */
	EXAMINED_READER_DIED, /* killed its reader twice */
	EXAMINED_POISON,      /* the server would not give it */
	EXAMINED_NO_RULES,    /* `try` was asked for a language that no rule is of */
	EXAMINED_COUNT,
};
/* "yes", "too large", ... */
const char *examined_name(enum examined e);
bool examined_parse(struct str name, enum examined *out);

/* Everything below belongs to `arena`. */
struct message {
	struct arena arena;
	enum examined examined; /* why the parts are missing, when they are */
	char not_examined[120]; /* in words: "2,311 headers, at most 2,000 are read" */
	struct addresses from, sender, reply_to, to, cc, bcc;
	struct addresses original_from;   /* X-Original-From, or From rewritten by a list */
	struct addresses original_sender; /* X-Original-Sender */
	struct str subject;               /* decoded */
	struct str message_id;            /* without < > */
	struct str in_reply_to;
	struct str *references;
	size_t reference_count;
	struct str list_id;
	struct str automatic; /* the header that says so, "Auto-Submitted: auto-replied"; absent: a
				 person's */
	struct str platform;  /* "upwork", when one sent it (model/platform.h) */
	struct str speaker;   /* for whom, as named there; absent: it is not known */
	bool is_signed;       /* has a DKIM-Signature, good or bad */
	struct clocks clocks; /* internal and seen are the caller's */
	struct hop *hops;
	size_t hop_count;
	struct part *parts;
	size_t part_count;
};

void message_init(struct message *m);
void message_finish(struct message *m);

#endif
