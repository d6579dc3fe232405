/* The control socket: one request line in, one JSON line out. */
#ifndef OVERSTEP_DAEMON_APP_CONTROL_H
#define OVERSTEP_DAEMON_APP_CONTROL_H

#include "base/error.h"
#include "base/str.h"

struct control;
struct pollfd;

#define CONTROL_NAME "control" /* the socket's, in its folder */

/* The answer to a request line ("status", "poll studio"), without its LF. */
typedef void control_answer(void *context, struct str request, struct buf *answer);

/* Listens on `folder`/control (0600). One that a dead service left behind is replaced. Fails:
   ERROR_TEMPORARY when somebody answers there already, ERROR_SYSTEM. */
int control_open(const char *folder, control_answer *answer, void *context, struct control **out,
	struct error *err);
/* Removes the socket. */
void control_close(struct control *c);
size_t control_poll(const struct control *c, struct pollfd *out, size_t room);
void control_turn(struct control *c);

/* Reads towards a whole line of at most so many bytes, and leaves the line without its LF in *in: 1
   there it is, 0 not yet, -1 nobody will end it. */
int control_read_line(int fd, struct buf *in, size_t most, struct str *line);

#endif
