/* What the freelancer did, as names and values that every form shows. */
#ifndef OVERSTEP_DAEMON_REPORT_OWN_H
#define OVERSTEP_DAEMON_REPORT_OWN_H

#include "report/words.h"

#define OWN_FACTS 6

struct own_fact {
	enum phrase name;
	struct fill value;
};
void own_facts(const struct report_own *own, struct own_fact out[OWN_FACTS]);

#endif
