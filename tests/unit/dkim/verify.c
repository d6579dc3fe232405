/* Tests of verdicts on one signed mail, its key and its words bent; the mass of them is compared
   with other libraries in tests/dkim. */
#include "dkim/dkim.h"
#include "suites.h"
#include "unit.h"
#include <string.h>

/* Signed with the Ed25519 key whose seed is the octets 0 to 31. */
#define SIGNATURE                                                                                  \
	"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/simple;\r\n"                             \
	" d=client.example; i=@client.example; l=15; q=dns/txt; s=one;\r\n"                        \
	" t=1795584473; h=from : subject : subject;\r\n"                                           \
	" bh=Ng27zyesuVU+N0xTrQke1lGocFJ7Xce1Yg72ZvKD6No=;\r\n"                                    \
	" b=arjrABq9+85Ftck2QsCWYrt/X+T/ANB57Li2Xna9y3eUsrHE/6lBkyis1L2u64rLM8ly6\r\n"             \
	" tN8saUru9E8GkZiCw==\r\n"
#define HEADER "From: Jane <jane@client.example>\r\nTo: me@studio.example\r\nSubject: The page\r\n"
#define BODY "\r\nIt is  late. \r\n"
#define SIGNED_AT 1795584473
/* By the same key, for an hour. */
#define EXPIRES_AT 1795588073
#define EXPIRING                                                                                   \
	"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/simple;\r\n"                             \
	" d=client.example; i=@client.example; q=dns/txt; s=one; t=1795584473;\r\n"                \
	" x=1795588073; h=from : to : subject;\r\n"                                                \
	" bh=Ng27zyesuVU+N0xTrQke1lGocFJ7Xce1Yg72ZvKD6No=;\r\n"                                    \
	" b=ez18r8y2Wbp8e0gSqHRT8hkKPm6txnJ7lKqcCZYVe2TusomJ6uKV1vKXCTGluDYq53Wk8\r\n"             \
	" ogVEA//M4lXCH8SDQ==\r\n" HEADER BODY
#define MAIL SIGNATURE HEADER BODY
#define KEY "v=DKIM1; k=ed25519; p=A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="

struct dns {
	const char *text; /* NULL: no such name */
	bool trouble, authentic;
	char asked[256];
};

static int look_up(void *context, const char *name, struct dkim_answer *out, struct error *err)
{
	struct dns *dns = context;
	(void)err;
	strncpy(dns->asked, name, sizeof(dns->asked) - 1);
	out->kind = dns->trouble ? DKIM_ANSWER_TROUBLE
		: dns->text      ? DKIM_ANSWER_TXT
				 : DKIM_ANSWER_NONE;
	out->authentic = dns->authentic;
	if (dns->text)
		buf_add_cstr(&out->text, dns->text);
	buf_add_cstr(&out->raw, "raw");
	return 0;
}

static const struct {
	const char *name, *mail;
	struct dns dns;
	enum dkim_result result;
	const char *why, *not_signed;
} rows[] = {
	{"as it is", MAIL, {.text = KEY}, DKIM_PASS, "", "to"},
	{"fields the signature does not name may change", SIGNATURE "X: y\r\n" HEADER BODY,
		{.text = KEY}, DKIM_PASS, "", "to"},
	{"blanks in a relaxed header",
		SIGNATURE
		"From:  Jane   <jane@client.example>\r\nTo: x\r\nsubject:The\r\n page \r\n" BODY,
		{.text = KEY}, DKIM_PASS, "", "to"},
	{"words behind l= are not signed", MAIL "and more\r\n", {.text = KEY}, DKIM_PASS, "",
		"to, 10 octets of the body"},
	{"a second From is not signed", "From: Other <o@x.example>\r\n" MAIL, {.text = KEY},
		DKIM_PASS, "", "another from, to"},
	{"a second Subject is, by its absence", "Subject: x\r\n" MAIL, {.text = KEY}, DKIM_FAIL,
		"the header is not the one that was signed", "to"},
	{"a changed body", SIGNATURE HEADER "\r\nIt is  Late. \r\n", {.text = KEY}, DKIM_FAIL,
		"the body is not the one that was signed", "to"},
	{"a body shorter than l=", SIGNATURE HEADER "\r\nIt\r\n", {.text = KEY}, DKIM_PERMERROR,
		"l= is more than the body has", "to"},
	{"no key any more", MAIL, {.text = NULL}, DKIM_NO_KEY, "DNS has no such key", "to"},
	{"DNS in trouble", MAIL, {.trouble = true}, DKIM_TEMPERROR, "DNS did not answer", "to"},
	{"a revoked key", MAIL, {.text = "v=DKIM1; k=ed25519; p="}, DKIM_FAIL,
		"the key was revoked", "to"},
	{"another key", MAIL, {.text = "k=ed25519; p=11qYAYKxCrfVS/7TyWUHOg7hcvPapiMlrwIaaPcHURo="},
		DKIM_FAIL, "the header is not the one that was signed", "to"},
	{"a key of another kind", MAIL, {.text = "v=DKIM1; p=MAo="}, DKIM_PERMERROR,
		"the key is of another kind than a= says", "to"},
	{"a key for something else", MAIL, {.text = KEY "; s=tlsrpt"}, DKIM_PERMERROR,
		"the key is not for mail", "to"},
	{"a key for another hash", MAIL, {.text = KEY "; h=sha1"}, DKIM_PERMERROR,
		"the key is not for sha256", "to"},
	{"a key of another version", MAIL, {.text = "k=ed25519; v=DKIM1; p=AA=="}, DKIM_PERMERROR,
		"the key is of another version", "to"},
	{"a key that is no list", MAIL, {.text = "hello"}, DKIM_PERMERROR,
		"the key is not a list of tags", "to"},
	{"a tag twice", "DKIM-Signature: v=1; v=1\r\n" HEADER BODY, {.text = KEY}, DKIM_PERMERROR,
		"not a list of tags", ""},
	{"sha1",
		"DKIM-Signature: v=1; a=rsa-sha1; d=a.example; s=x; h=from; b=AA==; bh=AA==\r\n" HEADER
			BODY,
		{.text = KEY}, DKIM_POLICY, "rsa-sha1 proves nothing any more", ""},
	{"From is not signed",
		"DKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=x; h=to; b=AA==; bh=AA==\r\n" HEADER
			BODY,
		{.text = KEY}, DKIM_PERMERROR, "it does not sign From", ""},
	{"i= of somebody else",
		"DKIM-Signature: v=1; a=rsa-sha256; d=a.example; i=@xa.example; s=x; h=from; b=AA==; "
		"bh=AA==\r\n" HEADER BODY,
		{.text = KEY}, DKIM_PERMERROR, "i= is no part of d=", ""},
	{"a name that is none",
		"DKIM-Signature: v=1; a=rsa-sha256; d=a..example; s=x; h=from; b=AA==; bh=AA==\r\n" HEADER
			BODY,
		{.text = KEY}, DKIM_PERMERROR, "d= or s= is no name", ""},
};

static struct dkim_report report_of(const char *mail, struct dns *dns)
{
	const struct dkim_arrival arrival = {CLOCK_RECEIVED, SIGNED_AT};
	struct dkim_report r = {0};
	ck_assert_int_eq(dkim_verify(str_from(mail), arrival, look_up, dns, &r, NULL), 0);
	return r;
}

START_TEST(a_signature_is_judged)
{
	struct dns dns = rows[_i].dns;
	struct dkim_report r = report_of(rows[_i].mail, &dns);
	ck_assert_uint_eq(r.count, 1);
	const struct dkim_signature *s = &r.items[0];
	ck_assert_msg(s->result == rows[_i].result && str_eq(s->why, str_from(rows[_i].why)),
		"%s: %s, %.*s", rows[_i].name, dkim_result_name(s->result), STR_ARG(s->why));
	ck_assert_msg(str_eq(s->not_signed, str_from(rows[_i].not_signed)), "%s: not signed: %.*s",
		rows[_i].name, STR_ARG(s->not_signed));
	dkim_report_finish(&r);
}
END_TEST

static const struct {
	const char *name;
	struct dkim_arrival arrival;
	enum dkim_result result;
	const char *why;
} arrivals[] = {
	{"when it was signed", {CLOCK_RECEIVED, SIGNED_AT}, DKIM_PASS, ""},
	{"by a clock some minutes behind", {CLOCK_RECEIVED, SIGNED_AT - 300}, DKIM_PASS, ""},
	{"before it was signed", {CLOCK_RECEIVED, SIGNED_AT - 301}, DKIM_POLICY,
		"it fits, and says it was signed after it came"},
	{"before it was signed, as far as is known", {CLOCK_SEEN, SIGNED_AT - 301}, DKIM_POLICY,
		"it fits, and says it was signed after it came"},
	{"when it expires", {CLOCK_INTERNAL, EXPIRES_AT}, DKIM_PASS, ""},
	{"by a clock some minutes ahead", {CLOCK_INTERNAL, EXPIRES_AT + 300}, DKIM_PASS, ""},
	{"when it had expired", {CLOCK_INTERNAL, EXPIRES_AT + 301}, DKIM_POLICY,
		"it fits, and had expired when it came"},
	{"some time before it was seen", {CLOCK_SEEN, EXPIRES_AT + 301}, DKIM_POLICY,
		"it fits, and had expired when it was first seen; nobody says when it came"},
};

START_TEST(its_times_are_held_against_when_it_came)
{
	struct dns dns = {.text = KEY};
	struct dkim_report r = {0};
	ck_assert_int_eq(
		dkim_verify(STR(EXPIRING), arrivals[_i].arrival, look_up, &dns, &r, NULL), 0);
	ck_assert_uint_eq(r.count, 1);
	ck_assert_msg(r.items[0].result == arrivals[_i].result &&
			str_eq(r.items[0].why, str_from(arrivals[_i].why)),
		"%s: %s, %.*s", arrivals[_i].name, dkim_result_name(r.items[0].result),
		STR_ARG(r.items[0].why));
	dkim_report_finish(&r);
}
END_TEST

START_TEST(lf_alone_is_read_as_crlf)
{
	struct dns dns = {.text = KEY};
	struct buf mail = {0};
	for (const char *c = MAIL; *c; c++)
		if (*c != '\r')
			buf_add_char(&mail, *c);
	struct dkim_report r = report_of(buf_cstr(&mail), &dns);
	ck_assert_int_eq(r.items[0].result, DKIM_PASS);
	ck_assert_str_eq(dns.asked, "one._domainkey.client.example");
	dkim_report_finish(&r);
	buf_finish(&mail);
}
END_TEST

START_TEST(many_signatures_are_looked_at_and_the_rest_is_said)
{
	struct dns dns = {.text = KEY};
	struct buf mail = {0};
	for (int i = 0; i < 11; i++)
		buf_add_cstr(&mail, "DKIM-Signature: v=2\r\n");
	buf_add_cstr(&mail, HEADER BODY);
	struct dkim_report r = report_of(buf_cstr(&mail), &dns);
	ck_assert_uint_eq(r.count, 10);
	ck_assert(r.too_many);
	ck_assert_str_eq(dkim_report_word(&r), "permerror");
	dkim_report_finish(&r);
	buf_finish(&mail);
}
END_TEST

START_TEST(a_signature_of_more_fields_than_a_mail_has_is_not_looked_at)
{
	struct dns dns = {.text = KEY};
	struct buf mail = {0};
	buf_add_cstr(&mail,
		"DKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=x; b=AA==; bh=AA==; h=from");
	for (int i = 0; i < 1000; i++)
		buf_add_cstr(&mail, ":x");
	buf_add_cstr(&mail, "\r\n" HEADER BODY);
	struct dkim_report r = report_of(buf_cstr(&mail), &dns);
	ck_assert_uint_eq(r.count, 1);
	ck_assert(str_eq(r.items[0].why, STR("h= names too many fields")));
	ck_assert_str_eq(dns.asked, "");
	dkim_report_finish(&r);
	buf_finish(&mail);
}
END_TEST

START_TEST(the_best_of_several_is_the_word)
{
	struct dns dns = {.text = KEY};
	struct dkim_report r = report_of("DKIM-Signature: v=2\r\n" MAIL, &dns);
	ck_assert_uint_eq(r.count, 2);
	ck_assert_str_eq(dkim_report_word(&r), "pass");
	dkim_report_finish(&r);
	r = report_of(HEADER BODY, &dns);
	ck_assert_str_eq(dkim_report_word(&r), "none");
	dkim_report_finish(&r);
}
END_TEST

START_TEST(the_report_is_plain_text_whatever_came)
{
	struct dns dns = {.text = KEY, .authentic = true};
	struct buf out = {0};
	struct dkim_report r = report_of(MAIL, &dns);
	dkim_report_write(&r, &out);
	const char *text = buf_cstr(&out);
	static const char want[] = "dkim-report v1\ncame: 2026-11-25T05:27:53Z\n"
				   "came-by: received\n\nresult: pass\ndomain: client.example\n"
				   "selector: one\nalgorithm: ed25519-sha256\n"
				   "canonicalization: relaxed/simple\nidentity: @client.example\n"
				   "signed-fields: from:subject:subject\nnot-signed: to\n"
				   "body-limit: 15\nsigned-at: 2026-11-25T05:27:53Z\n"
				   "key-name: one._domainkey.client.example\nkey: " KEY "\n"
				   "dnssec: yes\nbody-bytes: 15\n";
	ck_assert_msg(!strncmp(text, want, sizeof(want) - 1), "%s", text);
	dkim_report_finish(&r);
	buf_clear(&out);
	dns.text = "v=\x01\xff\\";
	r = report_of(MAIL, &dns);
	dkim_report_write(&r, &out);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out), "key: v=\\x01\\xff\\x5c\n"));
	dkim_report_finish(&r);
	buf_finish(&out);
}
END_TEST

Suite *verify_suite(void)
{
	Suite *s = suite_create("verdicts");
	TCase *t = tcase_create("verdicts");
	tcase_add_loop_test(t, a_signature_is_judged, 0, sizeof(rows) / sizeof(*rows));
	tcase_add_loop_test(t, its_times_are_held_against_when_it_came, 0,
		sizeof(arrivals) / sizeof(*arrivals));
	tcase_add_test(t, lf_alone_is_read_as_crlf);
	tcase_add_test(t, many_signatures_are_looked_at_and_the_rest_is_said);
	tcase_add_test(t, a_signature_of_more_fields_than_a_mail_has_is_not_looked_at);
	tcase_add_test(t, the_best_of_several_is_the_word);
	tcase_add_test(t, the_report_is_plain_text_whatever_came);
	suite_add_tcase(s, t);
	return s;
}
