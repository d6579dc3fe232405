/* By what a line of a chat is known again when another export writes it otherwise. */
#ifndef OVERSTEP_MODEL_SPEECH_H
#define OVERSTEP_MODEL_SPEECH_H

#include "base/crypto.h"
#include "model/text.h"

/* Everything else is the export's own: names and pictures of people, the form of its dates, whether
   it has seconds, which words stand for a picture. */
struct speech {
	int64_t at_us; /* its date; the minute counts */
	bool outgoing;
	bool deleted;            /* it stands where something was taken back */
	const struct text *text; /* what a program wrote in it does not count */
};
/* Fails: ERROR_MEMORY. */
int speech_sum(const struct speech *s, struct sha256 *out, struct error *err);

#endif
