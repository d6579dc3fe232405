/* Writes a configuration, whole or not at all, and keeps what was there. */
#ifndef OVERSTEP_DAEMON_CLI_CONFIG_WRITE_H
#define OVERSTEP_DAEMON_CLI_CONFIG_WRITE_H

#include "base/error.h"
#include "base/str.h"
#include <sys/types.h>

/* The old one stays beside the new one, under the first number that is free: *kept is its path, or
   empty when there was none. Fails: ERROR_SYSTEM. */
int config_write(
	const char *path, struct str text, mode_t mode, struct buf *kept, struct error *err);

#endif
