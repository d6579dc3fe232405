/* Signatures by ECDSA P-256 over SHA-256, in the forms that the openssl command reads. */
#ifndef OVERSTEP_BASE_SIGNING_H
#define OVERSTEP_BASE_SIGNING_H

#include "base/error.h"
#include "base/str.h"

/* A private key. */
struct signing_key;

int signing_key_new(struct signing_key **out, struct error *err);
/* From PEM, unencrypted; any form that libcrypto reads. Fails: ERROR_INPUT when it is no P-256 key.
 */
int signing_key_read(struct str pem, struct signing_key **out, struct error *err);
void signing_key_free(struct signing_key *key);
/* Appends PKCS #8 in PEM; wipe() it. */
int signing_key_write(const struct signing_key *key, struct buf *out, struct error *err);
/* Appends the public half as PEM (SubjectPublicKeyInfo, RFC 5480). */
int signing_key_write_public(const struct signing_key *key, struct buf *out, struct error *err);

/* Appends the signature in DER, as `openssl dgst -sha256 -sign` gives it. */
int signing_sign(
	const struct signing_key *key, struct str octets, struct buf *out, struct error *err);
/* Does it fit? 1, 0, -1 (public_pem is no P-256 key: ERROR_INPUT). */
int signing_verify(
	struct str public_pem, struct str octets, struct str signature, struct error *err);

#endif
