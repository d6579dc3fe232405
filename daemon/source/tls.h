/* TLS to a mail server whose certificate was checked; the only door to libssl. */
#ifndef OVERSTEP_SOURCE_TLS_H
#define OVERSTEP_SOURCE_TLS_H

#include "base/error.h"
#include "base/str.h"
#include <sys/types.h>

struct tls;

/* What a call wants before it can go on, instead of a count. */
#define TLS_WANT_READ (-1)
#define TLS_WANT_WRITE (-2)
#define TLS_FAILED (-3) /* *err says why; end of file is a failure */

/* fd: connected, non-blocking, stays the caller's. ca_file absent: the system's CAs. host is
   verified against the certificate (a name or an address) and sent as SNI when it is a name.
   Fails: ERROR_CONFIG (CA file), ERROR_MEMORY. */
int tls_new(int fd, struct str host, struct str ca_file, struct tls **out, struct error *err);
/* 1 when done. A refused certificate is ERROR_TEMPORARY with the word `certificate`. Chain, name,
   purpose serverAuth, TLS 1.2, security level 2. Source: imap.md, RFC 8314, RFC 9525. */
ssize_t tls_handshake(struct tls *t, struct error *err);
ssize_t tls_read(struct tls *t, void *out, size_t size, struct error *err);
ssize_t tls_write(struct tls *t, const void *octets, size_t len, struct error *err);
/* Says good-bye without waiting for an answer. */
void tls_free(struct tls *t);

#endif
