/* What I had consented to: findings of some rules, in some time, that are listed and weigh nothing.
 */
#ifndef OVERSTEP_MODEL_CONSENT_H
#define OVERSTEP_MODEL_CONSENT_H

#include "model/client.h"
#include "model/period.h"

/* Belongs to its ruleset. */
struct consent {
	struct str rules;    /* names as in a sequence_glob: "urgency/now|after-hours/demand", * for
				any letters */
	struct strs clients; /* ids; none: any client */
	unsigned when;       /* MOMENT_BIT()s, any of them; 0: at any time */
	bool has_since, has_until;
	int64_t since_day, until_day; /* civil, days since 1970 in my zone; both belong to it */
	struct str why;               /* "launch week, agreed in E-000031, until 2026-06-30" */
};

/* The first that covers a finding of that rule, in words of that client (absent: of nobody known)
   at that moment (NULL: without a clock, when only a consent for good does). NULL: none. */
const struct consent *consent_find(const struct consent *consents, size_t count, struct str rule,
	struct str client, const struct moment *moment);

#endif
