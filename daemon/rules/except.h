/* Except blocks: consents that I gave. */
#ifndef OVERSTEP_RULES_EXCEPT_H
#define OVERSTEP_RULES_EXCEPT_H

#include "model/consent.h"
#include "script.h"

/* A draft of an except block to a consent; complains about each mistake. Fails: ERROR_MEMORY. */
int except_read(
	const struct script *s, const struct draft *d, struct consent *out, struct error *err);

#endif
