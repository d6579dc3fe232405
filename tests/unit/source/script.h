/* A server that answers from a table.
 */
#ifndef TESTS_SOURCE_SCRIPT_H
#define TESTS_SOURCE_SCRIPT_H

#include "server.h"

/* The first row whose command is how the client's line begins (without its tag) is answered; ""
   is the moment of greeting. Then come the answers of a plain, honest server with three messages of
   five octets in INBOX. %T is the tag; %CUT at the end cuts the line, %HANG says no more, %TLS
   starts TLS. */
struct reply {
	const char *command;
	const char *answer;
	unsigned connection; /* only on that one, from 1; 0: on any */
	unsigned times;      /* only so often on a connection; 0: always */
};

struct script {
	const struct reply *replies;
	size_t count;
	bool plain;
};

struct server script_start(const struct script *script);

#endif
