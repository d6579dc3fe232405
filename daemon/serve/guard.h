/* Who may have a page: the browser that came with the token, and only from here. */
#ifndef OVERSTEP_DAEMON_SERVE_GUARD_H
#define OVERSTEP_DAEMON_SERVE_GUARD_H

#include "serve/serve.h"

#define SECRET_SIZE 33 /* 128 bits in hexadecimal digits, with the NUL */

struct guard {
	unsigned port;
	char token[SECRET_SIZE];  /* in the address that is shown; good once */
	char cookie[SECRET_SIZE]; /* what it is changed for */
	bool spent;
};
/* Fails: ERROR_SYSTEM (no random octets). */
int guard_init(struct guard *g, unsigned port, struct error *err);
void guard_finish(struct guard *g); /* wipes the secrets */

/* A request before anything is done for it. Absent: not sent. */
struct guard_question {
	struct str method, host, cookie;
	struct str site; /* Sec-Fetch-Site: whose page led here */
	size_t hosts;    /* how many Host fields; one it must be */
	bool has_body;   /* it says that something follows */
	const struct serve_request *request;
};
/* The HTTP status: 200 may have it, 303 came with the token, which is spent now: give the cookie
   and an address without it. 400 no request at all, 403 neither token nor cookie, or sent by
   another's page, 405 neither GET nor HEAD, 421 not our name (a page elsewhere has its own name
   point here). */
unsigned guard_ask(struct guard *g, const struct guard_question *q);

#endif
