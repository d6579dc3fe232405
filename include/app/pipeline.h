/* The one way through the house: octets -> message -> text -> hits -> judgement. */
#ifndef OVERSTEP_APP_PIPELINE_H
#define OVERSTEP_APP_PIPELINE_H

#include "base/arena.h"
#include "base/error.h"
#include "model/client.h"
#include "model/facts.h"
#include "model/finding.h"
#include "model/hit.h"
#include "model/raw.h"
#include "rules/explain.h"

struct rulebook;

/* What is known already of a message: of a stored one its record says whose it is. */
struct known {
	bool stored; /* else the parties are found in its header */
	enum direction direction;
	const struct str *clients; /* ids, the primary first */
	size_t client_count;
	struct str author;           /* of READ_AGAIN; absent: I, or somebody else */
	const struct clocks *clocks; /* of READ_AGAIN, and of a chat; else NULL */
};

/* How much of the way to go. READ_AGAIN: a message whose facts are known (facts_write, instead
   of its octets) is judged, and nothing else is told of it. */
enum reading_depth { READ_PARTIES, READ_FACTS, READ_JUDGEMENT, READ_AGAIN };

/* What a reader says of a message. */
struct reading {
	struct arena arena;
	bool concerns; /* somebody we know is a party; all below is empty when not */
	bool cut;      /* not all of its header was read: somebody may be */
	enum direction direction;
	const struct str *clients; /* ids, the primary first */
	size_t client_count;
	struct str author; /* the client that wrote it; absent: I did, or somebody else */
	struct clocks clocks;
	struct facts facts;
	struct judgement judgement;
};

void reading_init(struct reading *r);
void reading_finish(struct reading *r);

/* Reads one message. Pure but for the libraries' memory; runs in a reader process, and in process
   for `try` and tests. out must be reading_init'ed. Fails: ERROR_MEMORY. */
int pipeline_read(const struct rulebook *book, const struct raw *raw, const struct known *known,
	enum reading_depth depth, struct reading *out, struct error *err);

/* One text from hand, for `try`. */
enum trial_kind {
	TRIAL_WORDS, /* every byte is the sender's own */
	TRIAL_BODY,  /* a mail's body: quotations and signature are found */
	TRIAL_MAIL,  /* a whole mail, with its clocks */
};

struct trial {
	enum trial_kind kind;
	struct str octets; /* UTF-8, or a mail */
	size_t client;     /* of the rulebook; its client count for none */
	enum direction direction;
	bool find_parties; /* of a mail: client and direction are those of its header */
	bool has_at;       /* else a mail's own clock, else no clock */
	int64_t at_us;
	struct str lang; /* absent: all packs */
	bool near_misses;
	struct str rule; /* the one to be explained; absent: none */
};

struct trial_result {
	struct text text;
	struct hits hits; /* with the near misses when asked for */
	struct str
		client; /* whose it was judged as, borrowed from the rulebook; absent: nobody's */
	enum direction direction;
	bool third_party;     /* neither I nor a client wrote it: nothing is looked for in it */
	struct str automatic; /* the header that says so; absent: a person wrote it */
	struct clocks clocks;
	struct judgement judgement;
	struct rule_explanation explanation; /* of trial.rule; strings in the arena of the hits */
};
void trial_result_init(struct trial_result *r);
void trial_result_finish(struct trial_result *r);
/* Fails: ERROR_MEMORY. */
int pipeline_try(const struct rulebook *book, const struct trial *trial, struct trial_result *out,
	struct error *err);

#endif
