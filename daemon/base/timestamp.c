/* Time stamps of somebody else's (RFC 3161), through libcrypto. */
#include "base/timestamp.h"

#include "base/clock.h"
#include "base/limits.h"
#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

static int failed(struct error *err, const char *doing)
{
	ERR_clear_error();
	return error_set(err, ERROR_SYSTEM, "libcrypto cannot %s", doing);
}

static TS_MSG_IMPRINT *imprint_of(struct str octets)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
	X509_ALGOR *algorithm = X509_ALGOR_new();
	bool made = imprint && algorithm &&
		X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
		TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
		EVP_Digest(octets.ptr ? octets.ptr : "", octets.len, sum, &size, EVP_sha256(),
			NULL) == 1 &&
		TS_MSG_IMPRINT_set_msg(imprint, sum, (int)size) == 1;
	X509_ALGOR_free(algorithm);
	if (!made) {
		TS_MSG_IMPRINT_free(imprint);
		return NULL;
	}
	return imprint;
}

static ASN1_INTEGER *new_nonce(void)
{
	unsigned char octets[16];
	ASN1_INTEGER *nonce = NULL;
	BIGNUM *number = NULL;
	if (RAND_bytes(octets, sizeof(octets)) == 1)
		number = BN_bin2bn(octets, sizeof(octets), NULL);
	if (number)
		nonce = BN_to_ASN1_INTEGER(number, NULL);
	BN_free(number);
	return nonce;
}

int timestamp_request(struct str octets, struct buf *out, struct error *err)
{
	TS_REQ *request = TS_REQ_new();
	TS_MSG_IMPRINT *imprint = imprint_of(octets);
	ASN1_INTEGER *nonce = new_nonce();
	unsigned char *der = NULL;
	int len = -1;
	if (request && imprint && nonce && TS_REQ_set_version(request, 1) == 1 &&
		TS_REQ_set_msg_imprint(request, imprint) == 1 &&
		TS_REQ_set_nonce(request, nonce) == 1 && TS_REQ_set_cert_req(request, 1) == 1)
		len = i2d_TS_REQ(request, &der);
	if (len > 0)
		buf_add(out, der, (size_t)len);
	OPENSSL_free(der);
	ASN1_INTEGER_free(nonce);
	TS_MSG_IMPRINT_free(imprint);
	TS_REQ_free(request);
	if (len <= 0)
		return failed(err, "make a request for a time stamp");
	return out->failed ? error_memory(err) : 0;
}

static TS_RESP *read_reply(struct str reply)
{
	const unsigned char *at = (const unsigned char *)reply.ptr;
	if (reply.len > LIMIT_TIMESTAMP)
		return NULL;
	TS_RESP *resp = d2i_TS_RESP(NULL, &at, (long)reply.len);
	/* one reply and nothing behind it */
	if (resp && at != (const unsigned char *)reply.ptr + reply.len) {
		TS_RESP_free(resp);
		resp = NULL;
	}
	return resp;
}

/* The authorities that are believed. */
static X509_STORE *store_of(struct str roots_pem)
{
	X509_STORE *store = X509_STORE_new();
	bool made = store != NULL;
	if (made && !roots_pem.ptr)
		made = X509_STORE_set_default_paths(store) == 1;
	BIO *bio =
		made && roots_pem.ptr ? BIO_new_mem_buf(roots_pem.ptr, (int)roots_pem.len) : NULL;
	X509 *root;
	while (bio && (root = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
		made = made && X509_STORE_add_cert(store, root) == 1;
		X509_free(root);
	}
	BIO_free(bio);
	ERR_clear_error(); /* the end of the PEM */
	if (!made) {
		X509_STORE_free(store);
		return NULL;
	}
	return store;
}

static bool stated_time(TS_TST_INFO *info, int64_t *at_us)
{
	struct tm tm;
	const ASN1_GENERALIZEDTIME *time = info ? TS_TST_INFO_get_time(info) : NULL;
	if (!time || ASN1_TIME_to_tm(time, &tm) != 1)
		return false;
	const struct date day = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
	if (!date_valid(day))
		return false;
	*at_us = date_to_days(day) * DAY_US + tm.tm_hour * HOUR_US + tm.tm_min * MINUTE_US +
		tm.tm_sec * SECOND_US;
	return true;
}

static void name_signer(TS_RESP *resp, struct timestamp *out)
{
	PKCS7 *token = TS_RESP_get_token(resp);
	STACK_OF(X509) *signers = token ? PKCS7_get0_signers(token, NULL, 0) : NULL;
	out->name[0] = '\0';
	if (signers && sk_X509_num(signers) > 0)
		X509_NAME_oneline(X509_get_subject_name(sk_X509_value(signers, 0)), out->name,
			sizeof(out->name));
	for (char *c = out->name; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	sk_X509_free(signers);
	ERR_clear_error();
}

static bool describe(TS_RESP *resp, struct timestamp *out)
{
	TS_TST_INFO *info = TS_RESP_get_tst_info(resp);
	const ASN1_INTEGER *serial = info ? TS_TST_INFO_get_serial(info) : NULL;
	BIGNUM *number = serial ? ASN1_INTEGER_to_BN(serial, NULL) : NULL;
	char *hex = number ? BN_bn2hex(number) : NULL;
	snprintf(out->serial, sizeof(out->serial), "%s", hex ? hex : "");
	OPENSSL_free(hex);
	BN_free(number);
	name_signer(resp, out);
	return stated_time(info, &out->at_us);
}

/* The words for what the authority did not grant. */
static int refused(TS_RESP *resp, struct error *err)
{
	TS_STATUS_INFO *info = TS_RESP_get_status_info(resp);
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL;
	long len = 0;
	if (bio && TS_STATUS_INFO_print_bio(bio, info) == 1)
		len = BIO_get_mem_data(bio, &text);
	char words[160];
	size_t n = 0;
	for (long i = 0; i < len && n + 1 < sizeof(words); i++)
		words[n++] = text[i] < ' ' || text[i] > '~' ? ' ' : text[i];
	words[n] = '\0';
	BIO_free(bio);
	return error_set(err, ERROR_INPUT, "the authority refused: %s", words);
}

/* libcrypto's own look at parts of the reply; flags are TS_VFY_*. 1, 0, -1. */
static int verify(TS_RESP *resp, struct str octets, struct str request_der, X509_STORE *store,
	unsigned flags, int64_t at_us)
{
	TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
	const unsigned char *der = (const unsigned char *)request_der.ptr;
	TS_REQ *request = request_der.ptr ? d2i_TS_REQ(NULL, &der, (long)request_der.len) : NULL;
	BIO *data = BIO_new_mem_buf(octets.ptr ? octets.ptr : "", (int)octets.len);
	int result = -1;
	if (!context || !data || (request_der.ptr && !request))
		goto out;
	if (request && !TS_REQ_to_TS_VERIFY_CTX(request, context))
		goto out;
	TS_VERIFY_CTX_set_flags(context, (int)(flags | (request ? TS_VFY_NONCE : 0)));
	TS_VERIFY_CTX_set_data(context, data);
	data = NULL;
	if (store) {
		X509_VERIFY_PARAM *param = X509_STORE_get0_param(store);
		/* an authority whose certificate has run out vouched for it then */
		X509_VERIFY_PARAM_set_time(param, (time_t)(at_us / SECOND_US));
		X509_STORE_up_ref(store);
		TS_VERIFY_CTX_set_store(context, store);
	}
	result = TS_RESP_verify_response(context, resp) == 1;
out:
	ERR_clear_error();
	TS_VERIFY_CTX_free(context);
	TS_REQ_free(request);
	BIO_free(data);
	return result;
}

/* Is the token signed by the certificate that it carries, whoever that is? */
static bool signed_by_its_own(TS_RESP *resp)
{
	PKCS7 *token = TS_RESP_get_token(resp);
	bool fits = token && PKCS7_verify(token, NULL, NULL, NULL, NULL, PKCS7_NOVERIFY) == 1;
	ERR_clear_error();
	return fits;
}

int timestamp_check(struct str octets, struct str request, struct str reply, struct str roots_pem,
	struct timestamp *out, struct error *err)
{
	struct timestamp stamp = {0};
	TS_RESP *resp = read_reply(reply);
	X509_STORE *store = store_of(roots_pem);
	int result = -1;
	if (!resp)
		error_set(err, ERROR_INPUT, "not a reply of a time stamping authority");
	else if (!TS_RESP_get_tst_info(resp))
		refused(resp, err);
	else if (!store)
		failed(err, "read the authorities that are believed");
	else if (!describe(resp, &stamp))
		error_set(err, ERROR_INPUT, "a time stamp that states no time");
	else if (verify(resp, octets, request, NULL, TS_VFY_VERSION | TS_VFY_DATA, 0) != 1)
		error_set(err, ERROR_INPUT, "a time stamp on something else");
	else if (!signed_by_its_own(resp))
		error_set(err, ERROR_INPUT, "a time stamp that does not fit its signature");
	else
		result = verify(resp, octets, request, store,
				 TS_VFY_VERSION | TS_VFY_DATA | TS_VFY_SIGNATURE, stamp.at_us) == 1;
	if (result >= 0)
		*out = stamp;
	X509_STORE_free(store);
	TS_RESP_free(resp);
	ERR_clear_error();
	return result;
}

int timestamp_certificates(struct str reply, struct buf *out, struct error *err)
{
	TS_RESP *resp = read_reply(reply);
	PKCS7 *token = resp ? TS_RESP_get_token(resp) : NULL;
	STACK_OF(X509) *certificates =
		token && PKCS7_type_is_signed(token) ? token->d.sign->cert : NULL;
	BIO *bio = BIO_new(BIO_s_mem());
	bool written = resp && bio;
	for (int i = 0; written && i < sk_X509_num(certificates); i++)
		written = PEM_write_bio_X509(bio, sk_X509_value(certificates, i)) == 1;
	char *text = NULL;
	long len = written ? BIO_get_mem_data(bio, &text) : 0;
	if (len > 0)
		buf_add(out, text, (size_t)len);
	BIO_free(bio);
	TS_RESP_free(resp);
	if (!written)
		return failed(err, "read the certificates of a time stamp");
	return out->failed ? error_memory(err) : 0;
}

static int add_all(BIO *from, struct buf *out, struct error *err)
{
	char piece[4096];
	int got;
	while ((got = BIO_read(from, piece, sizeof(piece))) > 0) {
		buf_add(out, piece, (size_t)got);
		if (out->len > LIMIT_TIMESTAMP)
			return error_set(
				err, ERROR_LIMIT, "an answer of over %zu octets", LIMIT_TIMESTAMP);
	}
	return out->failed ? error_memory(err) : 0;
}

int timestamp_fetch(
	const char *url, struct str request, int seconds, struct buf *out, struct error *err)
{
	char *host = NULL, *port = NULL, *path = NULL;
	int ssl = 0;
	if (OSSL_HTTP_parse_url(url, &ssl, NULL, &host, &port, NULL, &path, NULL, NULL) != 1 ||
		ssl) {
		ERR_clear_error();
		OPENSSL_free(host);
		OPENSSL_free(port);
		OPENSSL_free(path);
		return error_set(err, ERROR_USAGE,
			"'%s' is no URL of a time stamping authority, expected http://...", url);
	}
	BIO *body = BIO_new_mem_buf(request.ptr, (int)request.len);
	BIO *answer = body ? OSSL_HTTP_transfer(NULL, host, port, path, 0, NULL, NULL, NULL, NULL,
				     NULL, NULL, 0, NULL, "application/timestamp-query", body,
				     "application/timestamp-reply", 1, LIMIT_TIMESTAMP, seconds, 0)
			   : NULL;
	int result = answer ? add_all(answer, out, err) : -1;
	if (!answer) {
		const char *why = ERR_reason_error_string(ERR_peek_last_error());
		error_set(err, ERROR_TEMPORARY, "no time stamp from '%s': %s", url,
			why ? why : "no answer");
	}
	ERR_clear_error();
	BIO_free(answer);
	BIO_free(body);
	OPENSSL_free(host);
	OPENSSL_free(port);
	OPENSSL_free(path);
	return result;
}
