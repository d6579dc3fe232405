/* Hits, clocks and people become findings. */
#ifndef OVERSTEP_JUDGE_JUDGE_H
#define OVERSTEP_JUDGE_JUDGE_H

#include "base/error.h"
#include "model/client.h"
#include "model/consent.h"
#include "model/facts.h"
#include "model/finding.h"
#include "model/hit.h"

struct judge_input {
	const struct hits *hits;
	const struct text *text;
	enum direction direction;
	bool automatic;
	bool third_party; /* incoming, but no client wrote it: nothing is found in it */
	bool has_mine;    /* without a clock there are no after-hours findings */
	struct moment mine;
	bool has_theirs;
	struct moment theirs;
	struct clocks clocks;
	const struct client *client; /* who wrote it, or to whom I did; may be NULL */
	const struct consent *consents;
	size_t consent_count;
	enum examined examined; /* what message and text said */
	struct str not_examined;
};

/* Findings: the warning hits, then after-hours/contact or after-hours/demand for incoming mail
   outside my hours (contract.md, Time). Markers are kept apart. Everything copied into out's arena.
   Fails: ERROR_MEMORY. */
int judge(const struct judge_input *in, struct judgement *out, struct error *err);

/* The words on which a finding of the clock rests: of a demand those that ask to act, of a contact
   those that leave it until I am back. mine: its moment, with the offset of its opening. NULL:
   there are none. */
const struct finding *after_hours_words(
	const struct judgement *j, const struct moment *mine, bool is_demand);

#endif
