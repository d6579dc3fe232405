/* The box around a process: what it may still ask of the kernel. */
#ifndef OVERSTEP_APP_SANDBOX_H
#define OVERSTEP_APP_SANDBOX_H

#include "base/error.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

/* A sanitizer's runtime asks for more than the program does, and its shadow takes terabytes of
   address space. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum sandbox_role {
	/* Has its channel, memory and time; gets no descriptor that it does not hold. */
	SANDBOX_READER,
	/* Reads files and hears when they change; changes none. */
	SANDBOX_FILES,
	/* Speaks to a server; reads what says who that is and whether it can be believed. */
	SANDBOX_NETWORK,
	/* Keeps its folders and its channels, waits for children that another starts, ends them. */
	SANDBOX_KEEPER,
};

struct sandbox_path {
	const char *path; /* and all below it; what is not there is left out */
	bool written;
};

struct sandbox {
	enum sandbox_role role;
	/* Of SANDBOX_NETWORK: */
	uint16_t port;      /* that it may connect to by TCP, beside DNS; 0: none */
	bool any_port;      /* to all of them */
	struct str ca_file; /* that it reads beside the system's; may be absent */
	struct str host;    /* where the machine's own services may be asked for it: "nas.local" */
	/* Of SANDBOX_KEEPER: */
	const struct sandbox_path *paths;
	size_t path_count;
};

/* Closes the box around the calling process and all that it starts, for good. What the kernel
   cannot do is left out (sandbox_lacks). Fails: ERROR_SYSTEM. */
int sandbox_enter(const struct sandbox *box, struct error *err);

/* Whoever does what its box forbids is killed by this signal, or refused where libraries try it on
   their own and go on without. The keeper is killed for what leads out of its box, and finds that
   all else does not exist: it has to go on with whatever the next libraries try. */
#define SANDBOX_SIGNAL SIGSYS

/* What of it the kernel, or whoever started us, does not have; NULL: nothing. */
const char *sandbox_lacks(void);

#endif
