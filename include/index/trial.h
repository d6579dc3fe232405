/* What the index would say if other verdicts were in force. */
#ifndef OVERSTEP_INDEX_TRIAL_H
#define OVERSTEP_INDEX_TRIAL_H

#include "index/index.h"

/* From now on until it is closed what is folded is this connection's alone: it stands in memory
   before what the file says, and nothing of it is ever written. Everything that is asked of
   findings, sequences and judgements is answered as if it were in force. */
int index_trial_begin(struct index *x, struct error *err);

/* A message that was judged, with what a reader needs to judge it again without its octets. */
struct judged {
	uint64_t seq;
	enum direction direction;
	struct str client; /* the primary one */
	struct str author; /* absent: I, or somebody else */
	struct clocks clocks;
	struct str facts;     /* as facts_write */
	struct str judgement; /* as judgement_write_json */
};

/* Those that a query finds, newest first. */
struct judged_cursor;
int index_judged(
	struct index *x, const struct query *q, struct judged_cursor **out, struct error *err);
/* How many there are. */
int index_judged_count(struct index *x, const struct query *q, size_t *count, struct error *err);
/* 1 and *out, borrowed until the next call; 0 at the end; -1. */
int judged_next(struct judged_cursor *c, struct judged *out, struct error *err);
void judged_close(struct judged_cursor *c);

#endif
