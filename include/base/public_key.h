/* Signatures of others over SHA-256: RSA with PKCS #1 v1.5, and Ed25519. */
#ifndef OVERSTEP_BASE_PUBLIC_KEY_H
#define OVERSTEP_BASE_PUBLIC_KEY_H

#include "base/error.h"
#include "base/str.h"

/* RFC 8017 section 8.2. der: SubjectPublicKeyInfo, or RSAPublicKey alone. bits, when not NULL: the
   size of the key, 0 when it is none. Does the signature fit the octets? 1, 0, -1 (ERROR_INPUT: no
   RSA key; ERROR_SYSTEM). */
int rsa_verify(
	struct str der, struct str octets, struct str signature, int *bits, struct error *err);
/* RFC 8032 section 5.1. key: 32 octets. Over the octets as they are. 1, 0, -1. */
int ed25519_verify(struct str key, struct str octets, struct str signature, struct error *err);

#endif
