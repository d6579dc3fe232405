/* One event, one line, named fields; only app and cli may log. Never message text, addresses or
 * secrets. */
#ifndef OVERSTEP_BASE_LOG_H
#define OVERSTEP_BASE_LOG_H

#include "base/str.h"

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_NOTICE = 5,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7
};

/* What can happen: one row for each kind of event. */
struct log_kind {
	enum log_level level;
	const char *name;       /* begins the line: "account failed" */
	const char *message_id; /* MESSAGE_ID in the journal: 32 hexadecimal digits, of this kind
				   for ever */
};

/* name: lower case letters; in the journal it is OVERSTEP_<NAME>. */
struct log_field {
	const char *name;
	bool is_number;
	struct str text; /* borrowed */
	uint64_t number;
};

struct log_field log_text(const char *name, struct str value);
struct log_field log_cstr(const char *name, const char *value);
struct log_field log_number(const char *name, uint64_t value);
#define LOG_FIELDS(...) ((const struct log_field[]){__VA_ARGS__, {0}})

/* Kinds below `lowest` in gravity are dropped. journal: the path of the journal's socket, which
   must stay; NULL: lines on stderr. */
void log_setup(enum log_level lowest, const char *journal);
/* That path when `stream`, the value of JOURNAL_STREAM, says that stderr leads to the journal;
   else NULL. stream may be NULL. */
const char *log_journal(const char *stream);

/* log_event(&event_stored, LOG_FIELDS(log_number("messages", n))) prints "stored messages=7" in
   one write(2) to stderr, or sends it to the journal with its fields. Control characters become
   '?', what looks like a mail address "(address)", and long values are cut. fields may be NULL. */
void log_event(const struct log_kind *kind, const struct log_field *fields);

#endif
