/* Signatures by ECDSA P-256 over SHA-256, through libcrypto. */
#include "base/signing.h"

#include "base/limits.h"
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdlib.h>

/* The key is libcrypto's own object under our name. */
static EVP_PKEY *inside(const struct signing_key *key)
{
	return (EVP_PKEY *)(uintptr_t)key;
}

static int failed(struct error *err, const char *doing)
{
	return error_set(err, ERROR_SYSTEM, "libcrypto cannot %s", doing);
}

int signing_key_new(struct signing_key **out, struct error *err)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	if (!key)
		return failed(err, "make a P-256 key");
	*out = (struct signing_key *)key;
	return 0;
}

void signing_key_free(struct signing_key *key)
{
	EVP_PKEY_free(inside(key));
}

static bool is_p256(const EVP_PKEY *key)
{
	char group[32];
	size_t len = 0;
	return EVP_PKEY_is_a(key, "EC") &&
		EVP_PKEY_get_group_name(key, group, sizeof(group), &len) == 1 &&
		str_eq((struct str){group, len}, STR("prime256v1"));
}

/* A pass phrase is never asked for: nobody sits at a service. */
static int no_pass_phrase(char *out, int size, int writing, void *context)
{
	(void)out;
	(void)size;
	(void)writing;
	(void)context;
	return -1;
}

typedef EVP_PKEY *pem_reader(BIO *, EVP_PKEY **, pem_password_cb *, void *);

static EVP_PKEY *read_pem(struct str pem, pem_reader *reader)
{
	BIO *bio = pem.len <= LIMIT_KEY_PEM ? BIO_new_mem_buf(pem.ptr, (int)pem.len) : NULL;
	EVP_PKEY *key = bio ? reader(bio, NULL, no_pass_phrase, NULL) : NULL;
	BIO_free(bio);
	if (key && !is_p256(key)) {
		EVP_PKEY_free(key);
		key = NULL;
	}
	return key;
}

int signing_key_read(struct str pem, struct signing_key **out, struct error *err)
{
	EVP_PKEY *key = read_pem(pem, PEM_read_bio_PrivateKey);
	if (!key)
		return error_set(
			err, ERROR_INPUT, "not a private P-256 key in PEM without pass phrase");
	*out = (struct signing_key *)key;
	return 0;
}

static int take_text(BIO *bio, bool written, struct buf *out, struct error *err)
{
	char *text = NULL;
	long len = bio ? BIO_get_mem_data(bio, &text) : 0;
	if (written && len > 0)
		buf_add(out, text, (size_t)len);
	BIO_free(bio); /* wipes what it held */
	if (!written || len <= 0)
		return failed(err, "write a key as PEM");
	return out->failed ? error_memory(err) : 0;
}

int signing_key_write(const struct signing_key *key, struct buf *out, struct error *err)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	bool written =
		bio && PEM_write_bio_PKCS8PrivateKey(bio, inside(key), NULL, NULL, 0, NULL, NULL);
	return take_text(bio, written, out, err);
}

int signing_key_write_public(const struct signing_key *key, struct buf *out, struct error *err)
{
	BIO *bio = BIO_new(BIO_s_mem());
	return take_text(bio, bio && PEM_write_bio_PUBKEY(bio, inside(key)) == 1, out, err);
}

int signing_sign(
	const struct signing_key *key, struct str octets, struct buf *out, struct error *err)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const unsigned char *from = (const unsigned char *)octets.ptr;
	size_t len = 0;
	int result = -1;
	if (!context || EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, inside(key)) != 1 ||
		EVP_DigestSign(context, NULL, &len, from, octets.len) != 1)
		goto out;
	char *room = buf_reserve(out, len);
	if (!room || EVP_DigestSign(context, (unsigned char *)room, &len, from, octets.len) != 1)
		goto out;
	out->len += len;
	result = 0;
out:
	EVP_MD_CTX_free(context);
	return result < 0 ? failed(err, "sign") : 0;
}

int signing_verify(
	struct str public_pem, struct str octets, struct str signature, struct error *err)
{
	EVP_PKEY *key = read_pem(public_pem, PEM_read_bio_PUBKEY);
	if (!key)
		return error_set(err, ERROR_INPUT, "not a public P-256 key in PEM");
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	int result = -1;
	if (!context || EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) != 1)
		failed(err, "check a signature");
	else /* a signature that is no DER is a wrong one, not an error */
		result = EVP_DigestVerify(context, (const unsigned char *)signature.ptr,
				 signature.len, (const unsigned char *)octets.ptr, octets.len) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return result;
}
