/* What was judged of one message: its moment, its findings, its markers, and what was not examined.
 */
#ifndef OVERSTEP_MODEL_FINDING_H
#define OVERSTEP_MODEL_FINDING_H

#include "base/arena.h"
#include "base/error.h"
#include "model/hit.h"
#include "model/message.h"
#include "model/period.h"

struct finding {
	struct str rule;
	struct str rule_hash; /* absent for findings of the clock */
	enum sign sign;
	int severity;
	enum rule_status status;
	bool unsure;
	bool has_range;
	size_t start, end; /* of the message's text */
	struct str text;   /* the words, or what the clock saw */
	struct str why;    /* "arrived Tue 21:40, outside my hours; asks to act before Wed 09:00" */
	struct captured captured;
	/* Why I had consented to it, "launch week, agreed in E-000031, until 2026-06-30": it is
	   listed and weighs nothing. Absent: I had not. */
	struct str consent;
};

/* Owned by arena. */
struct judgement {
	struct arena arena;
	enum examined examined;
	struct str not_examined; /* in words, absent when examined */
	/* The client whose words these are; absent: mine, or those of somebody who is no client, in
	   which nothing is looked for. */
	struct str author;
	bool has_mine; /* without a clock (`try` without a configuration) there is no period: null
			  in JSON */
	struct moment mine;
	bool has_theirs;
	bool theirs_working;
	struct str theirs_why;
	struct finding *findings;
	size_t finding_count;
	struct finding *markers;
	size_t marker_count;
};

/* `why` without the rule's name, which stands beside it: the rule's title, with what a sequence
   looks for in brackets behind it; or the clock's reason. Borrowed. */
struct str finding_reason(struct str rule, struct str why);

void judgement_init(struct judgement *j);
void judgement_finish(struct judgement *j);

/* One JSON object, the form in which it is archived and crosses the channel; read back it is the
   same. "reason" is null or examined_name, "why_not" its words; markers have the fields of
   findings:
   {"examined":true|false,"reason","why_not",
    "author":"acme"|null,"period","properties":["..."],"why","local":"2026-11-22T21:40+01:00","next_opening",
    "client_period":"working"|"outside"|null,"client_why",
    "findings":[{"rule","rule_hash","sign","severity","status","unsure","start","end","text","why",
		 "consent":"launch week, ..."|null,"amount","day" (captured.h)}],
    "markers":[...]} */
void judgement_write_json(const struct judgement *j, struct buf *out);
int judgement_read_json(struct str json, struct judgement *out, struct error *err);
/* The same from a value inside a larger document. */
struct json_value;
int judgement_read_value(const struct json_value *v, struct judgement *out, struct error *err);

#endif
