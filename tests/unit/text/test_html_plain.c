/* HTML read without its structure: nothing that a browser shows is missed. */
#include "suites.h"

#include "text/html_plain.h"

static const struct {
	const char *name;
	bool tags;
	const char *html, *want;
} rows[] = {
	{"a word cut by tags", false, "<p>sec<b class=\"x\">re</b>t</p>", "secret"},
	{"by a comment", false, "sec<!-- a > b -->ret", "secret"},
	{"by a tag with a > in it", false, "sec<b title='a > b'>ret", "secret"},
	{"characters as numbers", false, "&#115;e&#x63;r&#X65t", "secret"},
	{"by name", false, "Caf&eacute; &amp; &ouml &uumlber",
		"Caf\xc3\xa9 & \xc3\xb6 \xc3\xbc"
		"ber"},
	{"numbers and names that are no character", false, "&#; &#x; &#xd800; &#1114112; &x; a<b &",
		"&#; &#x; &#xd800; &#1114112; &x; a<b &"},
	{"within a tag", true, "<img alt=\"s&#101;cret\">", "<img alt=\"secret\">"},
};

START_TEST(what_a_browser_shows_is_found)
{
	struct buf out = {0};
	html_plain(str_from(rows[_i].html), rows[_i].tags, &out);
	ck_assert_msg(str_eq(buf_str(&out), str_from(rows[_i].want)), "%s: '%.*s'", rows[_i].name,
		STR_ARG(buf_str(&out)));
	buf_finish(&out);
}
END_TEST

START_TEST(a_name_that_is_not_known_is_noticed)
{
	ck_assert(html_has_unknown_name(STR("sec&ZeroWidthSpace;ret")));
	ck_assert(!html_has_unknown_name(STR("&eacute; &nbsp; &x; a&b c&Foo &#8203; &amp;Foo;")));
}
END_TEST

START_TEST(a_megabyte_of_beginnings_takes_no_time)
{
	static const char *const beginnings[] = {"<", "&", "<!--", "<\"", "&a"};
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++) {
		struct buf html = {0}, out = {0};
		while (html.len < 1000000)
			buf_add_cstr(&html, beginnings[i]);
		html_plain(buf_str(&html), false, &out);
		html_has_unknown_name(buf_str(&html));
		ck_assert(!out.failed);
		buf_finish(&html);
		buf_finish(&out);
	}
}
END_TEST

Suite *suite_html_plain(void)
{
	Suite *s = suite_create("html_plain");
	TCase *t = tcase_create("html_plain");
	tcase_add_loop_test(t, what_a_browser_shows_is_found, 0, sizeof(rows) / sizeof(*rows));
	tcase_add_test(t, a_name_that_is_not_known_is_noticed);
	tcase_add_test(t, a_megabyte_of_beginnings_takes_no_time);
	suite_add_tcase(s, t);
	return s;
}
