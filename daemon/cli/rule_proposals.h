/* The rules that are proposed for shadow, wherever one looks for how things are. */
#ifndef OVERSTEP_DAEMON_CLI_RULE_PROPOSALS_H
#define OVERSTEP_DAEMON_CLI_RULE_PROPOSALS_H

#include "index/rule_counts.h"
#include "output.h"

struct rule_proposals {
	struct arena arena;
	struct rule_count *rules; /* by name */
	size_t count;
};

/* Those in force, live, and seldom right by what was marked. Rules that in->book has not loaded are
   loaded when there is a doubt of one. Fails: as rulebook_load, ERROR_SYSTEM. */
int rule_proposals_look(
	struct invocation *in, struct index *index, struct rule_proposals *out, struct error *err);
void rule_proposals_finish(struct rule_proposals *p);

/* A line each behind that label, with what to do; nothing when there is none. */
void rule_proposals_show(struct invocation *in, const struct rule_proposals *p, const char *label);
/* "proposed_shadow":[{"rule","hits","wrong"}] */
void rule_proposals_write(const struct rule_proposals *p, struct json_writer *w);

#endif
