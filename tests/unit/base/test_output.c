/* Text of strangers in CSV and HTML. */
#include "base/csv.h"
#include "base/html.h"
#include "expect.h"
#include "suites.h"

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

Suite *output_suite(void)
{
	Suite *suite = suite_create("output");
	TCase *text = tcase_create("csv and html");
	tcase_add_test(text, a_csv_field_is_quoted_and_no_formula);
	tcase_add_test(text, html_text_cannot_leave_its_element_or_attribute);
	suite_add_tcase(suite, text);
	return suite;
}
