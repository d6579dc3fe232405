/* SHA-256, random octets and wiping, through libcrypto. */
#ifndef OVERSTEP_BASE_CRYPTO_H
#define OVERSTEP_BASE_CRYPTO_H

#include "base/error.h"
#include "base/str.h"

#define SHA256_SIZE 32
#define SHA256_HEX_SIZE 65 /* with the NUL */

struct sha256 {
	unsigned char octet[SHA256_SIZE];
};

struct sha256_stream;

int sha256_of(struct str octets, struct sha256 *out, struct error *err);
int sha256_start(struct sha256_stream **out, struct error *err);
int sha256_add(struct sha256_stream *s, struct str octets, struct error *err);
/* The hash of what was added so far; the stream goes on. */
int sha256_so_far(const struct sha256_stream *s, struct sha256 *out, struct error *err);
/* Frees the stream; out may be NULL to drop it. */
int sha256_end(struct sha256_stream *s, struct sha256 *out, struct error *err);
void sha256_hex(const struct sha256 *sum, char out[SHA256_HEX_SIZE]);
bool sha256_parse(struct str hex, struct sha256 *out); /* 64 lower-case digits */
bool sha256_eq(const struct sha256 *a, const struct sha256 *b);

void hex_encode(const void *octets, size_t len, char *out /* 2 * len + 1 */);
int random_octets(void *out, size_t len, struct error *err);
/* Not optimised away. */
void wipe(void *octets, size_t len);
/* buf_finish of what held a secret. */
void buf_wipe(struct buf *b);

#endif
