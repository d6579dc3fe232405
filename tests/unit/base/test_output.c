/* Text of strangers in CSV, HTML and the log. */
#include "base/csv.h"
#include "base/html.h"
#include "base/log.h"
#include "expect.h"
#include "suites.h"

#include <string.h>
#include <unistd.h>

START_TEST(a_csv_field_is_quoted_and_no_formula)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
		{"", "\"\""},
		{"plain, text", "\"plain, text\""},
		{"say \"hi\"", "\"say \"\"hi\"\"\""},
		{"=1+1", "\"'=1+1\""},
		{"+1", "\"'+1\""},
		{"-1", "\"'-1\""},
		{"@x", "\"'@x\""},
		{"\tx", "\"'\\x09x\""},
		{"\rx", "\"'\\x0dx\""},
		{"a=1", "\"a=1\""},
		{"a\nb", "\"a\\x0ab\""},
		{"\xe2\x80\xaex\xff", "\"\\u202ex\xef\xbf\xbd\""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf got = {0};
		csv_add(&got, str_from(rows[i].in));
		expect_str(buf_str(&got), str_from(rows[i].want));
		buf_finish(&got);
	}
}
END_TEST

START_TEST(html_text_cannot_leave_its_element_or_attribute)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
		{"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
		{"\" onclick=\"", "&quot; onclick=&quot;"},
		{"a & b\n\tc", "a &amp; b\n\tc"},
		{"&amp;", "&amp;amp;"},
		{"\xe2\x80\xae\x1b\xff\xc3\xa5", "\\u202e\\x1b\xef\xbf\xbd\xc3\xa5"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf got = {0};
		html_add(&got, str_from(rows[i].in));
		expect_str(buf_str(&got), str_from(rows[i].want));
		buf_finish(&got);
	}
}
END_TEST

/* Runs with stderr in a pipe; each test is a process of its own. */
static int ends[2];

static void catch_stderr(void)
{
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	close(ends[1]);
}

static struct str caught(char *room, size_t size)
{
	close(STDERR_FILENO);
	size_t len = 0;
	for (ssize_t got; (got = read(ends[0], room + len, size - len)) > 0;)
		len += (size_t)got;
	return (struct str){room, len};
}

START_TEST(an_event_is_one_line_of_named_fields)
{
	char room[8192];
	log_setup(LOG_LEVEL_INFO, 0);
	log_event(LOG_LEVEL_INFO, "synced", "account=%s stored=%d", "stu\ndio\x1b", 7);
	log_event(LOG_LEVEL_DEBUG, "hidden", NULL);
	log_setup(LOG_LEVEL_DEBUG, 1);
	log_event(LOG_LEVEL_DEBUG, "seen", NULL);
	log_event(LOG_LEVEL_ERROR, "bad", "why=%s", "x");
	expect_str(caught(room, sizeof(room)),
		STR("synced account=stu?dio? stored=7\n<7>seen\n<3>bad why=x\n"));
}
END_TEST

START_TEST(a_line_that_is_too_long_is_cut_and_still_ends)
{
	char room[8192], field[5000];
	memset(field, 'f', sizeof(field));
	field[sizeof(field) - 1] = '\0';
	log_setup(LOG_LEVEL_INFO, 0);
	log_event(LOG_LEVEL_INFO, "long", "field=%s", field);
	log_event(LOG_LEVEL_INFO, "next", NULL);
	struct str got = caught(room, sizeof(room));
	ck_assert(str_starts(got, STR("long field=fff")) && str_ends(got, STR("fff\nnext\n")));
	ck_assert_uint_lt(got.len, 2060);
}
END_TEST

Suite *output_suite(void)
{
	Suite *suite = suite_create("output");
	TCase *text = tcase_create("csv and html"), *log = tcase_create("log");
	tcase_add_test(text, a_csv_field_is_quoted_and_no_formula);
	tcase_add_test(text, html_text_cannot_leave_its_element_or_attribute);
	tcase_add_checked_fixture(log, catch_stderr, NULL);
	tcase_add_test(log, an_event_is_one_line_of_named_fields);
	tcase_add_test(log, a_line_that_is_too_long_is_cut_and_still_ends);
	suite_add_tcase(suite, text);
	suite_add_tcase(suite, log);
	return suite;
}
