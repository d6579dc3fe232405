/* SHA-256, random octets and wiping, through libcrypto. */
#include "base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

struct sha256_stream {
	EVP_MD_CTX *context;
};

int sha256_of(struct str octets, struct sha256 *out, struct error *err)
{
	struct sha256 sum;
	const char *start = octets.ptr ? octets.ptr : "";
	if (EVP_Digest(start, octets.len, sum.octet, NULL, EVP_sha256(), NULL) != 1)
		return error_set(err, ERROR_SYSTEM, "libcrypto cannot compute sha-256");
	*out = sum;
	return 0;
}

int sha256_start(struct sha256_stream **out, struct error *err)
{
	struct sha256_stream *s = calloc(1, sizeof(*s));
	if (!s)
		return error_memory(err);
	s->context = EVP_MD_CTX_new();
	if (!s->context || EVP_DigestInit_ex(s->context, EVP_sha256(), NULL) != 1) {
		sha256_end(s, NULL, NULL);
		return error_set(err, ERROR_SYSTEM, "libcrypto cannot start sha-256");
	}
	*out = s;
	return 0;
}

int sha256_add(struct sha256_stream *s, struct str octets, struct error *err)
{
	if (octets.len > 0 && EVP_DigestUpdate(s->context, octets.ptr, octets.len) != 1)
		return error_set(err, ERROR_SYSTEM, "libcrypto cannot continue sha-256");
	return 0;
}

int sha256_so_far(const struct sha256_stream *s, struct sha256 *out, struct error *err)
{
	struct sha256_stream *copy = NULL;
	if (sha256_start(&copy, err) < 0)
		return -1;
	if (EVP_MD_CTX_copy_ex(copy->context, s->context) != 1) {
		sha256_end(copy, NULL, NULL);
		return error_set(err, ERROR_SYSTEM, "libcrypto cannot copy sha-256");
	}
	return sha256_end(copy, out, err);
}

int sha256_end(struct sha256_stream *s, struct sha256 *out, struct error *err)
{
	struct sha256 sum;
	int result = 0;
	if (!s)
		return 0;
	if (out && EVP_DigestFinal_ex(s->context, sum.octet, NULL) != 1)
		result = error_set(err, ERROR_SYSTEM, "libcrypto cannot finish sha-256");
	else if (out)
		*out = sum;
	EVP_MD_CTX_free(s->context);
	free(s);
	return result;
}

void hex_encode(const void *octets, size_t len, char *out)
{
	static const char digits[16] = "0123456789abcdef";
	const unsigned char *in = octets;
	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digits[in[i] >> 4];
		out[2 * i + 1] = digits[in[i] & 15];
	}
	out[2 * len] = '\0';
}

void sha256_hex(const struct sha256 *sum, char out[SHA256_HEX_SIZE])
{
	hex_encode(sum->octet, SHA256_SIZE, out);
}

/* Lower case only: a hash has one spelling. */
static int lower_hex_value(char c)
{
	return c >= 'A' && c <= 'F' ? -1 : hex_value(c);
}

bool sha256_parse(struct str hex, struct sha256 *out)
{
	struct sha256 sum;
	if (hex.len != 2 * (size_t)SHA256_SIZE)
		return false;
	for (size_t i = 0; i < SHA256_SIZE; i++) {
		int high = lower_hex_value(hex.ptr[2 * i]),
		    low = lower_hex_value(hex.ptr[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		sum.octet[i] = (unsigned char)(high << 4 | low);
	}
	*out = sum;
	return true;
}

bool sha256_eq(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a->octet, b->octet, SHA256_SIZE) == 0;
}

int random_octets(void *out, size_t len, struct error *err)
{
	unsigned char *at = out;
	while (len > 0) {
		int step = len < 65536 ? (int)len : 65536;
		if (RAND_bytes(at, step) != 1)
			return error_set(err, ERROR_SYSTEM, "libcrypto has no random octets");
		at += step;
		len -= (size_t)step;
	}
	return 0;
}

void wipe(void *octets, size_t len)
{
	OPENSSL_cleanse(octets, len);
}

void buf_wipe(struct buf *b)
{
	if (b->ptr)
		wipe(b->ptr, b->cap);
	buf_finish(b);
}
