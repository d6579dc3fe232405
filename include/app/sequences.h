/* What sequences find in the clients' histories, kept in step with the archive. */
#ifndef OVERSTEP_APP_SEQUENCES_H
#define OVERSTEP_APP_SEQUENCES_H

#include "app/store.h"
#include "model/sequence.h"

struct sequences_plan {
	const struct rulebook *book;
	const struct strs *clients; /* NULL: all that have messages */
	int64_t now_us;
	/* All mail up to it is in the archive: as far an absence is told. Never earlier than one
	   that was told. */
	int64_t read_until_us;
	/* What was found by sequences that are in force no longer goes, too: rejudge. Else it
	   stays. */
	bool forget;
	/* A finding that is new; NULL: nobody listens. */
	void (*tell)(void *context, struct str client, uint64_t seq,
		const struct sequence_finding *found);
	void *context;
};

struct sequences_outcome {
	size_t gained, lost;
	bool has_due;
	int64_t due_us; /* when there may be more, if no message comes before */
};

/* Appends what is found and was not: a findings record each; and for what is found no longer one
   that withdraws it. What is there already is not appended again, however often and by whomever
   this is called. Needs store_terms. Fails as store_append. */
int store_sequences(struct store *s, const struct sequences_plan *plan,
	struct sequences_outcome *out, struct error *err);

#endif
