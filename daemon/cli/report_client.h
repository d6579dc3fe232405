/* What a report tells of a client besides its messages. */
#ifndef OVERSTEP_DAEMON_CLI_REPORT_CLIENT_H
#define OVERSTEP_DAEMON_CLI_REPORT_CLIENT_H

#include "index/index.h"
#include "report_make.h"

struct assessment;
struct worktime;
struct zone;

/* The client's own hours and zone, borrowed from the rulebook; NULL: not known. */
const struct worktime *report_client_hours(const struct invocation *in, struct str id);
const struct zone *report_client_zone(const struct invocation *in, struct str id);
/* Before its messages: both sides' hours, the figure over time, what speaks for the client. Needs
   c->risk. */
int report_client_begin(struct invocation *in, int64_t at_us, const struct assessment *a,
	struct report_client *c, struct error *err);
/* Behind report_client_end: are the octets of the incidents that are shown whole still those of the
   evidence log? */
void report_client_check(struct invocation *in, struct report_client *c);

#endif
