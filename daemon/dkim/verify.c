/* Every signature of a message: its body, its header, its key, and what it does not cover. */
#include "base/limits.h"
#include "base/public_key.h"
#include "canonical.h"
#include "signature.h"

/* RFC 8301 section 3.2 */
#define LEAST_RSA_BITS 1024
/* How far a signer's clock may be from a receiver's: as much as libopendkim allows. */
#define CLOCK_DRIFT_S 300

/* The state of one look at one signature. */
struct looking {
	struct fields *fields;
	struct arena *arena;
	struct dkim_signature *s;
	struct signing_form form;
	dkim_lookup *lookup;
	void *context;
};

/* 1 the body is the one that was signed, 0 not, -1. */
static int check_body(struct looking *l, struct error *err)
{
	struct dkim_signature *s = l->s;
	struct canonical_body body = {
		.relaxed = l->form.relaxed_body, .limit = s->has_limit ? s->limit : UINT64_MAX};
	if (sha256_start(&body.hash, err) < 0)
		return -1;
	int result = canonical_body_add(&body, l->fields->body, err);
	if (!result)
		result = canonical_body_end(&body, err);
	int ended = sha256_end(body.hash, result ? NULL : &s->body_sum, err);
	s->body_bytes = body.bytes;
	if (result < 0 || ended < 0)
		return -1;
	if (s->has_limit && s->limit > body.bytes)
		return signature_is(s, DKIM_PERMERROR, "l= is more than the body has");
	struct str sum = {(const char *)s->body_sum.octet, SHA256_SIZE};
	return str_eq(sum, l->form.body_hash) ||
		signature_is(s, DKIM_FAIL, "the body is not the one that was signed");
}

/* The signature's own field, without the octets of b=. */
static void add_own(struct looking *l, const struct field *own, struct buf *out)
{
	size_t colon = 0, start = 0, end = 0;
	struct buf emptied = {0};
	str_find(own->text, STR(":"), &colon);
	struct str value = str_slice(own->text, colon + 1, own->text.len);
	tags_place(value, "b", &start, &end);
	struct str rest = str_slice(value, end, value.len);
	buf_add_str(&emptied, str_slice(own->text, 0, colon + 1 + start));
	buf_add_str(&emptied, rest);
	/* the value of a last tag takes its line end with it */
	if (!rest.len)
		buf_add_cstr(&emptied, "\r\n");
	canonical_field(out, buf_str(&emptied), l->form.relaxed_header, true);
	out->failed |= emptied.failed;
	buf_finish(&emptied);
}

/* The octets that were signed: from the bottom up, a name a field; a name without a field (left)
   signs that there is none. */
static int make_header(struct looking *l, const struct field *own, struct error *err)
{
	struct buf out = {0};
	struct str names = l->s->headers, name;
	fields_begin(l->fields);
	while (colon_list_next(&names, &name)) {
		const struct field *f = fields_take(l->fields, name);
		if (f == own) /* 3.5: a signature never signs itself */
			continue;
		if (f)
			canonical_field(&out, f->text, l->form.relaxed_header, false);
	}
	add_own(l, own, &out);
	if (!out.failed)
		l->s->canonical_header = arena_str(l->arena, buf_str(&out));
	buf_finish(&out);
	return l->s->canonical_header.ptr ? 0 : error_memory(err);
}

/* Fields whose words people go by, and the body behind l=. Called with the fields that were used.
 */
static int say_what_is_open(struct looking *l, struct error *err)
{
	static const char *const names[] = {"from", "subject", "date", "to", "cc", "reply-to",
		"message-id", "in-reply-to", "references", "mime-version", "content-type",
		"content-transfer-encoding"};
	struct buf out = {0};
	for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++) {
		bool some = false, open = false;
		for (size_t i = 0; i < l->fields->count; i++) {
			const struct field *f = &l->fields->items[i];
			if (!str_eq_nocase(f->name, str_from(names[n])))
				continue;
			some |= f->used;
			open |= !f->used;
		}
		if (open)
			buf_add_format(&out, "%s%s%s", out.len ? ", " : "", some ? "another " : "",
				names[n]);
	}
	if (l->s->has_limit && l->s->limit < l->s->body_bytes)
		buf_add_format(&out, "%s%llu octets of the body", out.len ? ", " : "",
			(unsigned long long)(l->s->body_bytes - l->s->limit));
	if (out.len)
		l->s->not_signed = arena_str(l->arena, buf_str(&out));
	bool failed = out.failed || (out.len && !l->s->not_signed.ptr);
	buf_finish(&out);
	return failed ? error_memory(err) : 0;
}

static int keep_answer(struct looking *l, const struct dkim_answer *a, struct error *err)
{
	l->s->authentic = a->authentic;
	if (a->raw.len)
		l->s->key_raw = arena_str(l->arena, buf_str(&a->raw));
	if (a->kind == DKIM_ANSWER_TXT)
		l->s->key_text = arena_str(l->arena, buf_str(&a->text));
	bool failed = a->raw.failed || a->text.failed || (a->raw.len && !l->s->key_raw.ptr) ||
		(a->kind == DKIM_ANSWER_TXT && !l->s->key_text.ptr);
	return failed ? error_memory(err) : 0;
}

/* 1 there is a key, 0 not (the result says why), -1. */
static int fetch_key(struct looking *l, struct error *err)
{
	struct dkim_answer answer = {0};
	int result = l->lookup(l->context, l->s->key_name.ptr, &answer, err);
	if (!result)
		result = keep_answer(l, &answer, err);
	if (!result && answer.kind == DKIM_ANSWER_TXT)
		result = 1;
	else if (!result && answer.kind == DKIM_ANSWER_NONE)
		signature_is(l->s, DKIM_NO_KEY, "DNS has no such key");
	else if (!result)
		signature_is(l->s, DKIM_TEMPERROR, "DNS did not answer");
	dkim_answer_finish(&answer);
	return result;
}

/* 1 it fits, 0 not, -1. */
static int check_signature(struct looking *l, struct str key, struct error *err)
{
	struct dkim_signature *s = l->s;
	struct error why = {0};
	struct sha256 sum;
	int fits;
	if (l->form.ed25519) { /* RFC 8463 section 3: over the hash */
		if (sha256_of(s->canonical_header, &sum, err) < 0)
			return -1;
		struct str hash = {(const char *)sum.octet, SHA256_SIZE};
		fits = ed25519_verify(key, hash, s->signature, &why);
	} else {
		fits = rsa_verify(key, s->canonical_header, s->signature, &s->key_bits, &why);
	}
	if (fits < 0 && why.kind == ERROR_INPUT)
		return signature_is(s, DKIM_PERMERROR, "the key cannot be read");
	if (fits < 0) {
		if (err)
			*err = why;
		return -1;
	}
	if (!fits)
		return signature_is(s, DKIM_FAIL, "the header is not the one that was signed");
	if (!l->form.ed25519 && s->key_bits < LEAST_RSA_BITS)
		return signature_is(s, DKIM_POLICY, "it fits, by a key that is too short");
	return 1;
}

/* Its own times beside when it came. 1 they fit, 0 not. */
static int check_times(struct dkim_signature *s, const struct dkim_arrival *arrival)
{
	bool was_seen_only = arrival->clock == CLOCK_SEEN;
	if (s->has_signed_at && s->signed_at_s - CLOCK_DRIFT_S > arrival->at_s)
		return signature_is(
			s, DKIM_POLICY, "it fits, and says it was signed after it came");
	if (s->has_expires && arrival->at_s - CLOCK_DRIFT_S > s->expires_s)
		return signature_is(s, DKIM_POLICY,
			was_seen_only
				? "it fits, and had expired when it was first seen; nobody says when it came"
				: "it fits, and had expired when it came");
	return 1;
}

static int look_at(struct looking *l, const struct field *own, const struct dkim_arrival *arrival,
	struct error *err)
{
	struct str key;
	if (!signature_read(own, l->arena, l->s, &l->form))
		return 0;
	if (make_header(l, own, err) < 0)
		return -1;
	int go_on = check_body(l, err);
	if (go_on < 0 || say_what_is_open(l, err) < 0)
		return -1;
	enum dkim_result body = l->s->result;
	struct str body_why = l->s->why;
	/* the key is kept whatever the body is like: it is gone some day */
	int found = fetch_key(l, err);
	if (found < 0)
		return -1;
	if (!go_on) {
		l->s->result = body;
		l->s->why = body_why;
		return 0;
	}
	if (!found || !key_read(l->s->key_text, &l->form, l->arena, l->s, &key))
		return 0;
	int fits = check_signature(l, key, err);
	if (fits > 0)
		fits = check_times(l->s, arrival);
	if (fits > 0)
		l->s->result = DKIM_PASS;
	return fits < 0 ? -1 : 0;
}

static int look_at_all(struct looking *l, struct dkim_report *report, struct error *err)
{
	report->items = arena_array(&report->arena, LIMIT_DKIM_SIGNATURES, sizeof(*report->items));
	if (!report->items)
		return error_memory(err);
	for (size_t i = 0; i < l->fields->count; i++) {
		const struct field *f = &l->fields->items[i];
		if (!str_eq_nocase(f->name, STR("dkim-signature")))
			continue;
		if (report->count == LIMIT_DKIM_SIGNATURES) {
			report->too_many = true;
			break;
		}
		l->s = &report->items[report->count++];
		if (look_at(l, f, &report->arrival, err) < 0)
			return -1;
	}
	return 0;
}

int dkim_verify(struct str octets, struct dkim_arrival arrival, dkim_lookup *lookup, void *context,
	struct dkim_report *out, struct error *err)
{
	struct fields fields = {0};
	struct dkim_report report = {.arrival = arrival};
	bool cut = false;
	int result = fields_read(octets, &fields, &cut, err);
	struct looking l = {
		.fields = &fields, .arena = &report.arena, .lookup = lookup, .context = context};
	if (!result && cut)
		report.too_many = true;
	else if (!result)
		result = look_at_all(&l, &report, err);
	fields_finish(&fields);
	if (result < 0) {
		dkim_report_finish(&report);
		return -1;
	}
	*out = report;
	return 0;
}

void dkim_report_finish(struct dkim_report *r)
{
	arena_finish(&r->arena);
	*r = (struct dkim_report){0};
}

void dkim_answer_finish(struct dkim_answer *a)
{
	buf_finish(&a->text);
	buf_finish(&a->raw);
}
