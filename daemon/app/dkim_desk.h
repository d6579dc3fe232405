/* The desk for signatures: a process that asks DNS for keys and looks at signatures with them. */
#ifndef OVERSTEP_DAEMON_APP_DKIM_DESK_H
#define OVERSTEP_DAEMON_APP_DKIM_DESK_H

struct channel;

/* What it hears and says, one frame each (head; payload):
	 mail      {clock,at_s}; octets
	 report    {result,domain,again}; the report's text
   again: DNS did not answer, and may do so later. Runs in the child (process.h). */
int dkim_desk_main(struct channel *to_keeper, int stop_fd, const void *context);

#endif
