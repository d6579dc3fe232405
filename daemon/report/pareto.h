/* Which few clients make most of the findings. */
#ifndef OVERSTEP_DAEMON_REPORT_PARETO_H
#define OVERSTEP_DAEMON_REPORT_PARETO_H

#include "html.h"

struct pareto {
	size_t *order; /* numbers of clients, most findings first */
	size_t few;    /* so many of them make four fifths of the findings; 0: nothing to tell */
	uint64_t findings, messages, few_findings, few_messages;
};

/* Fails: -1, out of memory. pareto_finish it. */
int pareto_of(const struct report *r, struct pareto *out);
void pareto_finish(struct pareto *p);
/* Two bars, a piece a client: their findings, and their messages. The table of shares says the
   same. */
void pareto_chart(const struct pen *p, const struct report *r, const struct pareto *pareto);

#endif
