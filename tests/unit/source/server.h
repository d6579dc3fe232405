/* A small mail server in a child process that does as the test says, however wrong that is.
 */
#ifndef TESTS_SOURCE_SERVER_H
#define TESTS_SOURCE_SERVER_H

#include "base/str.h"
#include <openssl/ssl.h>
#include <sys/types.h>

/* One connection, in the child. */
struct talk {
	int fd;
	SSL *ssl;
	SSL_CTX *context;
	unsigned number; /* of the connection, from 1 */
};

struct server_plan {
	const char *certificate; /* name from tests/imap/certificates; NULL: "good" */
	bool plain;              /* no TLS until talk_start_tls */
	int max_version;         /* TLS1_1_VERSION ...; 0: any */
	bool cut_at_hello;       /* ends the connection within the handshake */
	bool silent_at_hello;    /* never answers it */
	void (*talk)(struct talk *t, const void *context);
	const void *context;
};

struct server {
	pid_t pid;
	int port;
};

struct server server_start(const struct server_plan *plan);
void server_stop(struct server *s);

void talk_write(struct talk *t, struct str octets);
/* The next line without its end; false when the client has gone. */
bool talk_read_line(struct talk *t, char *line, size_t size);
void talk_start_tls(struct talk *t);
/* Keeps the connection open and says nothing more. */
void talk_hang(void);

#endif
