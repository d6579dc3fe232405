/* A mail of ours says what it was given, and nothing more. */
#include "message/compose.h"

#include "base/clock.h"
#include "message/message_parse.h"
#include "suites.h"

static struct str recipients[] = {{"jane@acme.example", 17}};
static const struct strs to = {.items = recipients, .count = 1};

static struct draft plain(void)
{
	return (struct draft){
		.from = STR("anna@studio.example"),
		.to = &to,
		.subject = STR("Monday"),
		.message_id = STR("x.1@studio.example"),
		.at_us = INT64_C(1772438400) * SECOND_US,
		.offset_min = 60,
		.text = STR("Good morning\n"),
	};
}

START_TEST(a_plain_mail_is_these_octets)
{
	struct draft draft = plain();
	struct buf out = {0};
	draft.automatic = true;
	ck_assert_int_eq(message_compose(&draft, &out, NULL), 0);
	ck_assert_str_eq(buf_cstr(&out),
		"Date: Mon, 02 Mar 2026 09:00:00 +0100\r\n"
		"From: anna@studio.example\r\n"
		"Subject: Monday\r\n"
		"To: jane@acme.example\r\n"
		"Message-ID: <x.1@studio.example>\r\n"
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n"
		"\r\n"
		"Good morning\r\n");
	buf_finish(&out);
}
END_TEST

/* Parsed again, for what it says. */
static void parse(const struct draft *draft, struct buf *octets, struct message *out)
{
	ck_assert_int_eq(message_compose(draft, octets, NULL), 0);
	const struct raw raw = {.octets = buf_str(octets), .size_bytes = octets->len};
	message_init(out);
	ck_assert_int_eq(message_parse(&raw, out, NULL), 0);
	ck_assert_int_eq(out->examined, EXAMINED_YES);
}

START_TEST(words_of_any_language_arrive)
{
	struct draft draft = plain();
	struct message m;
	struct buf octets = {0};
	const struct str references[] = {STR("a@acme.example"), STR("b@acme.example")};
	draft.from_name = STR("\xc3\x85sa, \"A\"");
	draft.subject = STR("P\xc3\xa5 m\xc3\xa5ndag");
	draft.text = STR("H\xc3\xa4lsningar\n--=_alternatives--\nFrom me\n");
	draft.html = STR("<p>H\xc3\xa4lsningar</p>\n");
	draft.in_reply_to = STR("b@acme.example");
	draft.references = references;
	draft.reference_count = 2;
	parse(&draft, &octets, &m);
	for (size_t i = 0; i < octets.len; i++)
		ck_assert_msg(!(octets.ptr[i] & 0x80), "octet %zu is not ASCII", i);
	ck_assert(str_eq(m.subject, draft.subject));
	ck_assert(str_eq(m.from.items[0].name, draft.from_name));
	ck_assert(str_eq(m.in_reply_to, draft.in_reply_to));
	ck_assert_uint_eq(m.reference_count, 2);
	ck_assert(str_eq(m.references[1], references[1]));
	ck_assert(m.clocks.at_us[CLOCK_DATE] == draft.at_us && m.clocks.date_offset_min == 60);
	ck_assert_uint_eq(m.part_count, 2);
	size_t at;
	ck_assert(str_find(m.parts[0].content, STR("--=_alternatives--\r\nFrom me"), &at));
	ck_assert(str_find(m.parts[1].content, STR("<p>H\xc3\xa4lsningar</p>"), &at));
	message_finish(&m);
	buf_finish(&octets);
}
END_TEST

START_TEST(no_field_begins_another)
{
	struct draft draft = plain();
	struct message m;
	struct buf octets = {0};
	struct str evil[] = {STR("jane@acme.example\r\nBcc: all@acme.example")};
	const struct strs victims = {.items = evil, .count = 1};
	const struct str reference = STR("a@b>\r\nBcc: <all@acme.example");
	draft.to = &victims;
	draft.subject = STR("Monday\r\nBcc: all@acme.example\r\n\r\nbody");
	draft.from_name = STR("Anna\nBcc: all@acme.example");
	draft.message_id = STR("x\r\nBcc: all@acme.example");
	draft.references = &reference;
	draft.reference_count = 1;
	parse(&draft, &octets, &m);
	ck_assert_uint_eq(m.bcc.count, 0);
	ck_assert(str_eq(m.subject, STR("Monday  Bcc: all@acme.example    body")));
	message_finish(&m);
	buf_finish(&octets);
}
END_TEST

Suite *compose_suite(void)
{
	Suite *suite = suite_create("message: drafts");
	TCase *cases = tcase_create("drafts");
	tcase_add_test(cases, a_plain_mail_is_these_octets);
	tcase_add_test(cases, words_of_any_language_arrive);
	tcase_add_test(cases, no_field_begins_another);
	suite_add_tcase(suite, cases);
	return suite;
}
