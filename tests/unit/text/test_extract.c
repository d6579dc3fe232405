/* Messages of several parts: which are read, whose words they are, where a span leads. */
#include "suites.h"

#include "base/limits.h"
#include "text/text_extract.h"
#include <stdio.h>
#include <string.h>

static struct part part_of(const char *type, const char *content)
{
	return (struct part){.type = str_from(type), .content = str_from(content)};
}

static void extracted(const struct message *m, const char *wanted)
{
	struct text text;
	struct buf shown = {0};
	struct error err = {0};
	text_init(&text);
	ck_assert_int_eq(text_extract(m, &text, &err), 0);
	check_spans(&text, 1000);
	show_spans(&text, &shown);
	ck_assert_str_eq(buf_cstr(&shown), wanted);
	buf_finish(&shown);
	text_finish(&text);
}

START_TEST(a_subject_is_new_in_a_first_mail_only)
{
	struct part body = part_of("text/plain", "Hello");
	struct message m = {.subject = STR("A logo"), .parts = &body, .part_count = 1};
	extracted(&m, "new | A logo\nnew | Hello\n");
	m.in_reply_to = STR("x@acme.example");
	extracted(&m, "quoted | A logo\nnew | Hello\n");
	m.in_reply_to = (struct str){0};
	static const char *const prefixes[] = {"Re: A", "RE: A", "SV: A", "AW: A", "Fwd: A",
		"VB: A", "WG: A", "TR: A", "RV: A", "[list] Re: A"};
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		char wanted[100];
		m.subject = str_from(prefixes[i]);
		snprintf(wanted, sizeof(wanted), "quoted | %s\nnew | Hello\n", prefixes[i]);
		extracted(&m, wanted);
	}
	m.subject = STR("Regarding A\r\nLogo");
	extracted(&m, "new | Regarding A  Logo\nnew | Hello\n");
}
END_TEST

START_TEST(the_text_is_subject_empty_line_body)
{
	struct part parts[] = {part_of("text/plain", "One\r\n\r\n"), part_of("text/plain", "Two")};
	struct message m = {.subject = STR("S"), .parts = parts, .part_count = 2};
	struct text text;
	struct error err = {0};
	text_init(&text);
	ck_assert_int_eq(text_extract(&m, &text, &err), 0);
	ck_assert(str_eq(text.bytes, STR("S\n\nOne\n\nTwo\n")));
	ck_assert_int_eq(text.spans[0].part, -1);
	ck_assert_int_eq(text.spans[1].part, 0);
	ck_assert_int_eq(text.spans[2].part, 1);
	ck_assert_uint_eq(text.spans[2].part_end, 3);
	text_finish(&text);
}
END_TEST

START_TEST(the_alternative_that_says_something_is_read)
{
	struct part parts[] = {
		part_of("text/plain", "Plain words"), part_of("text/html", "<p>HTML words")};
	struct message m = {.parts = parts, .part_count = 2};
	parts[1].alternative = true;
	extracted(&m, "new | Plain words\n");
	parts[0].content = STR("\n \n");
	extracted(&m, "new | HTML words\n");
	parts[0].content = STR("No HTML?");
	parts[1].content = STR("<p>Here is all that I really wanted to tell you about the logo");
	extracted(&m, "new | Here is all that I really wanted to tell you about the logo\n");
	parts[0].alternative = true;
	parts[1].alternative = false;
	parts[0].content = STR("Here is all that I really wanted to tell you about the logo");
	extracted(&m, "new | Here is all that I really wanted to tell you about the logo\n");
}
END_TEST

START_TEST(attachments_and_other_types_are_not_read)
{
	struct part parts[] = {part_of("text/plain", "Hello"), part_of("text/plain", "attached"),
		part_of("text/calendar", "BEGIN:VCALENDAR"), part_of("image/png", NULL)};
	struct message m = {.parts = parts, .part_count = 4};
	parts[1].attachment = true;
	extracted(&m, "new | Hello\n");
}
END_TEST

START_TEST(a_forwarded_part_is_nobodys_own_words)
{
	struct part parts[] = {
		part_of("text/plain", "See below"), part_of("text/plain", "Old words")};
	struct message m = {.subject = STR("Fwd: x"), .parts = parts, .part_count = 2};
	parts[1].forwarded = true;
	extracted(&m, "quoted | Fwd: x\nnew | See below\nforwarded | Old words\n");
}
END_TEST

START_TEST(an_automatic_message_is_one_automatic_span)
{
	struct part parts[] = {part_of("text/plain", "I am away"), part_of("text/html", "<p>Away")};
	struct message m = {.subject = STR("Away"), .parts = parts, .part_count = 2};
	m.automatic = STR("Auto-Submitted: auto-replied");
	struct text text;
	struct error err = {0};
	text_init(&text);
	ck_assert_int_eq(text_extract(&m, &text, &err), 0);
	ck_assert_uint_eq(text.span_count, 1);
	ck_assert_int_eq(text.spans[0].kind, SPAN_AUTOMATIC);
	ck_assert_uint_eq(text.spans[0].end, text.bytes.len);
	text_finish(&text);
}
END_TEST

START_TEST(an_empty_message_has_no_span)
{
	struct message m = {0};
	extracted(&m, "");
	struct part empty = part_of("text/plain", "\r\n\r\n");
	m = (struct message){.parts = &empty, .part_count = 1};
	extracted(&m, "");
	empty = part_of("text/html", "");
	extracted(&m, "");
}
END_TEST

static void cut_at_limit(const char *type, const char *unit, size_t bytes)
{
	struct buf body = {0};
	struct text text;
	struct error err = {0};
	while (body.len < bytes)
		buf_add_cstr(&body, unit);
	struct part part = {.type = str_from(type), .content = buf_str(&body)};
	struct message m = {.parts = &part, .part_count = 1};
	text_init(&text);
	ck_assert_int_eq(text_extract(&m, &text, &err), 0);
	check_spans(&text, body.len);
	ck_assert(text.cut);
	ck_assert_uint_le(text.bytes.len, LIMIT_TEXT);
	text_finish(&text);
	buf_finish(&body);
}

START_TEST(a_text_over_the_limit_is_cut_and_says_so)
{
	cut_at_limit("text/plain", "\xc3\xa5 line of words\n", LIMIT_TEXT + 100);
	cut_at_limit("text/plain", "\xe2\x82\xac", LIMIT_TEXT + 100);
	cut_at_limit("text/plain", "\n", LIMIT_TEXT_LINES + 100);
	cut_at_limit("text/html", "words and <b>words</b> &amp; ", 2 * LIMIT_TEXT);
	cut_at_limit("text/html", "<br>", 5 * LIMIT_TEXT_LINES);
}
END_TEST

START_TEST(each_line_of_a_flowed_part_leads_to_its_place)
{
	static const char body[] = "A long \nparagraph.\n> old \n> words\n";
	struct text text;
	struct error err = {0};
	text_init(&text);
	ck_assert_int_eq(text_tag_plain(str_from(body), true, false, &text, &err), 0);
	ck_assert(str_eq(text.bytes, STR("A long paragraph.\n> old words\n")));
	ck_assert_uint_eq(text.span_count, 2);
	ck_assert_uint_eq(text.spans[1].part_start, strlen("A long \nparagraph.\n"));
	ck_assert_uint_eq(text.spans[1].part_end, strlen(body) - 1);
	text_finish(&text);
}
END_TEST

Suite *suite_extract(void)
{
	Suite *suite = suite_create("text of a message");
	TCase *tc = tcase_create("extract");
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_subject_is_new_in_a_first_mail_only);
	tcase_add_test(tc, the_text_is_subject_empty_line_body);
	tcase_add_test(tc, the_alternative_that_says_something_is_read);
	tcase_add_test(tc, attachments_and_other_types_are_not_read);
	tcase_add_test(tc, a_forwarded_part_is_nobodys_own_words);
	tcase_add_test(tc, an_automatic_message_is_one_automatic_span);
	tcase_add_test(tc, an_empty_message_has_no_span);
	tcase_add_test(tc, a_text_over_the_limit_is_cut_and_says_so);
	tcase_add_test(tc, each_line_of_a_flowed_part_leads_to_its_place);
	suite_add_tcase(suite, tc);
	return suite;
}
