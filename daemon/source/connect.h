/* From a host name to a connected socket, within a deadline. */
#ifndef OVERSTEP_SOURCE_CONNECT_H
#define OVERSTEP_SOURCE_CONNECT_H

#include "base/str.h"
#include "wait.h"

/* Tries the host's addresses one after the other; the time left is shared among them. A connected
   non-blocking socket (the caller closes it), or -1: ERROR_TEMPORARY; ERROR_CONFIG when host is not
   a name or port not 1 to 65535. */
int connect_host(struct str host, int port, const struct patience *p, struct error *err);

#endif
