/* Mail sent over SMTP, with TLS always (RFC 5321, 8314, 4954). */
#ifndef OVERSTEP_SOURCE_SMTP_H
#define OVERSTEP_SOURCE_SMTP_H

#include "base/error.h"
#include "model/client.h"

struct smtp_plan {
	struct str host;
	int port;
	bool starttls;
	struct str ca_file; /* absent: the system's CAs */
	struct str user;    /* absent: no login */
	int64_t timeout_us; /* of one command */
	int wake_fd;        /* readable: stop waiting; -1 for none */
};

/* One mail (its octets with CRLF) from an address to others. SIGPIPE must be ignored. Fails:
   ERROR_LOGIN (with the server's code, never its words, which may repeat the secret),
   ERROR_TEMPORARY (refused certificates have the word `certificate`; elsewhere the server's words),
   ERROR_CONFIG (an address or host that is none). */
int smtp_send(const struct smtp_plan *plan, struct str secret, struct str from,
	const struct strs *to, struct str mail, struct error *err);

#endif
