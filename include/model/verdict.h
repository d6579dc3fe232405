/* The judgement of one stored message. */
#ifndef OVERSTEP_MODEL_VERDICT_H
#define OVERSTEP_MODEL_VERDICT_H

#include "base/str.h"
#include <stdint.h>

struct judgement;

struct verdict {
	uint64_t seq;
	const struct judgement *judgement;
	const struct str *clients; /* whose message it is, the primary first */
	size_t client_count;
};

#endif
