/* Pages over HTTP for a browser on this machine, and for nobody else. */
#ifndef OVERSTEP_SERVE_SERVE_H
#define OVERSTEP_SERVE_SERVE_H

#include "base/error.h"
#include "base/str.h"

/* One field of a form, as it was typed. */
struct serve_field {
	struct str name, value;
};

/* What is asked for. Everything is UTF-8 without control characters. */
struct serve_request {
	struct str path; /* "/client/acme": no empty part, no . and no .. in it */
	const struct serve_field *fields;
	size_t field_count;
};
/* The first field of that name; absent when there is none. */
struct str serve_field(const struct serve_request *r, const char *name);

struct serve_plan {
	unsigned port;      /* 0: any that is free */
	unsigned idle_s;    /* end after so long without a request; 0: never */
	const char *policy; /* Content-Security-Policy of every page */
	void *context;
	/* Where it can be had from now on. The token in the address opens it to one browser, once.
	 */
	void (*ready)(void *context, const char *address);
	/* The page asked for, or one that says why there is none. The HTTP status. */
	unsigned (*answer)(void *context, const struct serve_request *r, struct buf *page);
	/* The page of a request that is refused with that status. */
	void (*refuse)(void *context, unsigned status, struct buf *page);
};

/* Answers one request after the other until SIGINT, SIGTERM or SIGHUP. Fails: ERROR_USAGE (the port
   is taken, or built without libmicrohttpd), ERROR_SYSTEM, ERROR_MEMORY. */
int serve_run(const struct serve_plan *plan, struct error *err);

#endif
