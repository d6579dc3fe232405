/* Date headers: RFC 5322, obsolete and odd forms, and thousands of real ones. */
#include "base/clock.h"
#include "base/file.h"
#include "message/message_parse.h"
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>

static const struct row {
	const char *in;
	const char *want; /* RFC 3339 with the offset as written; NULL: no date */
} rows[] = {
	{"Mon, 02 Mar 2026 09:04:05 +0100", "2026-03-02T09:04:05+01:00"},
	{"2 Mar 2026 09:04 -0500", "2026-03-02T09:04:00-05:00"},
	{" Mon,\r\n 2 Mar 2026\r\n\t09:04:05 +0100 (CET)", "2026-03-02T09:04:05+01:00"},
	{"Mon, 2 Mar 2026 (a (nested \\) comment)) 09:04:05 +0000", "2026-03-02T09:04:05+00:00"},
	{"Wed, 20 Sep 1995 00:19:00 (EDT) -0400", "1995-09-20T00:19:00-04:00"},
	{"Mon, 2 Mar 2026 09 : 04 : 05 GMT", "2026-03-02T09:04:05+00:00"},
	{"Mon, 2 Mar 2026 09:04:05 EST", "2026-03-02T09:04:05-05:00"},
	{"Mon, 2 Mar 2026 09:04:05 pdt", "2026-03-02T09:04:05-07:00"},
	{"Mon, 2 Mar 2026 09:04:05 CEST", "2026-03-02T09:04:05+00:00"},
	{"Mon, 2 Mar 2026 09:04:05 -0000", "2026-03-02T09:04:05+00:00"},
	{"Mon, 2 Mar 2026 09:04:05 +0530", "2026-03-02T09:04:05+05:30"},
	{"Mon, 2 Mar 2026 09:04:05 0530", "2026-03-02T09:04:05+05:30"},
	{"Mon, 2 Mar 2026 09:04:05 +05:30", "2026-03-02T09:04:05+05:30"},
	{"Mon, 2 Mar 2026 09:04:05 +9999", "2026-03-02T09:04:05+00:00"},
	{"Mon, 2 Mar 26 09:04:05 +0000", "2026-03-02T09:04:05+00:00"},
	{"Fri, 2 Mar 79 09:04:05 +0000", "1979-03-02T09:04:05+00:00"},
	{"Fri, 2 Mar 126 09:04:05 +0000", "2026-03-02T09:04:05+00:00"},
	{"Mon Mar  2 09:04:05 2026", "2026-03-02T09:04:05+00:00"},
	{"Mon Mar  2 09:04:05 EST 2026", "2026-03-02T09:04:05-05:00"},
	{"Mon Mar  2 09:04:05 2026 +0100", "2026-03-02T09:04:05+01:00"},
	{"Mar 2 09:04:05 2026", "2026-03-02T09:04:05+00:00"},
	{"lun., 2 Mar 2026 09:04:05 +0100", "2026-03-02T09:04:05+01:00"},
	{"m\xc3\xa5n, 2 Mar 2026 09:04:05 +0100", "2026-03-02T09:04:05+01:00"},
	{"Mon,2 March 2026 9:4:5 +0100", "2026-03-02T09:04:05+01:00"},
	{"02-Mar-2026 09:04:05 +0100", "2026-03-02T09:04:05+01:00"},
	{"Mon, 2 Mar 2026 09.04.05 +0100", "2026-03-02T09:04:05+01:00"},
	{"Mon, 2 Mar 2026 09:04:05.123 +0100", "2026-03-02T09:04:05+01:00"},
	{"Sat, 31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00+00:00"},
	{"Thu, 29 Feb 2024 12:00:00 +0000", "2024-02-29T12:00:00+00:00"},
	{"Wed, 29 Feb 2023 12:00:00 +0000", NULL},
	{"Mon, 2 Mar 2026 24:04:05 +0100", NULL},
	{"Mon, 2 Mar 2026 09:60:05 +0100", NULL},
	{"Mon, 32 Mar 2026 09:04:05 +0100", NULL},
	{"Mon, 2 Foo 2026 09:04:05 +0100", NULL},
	{"Mon, 2 Mar 20266 09:04:05 +0100", NULL},
	{"Mon, 2 Mar 2026", NULL},
	{"2026-03-02 09:04:05", NULL},
	{"tomorrow", NULL},
	{"", NULL},
	{"(((((", NULL},
};

START_TEST(a_date_header_is_an_instant_and_the_offset_as_written)
{
	const struct row *row = &rows[_i];
	int64_t at_us = 42;
	int offset = 42;
	char text[TIME_TEXT_SIZE];
	bool parsed = date_header_parse(str_from(row->in), &at_us, &offset);
	ck_assert_msg(parsed == (row->want != NULL), "'%s'", row->in);
	if (!parsed) {
		ck_assert_msg(at_us == 42 && offset == 42, "'%s' touched its output", row->in);
		return;
	}
	time_format(at_us, offset, false, text);
	ck_assert_str_eq(text, row->want);
}
END_TEST

/* The n-th field of a line that tabs divide. */
static struct str field(struct str line, int n)
{
	struct str part = {0};
	while (n-- >= 0)
		if (!str_split(&line, '\t', &part))
			return (struct str){0};
	return part;
}

START_TEST(thousands_of_real_dates_are_the_instants_of_the_oracle)
{
	struct error err = {0};
	struct buf bytes = {0};
	const char *path = TEST_DATA "/time/date_oracle.tsv";
	if (!file_exists(path)) {
		printf("skipped: %s is not there to compare dates with\n", path);
		return;
	}
	ck_assert_msg(file_read(path, 1 << 24, &bytes, &err) == 0, "%s", err.text);
	struct str rest = buf_str(&bytes), line;
	size_t compared = 0;
	str_line(&rest, &line);
	while (str_line(&rest, &line)) {
		struct str header = field(line, 1), epoch = field(line, 2);
		int64_t at_us;
		int offset;
		/* the header's year may be 102: the epoch is negative then */
		bool before = str_starts(epoch, STR("-"));
		uint64_t want;
		ck_assert(
			str_to_u64(str_slice(epoch, before, epoch.len), UINT64_C(1) << 40, &want));
		ck_assert_msg(
			date_header_parse(header, &at_us, &offset), "'%.*s'", STR_ARG(header));
		ck_assert_msg(at_us == (int64_t)want * (before ? -SECOND_US : SECOND_US), "'%.*s'",
			STR_ARG(header));
		compared++;
	}
	ck_assert_uint_gt(compared, 7000);
	buf_finish(&bytes);
}
END_TEST

Suite *date_suite(void)
{
	Suite *s = suite_create("message: dates");
	TCase *c = tcase_create("dates");
	tcase_add_loop_test(c, a_date_header_is_an_instant_and_the_offset_as_written, 0,
		sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(c, thousands_of_real_dates_are_the_instants_of_the_oracle);
	suite_add_tcase(s, c);
	return s;
}
