/* The facts of a message, taken from it and carried as JSON. */
#include "expect.h"
#include "model/facts.h"
#include "suites.h"

#include <string.h>

static struct str copy(struct arena *arena, const char *s)
{
	return arena_str(arena, str_from(s));
}

static void fill(struct message *m, struct text *text)
{
	struct arena *a = &m->arena;
	message_init(m);
	text_init(text);
	m->from.items = arena_array(a, 1, sizeof(*m->from.items));
	m->from.count = 1;
	m->from.items[0] = (struct address){copy(a, "Jane Doe"), copy(a, "jane@acme.example")};
	m->to.items = arena_array(a, 3, sizeof(*m->to.items));
	m->to.count = 3;
	m->to.items[0] = (struct address){{NULL, 0}, copy(a, "anna@studio.example")};
	m->to.items[1] = (struct address){copy(a, "Roe, R. \"Bob\""), copy(a, "bob@acme.example")};
	m->to.items[2] = (struct address){copy(a, ""), copy(a, "c@acme.example")};
	m->subject = copy(a, "R\xc3\xa4kning");
	m->message_id = copy(a, "1@acme.example");
	m->references = arena_array(a, 2, sizeof(*m->references));
	m->references[0] = copy(a, "a@x");
	m->references[1] = copy(a, "b@x");
	m->reference_count = 2;
	m->parts = arena_array(a, 3, sizeof(*m->parts));
	m->part_count = 3;
	m->parts[0] = (struct part){.type = copy(a, "text/plain")};
	m->parts[1] = (struct part){.type = copy(a, "application/pdf"),
		.filename = copy(a, "invoice.pdf"),
		.attachment = true,
		.raw_start = 100,
		.raw_end = 1234};
	m->parts[2] = (struct part){.type = copy(a, "image/png"), .attachment = true};
	ck_assert_int_eq(text_plain(text, STR("please pay")), 0);
}

START_TEST(facts_outlive_the_message_they_were_taken_from)
{
	struct message m;
	struct text text;
	struct facts f;
	struct error err;
	fill(&m, &text);
	ck_assert_int_eq(facts_from(&m, &text, &f, &err), 0);
	ck_assert(!text.bytes.ptr && text.span_count == 0 && !text.arena.last);
	text_finish(&text);
	message_finish(&m);
	const struct str absent = {NULL, 0};
	expect_same(f.from, STR("Jane Doe <jane@acme.example>"));
	expect_same(f.to,
		STR("anna@studio.example, \"Roe, R. \\\"Bob\\\"\" <bob@acme.example>, "
		    "c@acme.example"));
	expect_same(f.cc, absent);
	expect_same(f.subject, STR("R\xc3\xa4kning"));
	expect_same(f.message_id, STR("1@acme.example"));
	expect_same(f.in_reply_to, absent);
	expect_same(f.references, STR("a@x b@x"));
	expect_same(f.automatic, absent);
	expect_same(f.not_examined, absent);
	ck_assert_int_eq(f.examined, EXAMINED_YES);
	ck_assert_uint_eq(f.attachment_count, 2);
	expect_same(f.attachments[0].name, STR("invoice.pdf"));
	expect_same(f.attachments[0].type, STR("application/pdf"));
	ck_assert_uint_eq(f.attachments[0].size_bytes, 1134);
	expect_same(f.attachments[1].name, absent);
	expect_same(f.text.bytes, STR("please pay"));
	facts_finish(&f);
	facts_finish(NULL);
}
END_TEST

START_TEST(people_are_taken_off_one_by_one)
{
	static const struct {
		const char *people, *want; /* "name|mail" of each, ';' behind it */
	} rows[] = {
		{"", ""},
		{"jane@acme.example", "|jane@acme.example;"},
		{"Jane D.", "|Jane D.;"},
		{"Jane Doe <jane@acme.example>, bob@acme.example",
			"Jane Doe|jane@acme.example;|bob@acme.example;"},
		{"bob@acme.example, Jane <jane@acme.example>",
			"|bob@acme.example;Jane|jane@acme.example;"},
		{"\"Jane <eve@x.example>\" <jane@acme.example>",
			"Jane <eve@x.example>|jane@acme.example;"},
		{"\"Roe, R. \\\"Bob\\\"\" <bob@acme.example>, c@acme.example",
			"Roe, R. \\\"Bob\\\"|bob@acme.example;|c@acme.example;"},
		{"\"a, b\"@acme.example, c@acme.example",
			"|\"a, b\"@acme.example;|c@acme.example;"},
		{"\"", "|\";"},
		{"\"a\\", "|\"a\\;"},
		{"<", "|;"},
		{"\"<", "|\"<;"},
		{"a <b, c", "a|b, c;"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str people = str_from(rows[i].people), name, mail;
		struct buf got = {0};
		while (facts_next_person(&people, &name, &mail))
			buf_add_format(&got, "%.*s|%.*s;", STR_ARG(name), STR_ARG(mail));
		ck_assert_str_eq(buf_cstr(&got), rows[i].want);
		buf_finish(&got);
	}
}
END_TEST

START_TEST(what_was_not_examined_is_said)
{
	struct message m;
	struct text text;
	struct facts f;
	fill(&m, &text);
	m.examined = EXAMINED_HEADERS;
	strcpy(m.not_examined, "2311 headers");
	text.cut = true;
	ck_assert_int_eq(facts_from(&m, &text, &f, NULL), 0);
	ck_assert_int_eq(f.examined, EXAMINED_HEADERS);
	expect_same(f.not_examined, STR("2311 headers"));
	facts_finish(&f);
	message_finish(&m);
	fill(&m, &text);
	text.cut = true;
	ck_assert_int_eq(facts_from(&m, &text, &f, NULL), 0);
	ck_assert_int_eq(f.examined, EXAMINED_TEXT_CUT);
	ck_assert_uint_gt(f.not_examined.len, 0);
	facts_finish(&f);
	message_finish(&m);
}
END_TEST

START_TEST(facts_are_read_back_as_they_were_written)
{
	struct message m;
	struct text text;
	struct facts f, back;
	struct error err;
	struct buf json = {0}, again = {0};
	fill(&m, &text);
	m.examined = EXAMINED_STRUCTURE;
	m.automatic = copy(&m.arena, "");
	ck_assert_int_eq(facts_from(&m, &text, &f, &err), 0);
	f.seconds_unknown = f.deleted = true;
	facts_write(&f, &json);
	ck_assert_msg(facts_read(buf_str(&json), &back, &err) == 0, "%s", err.text);
	ck_assert(back.seconds_unknown && back.deleted);
	facts_write(&back, &again);
	expect_same(buf_str(&again), buf_str(&json));
	expect_same(back.automatic, STR(""));
	expect_same(back.cc, f.cc);
	expect_same(back.to, f.to);
	ck_assert_int_eq(back.examined, EXAMINED_STRUCTURE);
	ck_assert_uint_eq(back.attachments[0].size_bytes, 1134);
	expect_same(back.text.bytes, STR("please pay"));
	facts_finish(&back);
	facts_finish(&f);
	message_finish(&m);
	buf_finish(&json);
	buf_finish(&again);
}
END_TEST

START_TEST(facts_of_the_wrong_form_are_refused)
{
	static const char text[] = "\"text\":{\"spans\":[],\"cut\":false}";
	static const struct {
		const char *fields, *want;
	} rows[] = {
		{"\"examined\":true", NULL},
		{"\"examined\":1", "bad 'examined', expected true or false"},
		{"\"examined\":false", "bad 'reason', expected why it was not examined"},
		{"\"examined\":false,\"reason\":\"yes\"",
			"bad 'reason', expected why it was not examined"},
		{"\"examined\":true,\"subject\":[]", "bad 'subject', expected a string or null"},
		{"\"examined\":true,\"attachments\":[{\"size_bytes\":-1}]",
			"bad 'size_bytes', expected a whole number in range"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf json = {0};
		struct facts f;
		struct error err = {0};
		buf_add_format(&json, "{%s,%s}", rows[i].fields, text);
		int result = facts_read(buf_str(&json), &f, &err);
		ck_assert_int_eq(result, rows[i].want ? -1 : 0);
		ck_assert_str_eq(err.text, rows[i].want ? rows[i].want : "");
		if (result == 0)
			facts_finish(&f);
		buf_finish(&json);
	}
}
END_TEST

Suite *facts_suite(void)
{
	Suite *suite = suite_create("facts");
	TCase *all = tcase_create("facts");
	tcase_add_test(all, facts_outlive_the_message_they_were_taken_from);
	tcase_add_test(all, people_are_taken_off_one_by_one);
	tcase_add_test(all, what_was_not_examined_is_said);
	tcase_add_test(all, facts_are_read_back_as_they_were_written);
	tcase_add_test(all, facts_of_the_wrong_form_are_refused);
	suite_add_tcase(suite, all);
	return suite;
}
