/* The two walls of the box, and whether the kernel has them. */
#ifndef OVERSTEP_DAEMON_APP_SANDBOX_PARTS_H
#define OVERSTEP_DAEMON_APP_SANDBOX_PARTS_H

#include "app/sandbox.h"

/* seccomp (sandbox_calls.c): from here on other calls kill. */
bool sandbox_has_seccomp(void);
int sandbox_close_calls(const struct sandbox *box, struct error *err);

/* Landlock (sandbox_files.c): from here on other files and ports are refused. */
int sandbox_landlock_version(void); /* below 1: there is none */
int sandbox_close_files(const struct sandbox *box, struct error *err);

#endif
