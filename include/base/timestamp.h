/* Time stamps of somebody else's (RFC 3161), through libcrypto. */
#ifndef OVERSTEP_BASE_TIMESTAMP_H
#define OVERSTEP_BASE_TIMESTAMP_H

#include "base/error.h"
#include "base/str.h"

/* Appends a request for a stamp on the octets' SHA-256, in DER: with a nonce, and asking for the
   authority's certificate. */
int timestamp_request(struct str octets, struct buf *out, struct error *err);

struct timestamp {
	int64_t at_us;   /* what the authority states */
	char name[256];  /* of the signing certificate, one line of printable ASCII */
	char serial[64]; /* of the stamp, hexadecimal */
};

/* Is the reply a stamp on these octets, asked for by this request (absent: any), signed by an
   authority that one of the roots (PEM; absent: the system's) vouches for at the time it states?
   1 and *out; 0 and *out: it is a stamp on them, but nobody here vouches for who signed it;
   -1: ERROR_INPUT (no reply, a refusal, of other octets, another nonce, a wrong signature),
   ERROR_SYSTEM. Source: RFC 3161 section 2.4.2, RFC 5816. */
int timestamp_check(struct str octets, struct str request, struct str reply, struct str roots_pem,
	struct timestamp *out, struct error *err);

/* Appends the certificates that the reply carries, as PEM. */
int timestamp_certificates(struct str reply, struct buf *out, struct error *err);

/* Posts a request over HTTP (no TLS: what comes back is signed) and appends the reply. Fails:
   ERROR_USAGE (no http:// URL), ERROR_TEMPORARY (not reached, no answer in time, an answer of
   another kind), ERROR_LIMIT. */
int timestamp_fetch(
	const char *url, struct str request, int seconds, struct buf *out, struct error *err);

#endif
