/* One sequence on its way through a client's history: what all kinds share. */
#ifndef OVERSTEP_DAEMON_JUDGE_SEQUENCE_H
#define OVERSTEP_DAEMON_JUDGE_SEQUENCE_H

#include "judge/sequence.h"

/* A message that may be part of a finding. */
struct member {
	const struct timeline_event *event;
	bool unsure; /* whose words they are */
	bool has_day;
	int64_t day; /* the latest that they name */
};

struct walk {
	const struct sequence_rule *rule;
	const struct timeline_event *const *events; /* what has happened, in order of time */
	size_t count;
	int64_t until_us; /* as far as an absence can be told */
	struct sequence_findings *out;
	struct error *err;
};

/* Does the message hold what the glob names? */
bool walk_matches(const struct walk *w, const struct timeline_event *e,
	const struct sequence_glob *glob, struct member *out);

/* Adds a finding at that instant; text: what was seen, in words. Fails: ERROR_MEMORY. */
int walk_found(struct walk *w, int64_t at_us, bool absence, const struct member *members,
	size_t count, const struct buf *text);
/* Nothing yet, but there may be at that instant. */
void walk_due(struct walk *w, int64_t at_us);

/* "90 min", "14 h", "3 d" */
void add_span(struct buf *out, int64_t span_us);

/* One a kind of sequence. Fails: ERROR_MEMORY. */
int find_count(struct walk *w);
int find_chain(struct walk *w);
int find_drought(struct walk *w);
int find_silence(struct walk *w);
int find_broken(struct walk *w);

#endif
