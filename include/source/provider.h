/* The large mail providers: where their IMAP server is, and what it wants to be logged in to. */
#ifndef OVERSTEP_SOURCE_PROVIDER_H
#define OVERSTEP_SOURCE_PROVIDER_H

#include "base/str.h"

struct provider {
	const char *name;
	const char *domains; /* of addresses, with spaces between them and at both ends */
	const char *host;
	int port;
	bool starttls;
	bool token;  /* takes no password, but an OAuth token */
	bool own_ca; /* its certificate is signed by nobody: its own has to be named */
	const char *hint;
};

/* "acme.example" of jane@acme.example; absent without an @. */
struct str domain_of(struct str address);

/* The provider of an address's domain, or NULL: not one of these. */
const struct provider *provider_of_domain(struct str domain);
/* The provider whose server that is, or NULL. */
const struct provider *provider_of_host(struct str host);

#endif
