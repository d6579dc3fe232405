/* What was found of a message's signatures, in text that a record keeps and a person reads. */
#include "base/base64.h"
#include "base/clock.h"
#include "dkim/dkim.h"

static const char *const names[] = {
	[DKIM_PASS] = "pass",
	[DKIM_FAIL] = "fail",
	[DKIM_POLICY] = "policy",
	[DKIM_PERMERROR] = "permerror",
	[DKIM_TEMPERROR] = "temperror",
	[DKIM_NO_KEY] = "no-key",
};

const char *dkim_result_name(enum dkim_result r)
{
	return names[r];
}

/* Everything but printable ASCII, and the backslash, as \xHH: it came from outside. */
static void line(struct buf *out, const char *key, struct str value)
{
	if (!value.ptr)
		return;
	buf_add_format(out, "%s: ", key);
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		if (c < 0x20 || c > 0x7e || c == '\\')
			buf_add_format(out, "\\x%02x", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '\n');
}

static void coded_line(struct buf *out, const char *key, struct str octets)
{
	if (!octets.ptr)
		return;
	buf_add_format(out, "%s: ", key);
	base64_write(out, octets.ptr, octets.len);
	buf_add_char(out, '\n');
}

static void time_line(struct buf *out, const char *key, bool has, int64_t at_s)
{
	char text[TIME_TEXT_SIZE];
	/* RFC 3339 ends with the year 9999 */
	if (!has || at_s > INT64_C(253402300799))
		return;
	time_format(at_s * SECOND_US, 0, true, text);
	buf_add_format(out, "%s: %s\n", key, text);
}

static void write_signature(const struct dkim_signature *s, struct buf *out)
{
	char hex[SHA256_HEX_SIZE];
	buf_add_format(out, "result: %s\n", dkim_result_name(s->result));
	line(out, "why", s->why);
	line(out, "domain", s->domain);
	line(out, "selector", s->selector);
	line(out, "algorithm", s->algorithm);
	line(out, "canonicalization", s->canonicalization);
	line(out, "identity", s->identity);
	line(out, "signed-fields", s->headers);
	line(out, "not-signed", s->not_signed);
	if (s->has_limit)
		buf_add_format(out, "body-limit: %llu\n", (unsigned long long)s->limit);
	time_line(out, "signed-at", s->has_signed_at, s->signed_at_s);
	time_line(out, "expires", s->has_expires, s->expires_s);
	line(out, "key-name", s->key_name);
	line(out, "key", s->key_text);
	if (s->key_bits)
		buf_add_format(out, "key-bits: %d\n", s->key_bits);
	if (s->key_text.ptr)
		buf_add_format(out, "dnssec: %s\n", s->authentic ? "yes" : "no");
	if (s->testing)
		buf_add_cstr(out, "testing: yes\n");
	if (s->canonical_header.ptr) {
		sha256_hex(&s->body_sum, hex);
		buf_add_format(out, "body-bytes: %llu\nbody-sha256: %s\n",
			(unsigned long long)s->body_bytes, hex);
	}
	coded_line(out, "header-base64", s->canonical_header);
	coded_line(out, "signature-base64", s->signature);
	coded_line(out, "dns-answer-base64", s->key_raw);
}

void dkim_report_write(const struct dkim_report *r, struct buf *out)
{
	buf_add_cstr(out, "dkim-report v1\n");
	time_line(out, "came", true, r->arrival.at_s);
	buf_add_format(out, "came-by: %s\n", clock_kind_name(r->arrival.clock));
	for (size_t i = 0; i < r->count; i++) {
		buf_add_char(out, '\n');
		write_signature(&r->items[i], out);
	}
	if (r->too_many)
		buf_add_cstr(out, "\nmore: there is more than was looked at\n");
}

const char *dkim_report_word(const struct dkim_report *r)
{
	static const enum dkim_result order[] = {
		DKIM_PASS, DKIM_POLICY, DKIM_TEMPERROR, DKIM_NO_KEY, DKIM_FAIL, DKIM_PERMERROR};
	for (size_t o = 0; o < sizeof(order) / sizeof(*order); o++)
		for (size_t i = 0; i < r->count; i++)
			if (r->items[i].result == order[o])
				return dkim_result_name(order[o]);
	return r->too_many ? "permerror" : "none";
}
