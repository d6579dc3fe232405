/* Who wrote, counted from From fields as mailboxes have them. */
#include "survey.h"

#include "app_test.h"
#include "base/limits.h"
#include <string.h>

static struct buf counted(const struct str *fields, size_t count)
{
	struct senders senders = {0};
	struct buf all = {0}, out = {0};
	struct error err = {0};
	for (size_t i = 0; i < count; i++)
		fields_add(&all, fields[i]);
	ck_assert_msg(survey_count(buf_str(&all), &senders, &err) == 0, "%s", err.text);
	for (size_t i = 0; i < senders.count; i++)
		buf_add_format(&out, "%u %.*s '%.*s'\n", senders.items[i].messages,
			STR_ARG(senders.items[i].mail), STR_ARG(senders.items[i].name));
	buf_finish(&all);
	senders_finish(&senders);
	return out;
}

START_TEST(an_address_counts_in_any_case_under_its_newest_name)
{
	const struct str fields[] = {
		STR("From: Jane@acme.example\r\n\r\n"),
		STR("From: \"Doe, Jane\" <jane@ACME.example>\r\n\r\n"),
		STR("from: Jane Old <jane@acme.example>\r\n\r\n"),
		STR("From: =?utf-8?q?J=C3=B6rg?=\r\n <joerg@x.example>\r\n\r\n"),
		STR("From: a@one.example, b@two.example\r\n\r\n"),
	};
	struct buf got = counted(fields, sizeof(fields) / sizeof(fields[0]));
	ck_assert_str_eq(buf_cstr(&got),
		"3 Jane@acme.example 'Doe, Jane'\n1 a@one.example ''\n"
		"1 joerg@x.example 'Jörg'\n");
	buf_finish(&got);
}
END_TEST

START_TEST(fields_that_name_nobody_count_for_nobody)
{
	static const char zeros[] = "From: \0x\r\n\r\n";
	const struct str fields[] = {
		STR(""),
		STR("\r\n\r\n"),
		STR("From: \r\n\r\n"),
		STR("From: undisclosed\r\n\r\n"),
		STR("Subject: x <a@b.example>\r\n\r\n"),
		STR("From"),
		{zeros, sizeof(zeros) - 1},
		STR("From: <<<<<\"\"(((((\r\n\r\n"),
	};
	struct buf got = counted(fields, sizeof(fields) / sizeof(fields[0]));
	ck_assert_str_eq(buf_cstr(&got), "");
	buf_finish(&got);
}
END_TEST

START_TEST(of_very_many_the_most_frequent_are_told)
{
	struct senders senders = {0};
	struct buf all = {0}, field = {0};
	struct error err = {0};
	for (int i = 0; i < 3000; i++) {
		buf_clear(&field);
		buf_add_format(&field, "From: n%d@x.example\r\n\r\n", i);
		fields_add(&all, buf_str(&field));
		if (i == 2999)
			fields_add(&all, buf_str(&field));
	}
	ck_assert_msg(survey_count(buf_str(&all), &senders, &err) == 0, "%s", err.text);
	ck_assert_uint_eq(senders.count, 1000);
	ck_assert_uint_eq(senders.items[0].messages, 2);
	ck_assert(str_eq(senders.items[0].mail, STR("n2999@x.example")));
	buf_finish(&all);
	buf_finish(&field);
	senders_finish(&senders);
}
END_TEST

Suite *survey_suite(void)
{
	Suite *suite = suite_create("survey");
	TCase *tests = tcase_create("senders");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, an_address_counts_in_any_case_under_its_newest_name);
	tcase_add_test(tests, fields_that_name_nobody_count_for_nobody);
	tcase_add_test(tests, of_very_many_the_most_frequent_are_told);
	suite_add_tcase(suite, tests);
	return suite;
}
