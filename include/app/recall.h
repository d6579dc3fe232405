/* The rules and terms of an earlier day out of the evidence log: what an old verdict rests on. */
#ifndef OVERSTEP_APP_RECALL_H
#define OVERSTEP_APP_RECALL_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

struct rulebook;
struct store;

/* What it was judged with, beside what is here now; strings in arena, absent: not recorded. */
struct recalled {
	struct arena arena;
	struct rulebook *book;
	uint64_t rules_seq, terms_seq;
	struct str program, tzdata, engine; /* then */
	bool outside_files; /* a calendar file of the user's, of which only the name is recorded */
};
void recalled_finish(struct recalled *r);

/* From the findings record of that number. out must be zero. Fails: ERROR_NOT_FOUND (erased, or no
   findings record), ERROR_INTEGRITY. */
int recall(struct store *s, uint64_t findings_seq, struct recalled *out, struct error *err);

#endif
