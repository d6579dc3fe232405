/* A DKIM-Signature read from its field (RFC 6376 section 3.5), and a key from DNS (3.6.1). */
#include "signature.h"

#include "base/base64.h"
#include "base/limits.h"

bool signature_is(struct dkim_signature *s, enum dkim_result result, const char *why)
{
	s->result = result;
	s->why = str_from(why);
	return false;
}

/* Base64 with white space anywhere. Absent: it is none. */
static struct str decode(struct str text, struct arena *arena)
{
	struct buf solid = {0}, octets = {0};
	struct str out = {0};
	add_solid(&solid, text);
	if (base64_read(buf_str(&solid), &octets) && octets.len && !octets.failed)
		out = arena_str(arena, buf_str(&octets));
	buf_finish(&solid);
	buf_finish(&octets);
	return out;
}

static struct str solid(struct str text, struct arena *arena)
{
	struct buf b = {0};
	struct str out = {0};
	add_solid(&b, text);
	if (text.ptr && !b.failed)
		out = arena_str(arena, buf_str(&b));
	buf_finish(&b);
	return out;
}

/* A name that may stand in a question to DNS. */
static bool is_domain(struct str name)
{
	bool dot = true;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '_';
		if (!letter && (c != '.' || dot))
			return false;
		dot = c == '.';
	}
	return name.len > 0 && name.len <= 253 && !dot;
}

static bool read_algorithm(struct dkim_signature *s, struct signing_form *form)
{
	form->ed25519 = str_eq_nocase(s->algorithm, STR("ed25519-sha256"));
	form->sha1 = str_eq_nocase(s->algorithm, STR("rsa-sha1"));
	if (form->sha1) /* RFC 8301 section 3.1 */
		return signature_is(s, DKIM_POLICY, "rsa-sha1 proves nothing any more");
	if (!form->ed25519 && !str_eq_nocase(s->algorithm, STR("rsa-sha256")))
		return signature_is(s, DKIM_PERMERROR, "an unknown algorithm");
	return true;
}

/* "relaxed/simple"; a half that is not there is simple. */
static bool read_canonicalization(struct dkim_signature *s, struct signing_form *form)
{
	struct str body = s->canonicalization, header = {0};
	str_split(&body, '/', &header);
	form->relaxed_header = str_eq_nocase(header, STR("relaxed"));
	form->relaxed_body = str_eq_nocase(body, STR("relaxed"));
	if ((header.len && !form->relaxed_header && !str_eq_nocase(header, STR("simple"))) ||
		(body.len && !form->relaxed_body && !str_eq_nocase(body, STR("simple"))))
		return signature_is(s, DKIM_PERMERROR, "an unknown canonical form");
	return true;
}

static bool read_number(struct str text, bool *has, uint64_t *out)
{
	*has = text.ptr != NULL;
	return !*has || str_to_u64(text, INT64_MAX / 2, out);
}

static bool read_numbers(const struct tags *t, struct dkim_signature *s)
{
	uint64_t signed_at = 0, expires = 0;
	if (!read_number(tags_get(t, "l"), &s->has_limit, &s->limit) ||
		!read_number(tags_get(t, "t"), &s->has_signed_at, &signed_at) ||
		!read_number(tags_get(t, "x"), &s->has_expires, &expires))
		return signature_is(s, DKIM_PERMERROR, "l=, t= or x= is no number");
	s->signed_at_s = (int64_t)signed_at;
	s->expires_s = (int64_t)expires;
	if (s->has_signed_at && s->has_expires && expires <= signed_at)
		return signature_is(s, DKIM_PERMERROR, "it expires before it was signed");
	return true;
}

/* i= is d= or below it. */
static bool identity_fits(const struct dkim_signature *s)
{
	size_t at;
	if (!s->identity.ptr)
		return true;
	if (!str_rfind_char(s->identity, '@', &at))
		return false;
	struct str domain = str_slice(s->identity, at + 1, s->identity.len);
	if (str_eq_nocase(domain, s->domain))
		return true;
	if (domain.len <= s->domain.len)
		return false;
	struct str tail = str_slice(domain, domain.len - s->domain.len, domain.len);
	return str_eq_nocase(tail, s->domain) && domain.ptr[domain.len - s->domain.len - 1] == '.';
}

static bool read_names(const struct tags *t, struct arena *arena, struct dkim_signature *s)
{
	s->domain = solid(tags_get(t, "d"), arena);
	s->selector = solid(tags_get(t, "s"), arena);
	s->algorithm = solid(tags_get(t, "a"), arena);
	s->canonicalization = solid(tags_get(t, "c"), arena);
	s->identity = solid(tags_get(t, "i"), arena);
	s->headers = solid(tags_get(t, "h"), arena);
	if (!s->domain.ptr || !s->selector.ptr || !s->algorithm.ptr || !s->headers.len)
		return signature_is(s, DKIM_PERMERROR, "a, d, h or s is missing");
	if (!is_domain(s->domain) || !is_domain(s->selector))
		return signature_is(s, DKIM_PERMERROR, "d= or s= is no name");
	s->key_name = arena_format(
		arena, "%.*s._domainkey.%.*s", STR_ARG(s->selector), STR_ARG(s->domain));
	return true;
}

static bool names_too_many(struct str headers)
{
	struct str name;
	size_t count = 0;
	while (count <= LIMIT_DKIM_FIELDS && colon_list_next(&headers, &name))
		count++;
	return count > LIMIT_DKIM_FIELDS;
}

bool signature_read(const struct field *field, struct arena *arena, struct dkim_signature *out,
	struct signing_form *form)
{
	struct tags t;
	size_t colon = 0;
	str_find(field->text, STR(":"), &colon);
	struct str text = str_slice(field->text, colon + 1, field->text.len);
	if (!tags_read(text, &t))
		return signature_is(out, DKIM_PERMERROR, "not a list of tags");
	if (!str_eq(tags_get(&t, "v"), STR("1")))
		return signature_is(out, DKIM_PERMERROR, "not version 1");
	if (!read_names(&t, arena, out))
		return false;
	out->signature = decode(tags_get(&t, "b"), arena);
	form->body_hash = decode(tags_get(&t, "bh"), arena);
	if (!read_numbers(&t, out) || !read_algorithm(out, form) ||
		!read_canonicalization(out, form))
		return false;
	if (!out->signature.ptr || !form->body_hash.ptr)
		return signature_is(out, DKIM_PERMERROR, "b= or bh= is missing or no base64");
	if (names_too_many(out->headers))
		return signature_is(out, DKIM_PERMERROR, "h= names too many fields");
	if (!colon_list_has(out->headers, STR("from")))
		return signature_is(out, DKIM_PERMERROR, "it does not sign From");
	if (!identity_fits(out))
		return signature_is(out, DKIM_PERMERROR, "i= is no part of d=");
	struct str query = tags_get(&t, "q");
	if (query.ptr && !colon_list_has(query, STR("dns/txt")))
		return signature_is(out, DKIM_PERMERROR, "its key is not in DNS");
	return true;
}

/* t=s: no subdomain may use this key. */
static bool flags_fit(const struct tags *t, struct dkim_signature *s)
{
	struct str flags = tags_get(t, "t");
	size_t at;
	s->testing = flags.ptr && colon_list_has(flags, STR("y"));
	if (!flags.ptr || !colon_list_has(flags, STR("s")) || !s->identity.ptr)
		return true;
	return str_rfind_char(s->identity, '@', &at) &&
		str_eq_nocase(str_slice(s->identity, at + 1, s->identity.len), s->domain);
}

bool key_read(struct str text, const struct signing_form *form, struct arena *arena,
	struct dkim_signature *out, struct str *key)
{
	struct tags t;
	if (!tags_read(text, &t))
		return signature_is(out, DKIM_PERMERROR, "the key is not a list of tags");
	struct str version = tags_get(&t, "v"), kind = tags_get(&t, "k");
	struct str hashes = tags_get(&t, "h"), service = tags_get(&t, "s");
	if (version.ptr && (!str_eq(version, STR("DKIM1")) || !str_eq(t.items[0].name, STR("v"))))
		return signature_is(out, DKIM_PERMERROR, "the key is of another version");
	bool ed25519 = kind.ptr && str_eq(kind, STR("ed25519"));
	if (kind.ptr && !ed25519 && !str_eq(kind, STR("rsa")))
		return signature_is(out, DKIM_PERMERROR, "the key is of an unknown kind");
	if (ed25519 != form->ed25519)
		return signature_is(out, DKIM_PERMERROR, "the key is of another kind than a= says");
	if (hashes.ptr && !colon_list_has(hashes, STR("sha256")))
		return signature_is(out, DKIM_PERMERROR, "the key is not for sha256");
	if (service.ptr && !colon_list_has(service, STR("*")) &&
		!colon_list_has(service, STR("email")))
		return signature_is(out, DKIM_PERMERROR, "the key is not for mail");
	struct str p = tags_get(&t, "p");
	if (!p.ptr)
		return signature_is(out, DKIM_PERMERROR, "the key record holds no key");
	if (!p.len)
		return signature_is(out, DKIM_FAIL, "the key was revoked");
	if (!flags_fit(&t, out))
		return signature_is(out, DKIM_PERMERROR, "the key is not for subdomains");
	*key = decode(p, arena);
	if (!key->ptr)
		return signature_is(out, DKIM_PERMERROR, "the key is no base64");
	return true;
}
