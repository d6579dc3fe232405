/* The timeline: order, both sides, what is labelled, and nothing that judges. */
#include "report/timeline.h"
#include "base/clock.h"
#include "suites.h"
#include <stdlib.h>
#include <string.h>

START_TEST(entries_stand_in_order_of_time_then_of_the_log)
{
	struct timeline_entry e[] = {{.evidence = 9, .at = {.at_us = 5}},
		{.evidence = 3, .at = {.at_us = 7}}, {.evidence = 2, .at = {.at_us = 5}}};
	qsort(e, 3, sizeof(*e), timeline_order);
	ck_assert_uint_eq(e[0].evidence, 2);
	ck_assert_uint_eq(e[1].evidence, 9);
	ck_assert_uint_eq(e[2].evidence, 3);
}
END_TEST

static const struct {
	const char *in, *want;
	bool more;
} words[] = {
	{"", "", false},
	{"  \n ", "", false},
	{"one\n\n  two\tthree ", "one two three", false},
	{"caf\xc3\xa9 \xe2\x80\x83 bar", "caf\xc3\xa9 bar", false},
};

START_TEST(first_words_stand_on_one_line)
{
	struct buf out = {0};
	ck_assert(timeline_words(str_from(words[_i].in), &out) == words[_i].more);
	ck_assert_str_eq(buf_cstr(&out), words[_i].want);
	buf_finish(&out);
}
END_TEST

START_TEST(a_long_text_ends_behind_a_word_and_an_endless_word_somewhere)
{
	char text[5000];
	struct buf out = {0};
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = i % 7 == 6 ? ' ' : 'x';
	ck_assert(timeline_words((struct str){text, sizeof(text)}, &out));
	ck_assert_uint_lt(out.len, 500);
	ck_assert_str_eq(strrchr(buf_cstr(&out), ' '), " xxxxxx");
	buf_clear(&out);
	memset(text, 'x', sizeof(text));
	ck_assert(timeline_words((struct str){text, sizeof(text)}, &out));
	ck_assert_uint_lt(out.len, 1000);
	buf_finish(&out);
}
END_TEST

START_TEST(both_sides_stand_with_their_files_and_labels)
{
	struct timeline_entry e[] = {
		{.evidence = 4,
			.kind = TIMELINE_RECEIVED,
			.at = {.at_us = 0, .offset_min = 60},
			.clock_used = CLOCK_RECEIVED,
			.clock_agreed = true,
			.from = STR("jane@acme.example"),
			.subject = STR("A page"),
			.words = STR("Could you"),
			.cut = true,
			.file = STR("messages/000004.eml"),
			.record = STR("records/000004.txt")},
		{.evidence = 5,
			.kind = TIMELINE_SENT,
			.at = {.at_us = HOUR_US, .offset_min = 60},
			.agreement = STR("price"),
			.file = STR("redacted/000005.txt"),
			.redacted = true},
		{.evidence = 6,
			.kind = TIMELINE_SUPPLIED,
			.at = {.at_us = DAY_US, .offset_min = 60},
			.words = STR("a call")},
	};
	static const char *const wanted[] = {"2 messages, 1 of them sent by me, 1 file or note",
		"from 1970-01-01 to 1970-01-02", "Europe/Stockholm", "<code>client:acme</code>",
		"<li class=\"received\" id=\"e4\">", "Thu 1970-01-01 01:00 +01:00</time>",
		"jane@acme.example", "A page", "Could you\xe2\x80\xa6</blockquote>", "E-000004",
		"<a href=\"messages/000004.eml\">message</a>",
		"<a href=\"records/000004.txt\">record</a>", "<li class=\"sent\" id=\"e5\">",
		"words covered", "agreement: price", "(no subject)",
		"<a href=\"redacted/000005.txt\">redacted copy</a>", "supplied by the owner",
		"as stated by the owner"};
	const struct timeline_page t = {TONGUE_EN, STR("Anna"), STR("Europe/Stockholm"), STR("9"),
		STR("client:acme"), e, 3};
	struct buf page = {0};
	struct error err = {0};
	ck_assert_int_eq(timeline_write(&t, &page, &err), 0);
	const char *at = strstr(buf_cstr(&page), "<body>");
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		const char *found = strstr(at, wanted[i]);
		ck_assert_msg(found != NULL, "'%s' is missing, or stands too early", wanted[i]);
		at = found;
	}
	ck_assert_ptr_null(strstr(page.ptr, "script"));
	ck_assert_ptr_nonnull(strstr(page.ptr, "default-src 'none'; style-src 'sha256-"));
	ck_assert_ptr_null(strstr(strstr(page.ptr, "<body>"), "risk"));
	buf_finish(&page);
}
END_TEST

START_TEST(it_is_in_the_language_that_was_asked_for)
{
	const struct timeline_entry e[] = {{.evidence = 4,
						   .kind = TIMELINE_SENT,
						   .words = STR("Hi"),
						   .agreement = STR("prix")},
		{.evidence = 5, .kind = TIMELINE_SUPPLIED, .at = {.at_us = DAY_US}}};
	static const char *const wanted[] = {"<html lang=\"fr\">", "Messages\xc2\xa0: chronologie",
		"1 message, dont 1 de moi, 1 fichier ou note fourni par le propri\xc3\xa9taire, du "
		"01/01/1970 au 02/01/1970. Les heures sont celles de UTC.",
		"jeu 01/01/1970", "envoy\xc3\xa9", "accord\xc2\xa0: prix", "(sans objet)",
		"horloge\xc2\xa0: selon le propri\xc3\xa9taire",
		"Ce qu\xe2\x80\x99"
		"est cette page"};
	const struct timeline_page t = {.tongue = TONGUE_FR, .entries = e, .count = 2};
	struct buf page = {0};
	struct error err = {0};
	ck_assert_int_eq(timeline_write(&t, &page, &err), 0);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		ck_assert_msg(
			strstr(buf_cstr(&page), wanted[i]) != NULL, "'%s' is missing", wanted[i]);
	buf_finish(&page);
}
END_TEST

Suite *timeline_suite(void)
{
	Suite *s = suite_create("report: timeline");
	TCase *t = tcase_create("timeline");
	tcase_add_test(t, entries_stand_in_order_of_time_then_of_the_log);
	tcase_add_loop_test(t, first_words_stand_on_one_line, 0, sizeof(words) / sizeof(*words));
	tcase_add_test(t, a_long_text_ends_behind_a_word_and_an_endless_word_somewhere);
	tcase_add_test(t, both_sides_stand_with_their_files_and_labels);
	tcase_add_test(t, it_is_in_the_language_that_was_asked_for);
	suite_add_tcase(s, t);
	return s;
}
