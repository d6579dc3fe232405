/* Signatures of others over SHA-256, through libcrypto. */
#include "base/public_key.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

static int check(EVP_PKEY *key, const EVP_MD *digest, struct str octets, struct str signature,
	struct error *err)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	int result;
	if (!context || EVP_DigestVerifyInit(context, NULL, digest, NULL, key) != 1)
		result = error_set(err, ERROR_SYSTEM, "libcrypto cannot check a signature");
	else /* a malformed signature is a wrong one, not an error */
		result = EVP_DigestVerify(context, (const unsigned char *)signature.ptr,
				 signature.len, (const unsigned char *)octets.ptr, octets.len) == 1;
	EVP_MD_CTX_free(context);
	return result;
}

int rsa_verify(
	struct str der, struct str octets, struct str signature, int *bits, struct error *err)
{
	const unsigned char *at = (const unsigned char *)der.ptr;
	EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)der.len);
	if (!key) {
		at = (const unsigned char *)der.ptr;
		key = d2i_PublicKey(EVP_PKEY_RSA, NULL, &at, (long)der.len);
	}
	bool fits = key && EVP_PKEY_is_a(key, "RSA");
	if (bits)
		*bits = fits ? EVP_PKEY_get_bits(key) : 0;
	int result = fits ? check(key, EVP_sha256(), octets, signature, err)
			  : error_set(err, ERROR_INPUT, "not an RSA key");
	EVP_PKEY_free(key);
	return result;
}

int ed25519_verify(
	struct str key_octets, struct str octets, struct str signature, struct error *err)
{
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key(
		EVP_PKEY_ED25519, NULL, (const unsigned char *)key_octets.ptr, key_octets.len);
	int result = key ? check(key, NULL, octets, signature, err)
			 : error_set(err, ERROR_INPUT, "not an Ed25519 key");
	EVP_PKEY_free(key);
	return result;
}
