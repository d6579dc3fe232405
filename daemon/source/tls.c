/* Speaks TLS to a server and refuses any whose certificate is not right, with the reason.
 *
 * libetpan's own TLS checks nothing (wrong host, expired, unknown CA, no SNI, TLS 1.0); here all is
 * checked within the handshake, before the first octet of the password could leave.
 */
#include "tls.h"

#include "base/utf8.h"
#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#define TLS_HOST_SIZE 256

struct tls {
	SSL_CTX *context;
	SSL *ssl;
	bool ready;    /* the handshake is done and nothing failed since */
	X509 *refused; /* the certificate, when it was; the library keeps none then */
	char host[TLS_HOST_SIZE];
};

/* Why a certificate was refused, and who can mend it. */
static const struct {
	long code;
	const char *problem;
	const char *remedy;
} refusals[] = {
	{X509_V_ERR_HOSTNAME_MISMATCH, "it is for another host", "check the host name"},
	{X509_V_ERR_IP_ADDRESS_MISMATCH, "it is not for this address", "write the host's name"},
	{X509_V_ERR_CERT_HAS_EXPIRED, "it has expired", "ask whoever runs the server to renew it"},
	{X509_V_ERR_CERT_NOT_YET_VALID, "it is not valid yet", "check this machine's clock"},
	{X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "it is self-signed",
		"set ca_file to it if it is yours"},
	{X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, "unknown CA", "set ca_file if the CA is yours"},
	{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "unknown CA",
		"set ca_file if the CA is yours"},
	{X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, "unknown CA", "set ca_file if the CA is yours"},
	{X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, "unknown CA",
		"set ca_file if the CA is yours"},
	{X509_V_ERR_INVALID_PURPOSE, "it is not for a server", "ask for one with serverAuth"},
	{X509_V_ERR_EE_KEY_TOO_SMALL, "its key is too short", "ask for RSA 2048 or EC"},
	{X509_V_ERR_CA_KEY_TOO_SMALL, "its CA's key is too short", "ask for RSA 2048 or EC"},
	{X509_V_ERR_CA_MD_TOO_WEAK, "its signature is too weak", "ask for SHA-256"},
	{X509_V_ERR_CERT_REVOKED, "it was revoked", "ask whoever runs the server"},
};

/* Adds "; it names 'a.example', 'b.example'": what a person needs to see the slip. */
static void add_names(struct buf *out, X509 *certificate)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
	int shown = 0;
	for (int i = 0; i < sk_GENERAL_NAME_num(names) && shown < 3; i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
		if (name->type != GEN_DNS)
			continue;
		struct str text = {(const char *)ASN1_STRING_get0_data(name->d.dNSName),
			(size_t)ASN1_STRING_length(name->d.dNSName)};
		buf_add_cstr(out, shown++ ? ", '" : ": it names '");
		utf8_add_visible(out, str_slice(text, 0, 64), false);
		buf_add_char(out, '\'');
	}
	GENERAL_NAMES_free(names);
}

/* Called at each certificate of the chain: remembers whose chain was refused, changes nothing. */
static int on_verify(int good, X509_STORE_CTX *store)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct tls *t = SSL_get_app_data(ssl);
	X509 *certificate = X509_STORE_CTX_get0_cert(store);
	if (!good && !t->refused && certificate && X509_up_ref(certificate))
		t->refused = certificate;
	return good;
}

static int certificate_error(struct tls *t, long code, struct error *err)
{
	const char *problem = X509_verify_cert_error_string(code);
	const char *remedy = "ask whoever runs the server";
	struct buf names = {0};
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		if (refusals[i].code == code) {
			problem = refusals[i].problem;
			remedy = refusals[i].remedy;
		}
	}
	if (t->refused && code == X509_V_ERR_HOSTNAME_MISMATCH)
		add_names(&names, t->refused);
	error_set(err, ERROR_TEMPORARY, "certificate of '%s' refused: %s%s (%s)", t->host, problem,
		buf_cstr(&names), remedy);
	buf_finish(&names);
	return TLS_FAILED;
}

static int protocol_error(struct tls *t, unsigned long code, struct error *err)
{
	switch (ERR_GET_REASON(code)) {
	case SSL_R_UNSUPPORTED_PROTOCOL:
	case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
	case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
		error_set(err, ERROR_TEMPORARY,
			"'%s' offers no TLS 1.2 or newer (ask whoever runs the server)", t->host);
		break;
	case SSL_R_WRONG_VERSION_NUMBER:
	case SSL_R_HTTP_REQUEST:
		error_set(err, ERROR_TEMPORARY,
			"'%s' does not speak TLS on this port (check port and tls)", t->host);
		break;
	case SSL_R_UNEXPECTED_EOF_WHILE_READING:
		error_set(err, ERROR_TEMPORARY, "'%s' closed the connection", t->host);
		break;
	default: {
		const char *reason = ERR_reason_error_string(code);
		error_set(err, ERROR_TEMPORARY, "TLS with '%s' failed: %s", t->host,
			reason ? reason : "no reason given");
	}
	}
	return TLS_FAILED;
}

/* Turns what an SSL call returned into a wish or an error. */
static ssize_t outcome(struct tls *t, int returned, struct error *err)
{
	int number = errno;
	switch (SSL_get_error(t->ssl, returned)) {
	case SSL_ERROR_WANT_READ:
		return TLS_WANT_READ;
	case SSL_ERROR_WANT_WRITE:
		return TLS_WANT_WRITE;
	case SSL_ERROR_ZERO_RETURN:
		error_set(err, ERROR_TEMPORARY, "'%s' closed the connection", t->host);
		return TLS_FAILED;
	case SSL_ERROR_SYSCALL:
		t->ready = false;
		if (number)
			error_set(err, ERROR_TEMPORARY, "lost the connection to '%s': %s", t->host,
				strerror(number));
		else
			error_set(err, ERROR_TEMPORARY, "'%s' closed the connection", t->host);
		return TLS_FAILED;
	default:
		t->ready = false;
		return protocol_error(t, ERR_peek_last_error(), err);
	}
}

static int set_identity(struct tls *t, struct error *err)
{
	unsigned char address[sizeof(struct in6_addr)];
	X509_VERIFY_PARAM *parameters = SSL_get0_param(t->ssl);
	bool is_address = inet_pton(AF_INET, t->host, address) == 1 ||
		inet_pton(AF_INET6, t->host, address) == 1;
	X509_VERIFY_PARAM_set_hostflags(parameters,
		X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
	int set = is_address ? X509_VERIFY_PARAM_set1_ip_asc(parameters, t->host)
			     : X509_VERIFY_PARAM_set1_host(parameters, t->host, 0) &&
			SSL_set_tlsext_host_name(t->ssl, t->host);
	if (!set || !SSL_set_purpose(t->ssl, X509_PURPOSE_SSL_SERVER))
		return error_set(err, ERROR_CONFIG, "'%s' cannot be a host name", t->host);
	return 0;
}

static int load_authorities(struct tls *t, struct str ca_file, struct error *err)
{
	if (!ca_file.ptr) {
		if (!SSL_CTX_set_default_verify_paths(t->context))
			return error_set(err, ERROR_SYSTEM, "cannot load the system's CAs");
		return 0;
	}
	char *path = str_dup(ca_file);
	if (!path)
		return error_memory(err);
	int loaded = SSL_CTX_load_verify_file(t->context, path);
	free(path);
	if (!loaded)
		return error_set(err, ERROR_CONFIG, "cannot read certificates from ca_file '%.*s'",
			STR_ARG(ca_file));
	return 0;
}

int tls_new(int fd, struct str host, struct str ca_file, struct tls **out, struct error *err)
{
	int result = -1;
	struct tls *t = calloc(1, sizeof(*t));
	if (!t)
		return error_memory(err);
	ERR_clear_error();
	/* the final dot of an absolute name is not part of the certificate's */
	if (str_ends(host, STR(".")))
		host.len--;
	memcpy(t->host, host.ptr, host.len < sizeof(t->host) ? host.len : sizeof(t->host) - 1);

	t->context = SSL_CTX_new(TLS_client_method());
	if (!t->context) {
		error_memory(err);
		goto out;
	}
	SSL_CTX_set_security_level(t->context, 2);
	SSL_CTX_set_min_proto_version(t->context, TLS1_2_VERSION);
	SSL_CTX_set_options(t->context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
	SSL_CTX_set_mode(
		t->context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
	SSL_CTX_set_verify(t->context, SSL_VERIFY_PEER, on_verify);
	if (load_authorities(t, ca_file, err) < 0)
		goto out;
	t->ssl = SSL_new(t->context);
	if (!t->ssl || !SSL_set_fd(t->ssl, fd)) {
		error_memory(err);
		goto out;
	}
	SSL_set_app_data(t->ssl, t);
	if (set_identity(t, err) < 0)
		goto out;
	*out = t;
	t = NULL;
	result = 0;
out:
	tls_free(t);
	return result;
}

ssize_t tls_handshake(struct tls *t, struct error *err)
{
	ERR_clear_error();
	errno = 0;
	int returned = SSL_connect(t->ssl);
	if (returned == 1) {
		t->ready = true;
		return 1;
	}
	long verified = SSL_get_verify_result(t->ssl);
	if (verified != X509_V_OK && SSL_get_error(t->ssl, returned) == SSL_ERROR_SSL)
		return certificate_error(t, verified, err);
	return outcome(t, returned, err);
}

ssize_t tls_read(struct tls *t, void *out, size_t size, struct error *err)
{
	size_t got = 0;
	ERR_clear_error();
	errno = 0;
	int returned = SSL_read_ex(t->ssl, out, size, &got);
	return returned == 1 ? (ssize_t)got : outcome(t, returned, err);
}

ssize_t tls_write(struct tls *t, const void *octets, size_t len, struct error *err)
{
	size_t written = 0;
	ERR_clear_error();
	errno = 0;
	int returned = SSL_write_ex(t->ssl, octets, len, &written);
	return returned == 1 ? (ssize_t)written : outcome(t, returned, err);
}

void tls_free(struct tls *t)
{
	if (!t)
		return;
	if (t->ready)
		SSL_shutdown(t->ssl);
	ERR_clear_error();
	X509_free(t->refused);
	SSL_free(t->ssl);
	SSL_CTX_free(t->context);
	free(t);
}
