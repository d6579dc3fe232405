/* The other headers: hops, ids, and what makes mail automatic. */
#include "automatic.h"
#include "base/limits.h"
#include "message/message_parse.h"
#include "received.h"
#include "suites.h"
#include "thread.h"

static const struct hop_row {
	const char *in;
	const char *from;
	const char *by;
	int64_t at_s; /* 0: none */
} hop_rows[] = {
	{"from mail.acme.example (mail.acme.example [192.0.2.7])\r\n\tby mx.studio.example"
	 " (Postfix) with ESMTP id 4F2\r\n\tfor <anna@studio.example>;\r\n"
	 "\tMon,  2 Mar 2026 09:00:10 +0100 (CET)",
		"mail.acme.example (mail.acme.example [192.0.2.7])", "mx.studio.example",
		1772438410},
	{"by 10.0.0.1 with SMTP id x; 2 Mar 2026 08:00:10 -0000", NULL, "10.0.0.1", 1772438410},
	{"from x (a; b) by y; 2 Mar 2026 08:00:10 +0000 (sent; later)", "x (a; b)", "y",
		1772438410},
	{"from x by y", "x", "y", 0},
	{"from x by y; yesterday", "x", "y", 0},
	{"from (by nobody) by y id z; 2 Mar 2026 08:00:10 +0000", "(by nobody)", "y", 1772438410},
	{"(qmail 123 invoked by uid 0); 2 Mar 2026 08:00:10 -0000", NULL, NULL, 1772438410},
	{";;;;;;", NULL, NULL, 0},
	{"", NULL, NULL, 0},
};

START_TEST(a_hop_tells_from_by_and_when)
{
	const struct hop_row *row = &hop_rows[_i];
	struct arena arena = {0};
	struct hop hop;
	ck_assert_int_eq(received_parse(&arena, str_from(row->in), &hop), 0);
	ck_assert_msg(str_eq(hop.from, str_from(row->from)), "from '%.*s'", STR_ARG(hop.from));
	ck_assert_msg(str_eq(hop.by, str_from(row->by)), "by '%.*s'", STR_ARG(hop.by));
	ck_assert_int_eq(hop.has_at, row->at_s != 0);
	ck_assert_int_eq(hop.at_us / 1000000, row->at_s);
	arena_finish(&arena);
}
END_TEST

static const struct id_row {
	const char *in;
	const char *want;
} id_rows[] = {
	{"<a@b.example>", "a@b.example"},
	{" <a@b.example> (comment)", "a@b.example"},
	{"\"Jane's message\" of yesterday <a@b.example>", "a@b.example"},
	{"<a@\r\n b.example>", "a@b.example"},
	{"a@b.example", "a@b.example"},
	{"<a@b.example", "a@b.example"},
	{"<<a@b.example>>", "a@b.example"},
	{"abc123", "abc123"},
	{"no id here", NULL},
	{"<>", NULL},
	{"", NULL},
};

START_TEST(an_id_is_what_stands_in_brackets_or_looks_like_one)
{
	struct arena arena = {0};
	struct str id = {0};
	ck_assert_int_eq(thread_id(&arena, str_from(id_rows[_i].in), &id), 0);
	ck_assert_msg(str_eq(id, str_from(id_rows[_i].want)), "'%s' gave '%.*s'", id_rows[_i].in,
		STR_ARG(id));
	arena_finish(&arena);
}
END_TEST

START_TEST(of_too_many_references_the_newest_stay)
{
	struct buf many = {0};
	struct message m;
	message_init(&m);
	for (int i = 1; i <= LIMIT_REFERENCES + 5; i++)
		buf_add_format(&many, "<%d@x.example>%s", i, i % 3 ? " " : "\r\n\t");
	ck_assert_int_eq(thread_references(&m.arena, buf_str(&many), &m), 0);
	ck_assert_uint_eq(m.reference_count, LIMIT_REFERENCES);
	ck_assert(str_eq(m.references[0], STR("6@x.example")));
	ck_assert(str_eq(m.references[LIMIT_REFERENCES - 1], STR("205@x.example")));
	buf_finish(&many);
	message_finish(&m);
}
END_TEST

static const struct automatic_row {
	const char *name;
	const char *value;
	bool automatic;
} automatic_rows[] = {
	{"Auto-Submitted", "auto-replied; owner=x", true},
	{"Auto-Submitted", "auto-generated", true},
	{"auto-submitted", "No", false},
	{"Auto-Submitted", "no (really)", false},
	{"Auto-Submitted", "", false},
	{"Precedence", "bulk", true},
	{"Precedence", "List", true},
	{"Precedence", "junk", true},
	{"Precedence", "auto_reply", true},
	{"Precedence", "first-class", false},
	{"List-Id", "Projects <projects.lists.example>", true},
	{"X-Auto-Response-Suppress", "All", true},
	{"X-Auto-Response-Suppress", "DR, OOF", true},
	{"X-Auto-Response-Suppress", "None", false},
	{"Return-Path", "<>", true},
	{"Return-Path", "<jane@acme.example>", false},
	{"Content-Type", "multipart/report; report-type=delivery-status", true},
	{"Content-Type", "multipart/mixed; boundary=report", false},
	{"From", "no-reply@acme.example", false},
	{"Subject", "Auto-Submitted: auto-replied", false},
};

START_TEST(headers_give_automatic_mail_away)
{
	const struct automatic_row *row = &automatic_rows[_i];
	const struct header h = {str_from(row->name), str_from(row->value)};
	ck_assert_msg(header_says_automatic(&h) == row->automatic, "%s: %s", row->name, row->value);
}
END_TEST

Suite *field_suite(void)
{
	Suite *s = suite_create("message: header fields");
	TCase *c = tcase_create("fields");
	tcase_add_loop_test(
		c, a_hop_tells_from_by_and_when, 0, sizeof(hop_rows) / sizeof(hop_rows[0]));
	tcase_add_loop_test(c, an_id_is_what_stands_in_brackets_or_looks_like_one, 0,
		sizeof(id_rows) / sizeof(id_rows[0]));
	tcase_add_test(c, of_too_many_references_the_newest_stay);
	tcase_add_loop_test(c, headers_give_automatic_mail_away, 0,
		sizeof(automatic_rows) / sizeof(automatic_rows[0]));
	suite_add_tcase(s, c);
	return s;
}
