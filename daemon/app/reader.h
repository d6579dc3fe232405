/* The reader: a process that looks into messages and says what it saw. */
#ifndef OVERSTEP_DAEMON_APP_READER_H
#define OVERSTEP_DAEMON_APP_READER_H

struct channel;

/* Runs in the child (process.h); context is the rulebook. Ends when the channel does. */
int reader_main(struct channel *to_keeper, int stop_fd, const void *context);

#endif
