/* HTML in pieces, and HTML that wants to be slow, deep or unread. */
#include "suites.h"

#include "base/limits.h"
#include "html.h"
#include "text/text_extract.h"
#include <string.h>

static void lines_show(const struct lines *l, struct buf *out)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct line *line = &l->items[i];
		buf_add_format(out, "%u %d %u %d|", line->depth, (int)line->hint, line->box,
			(int)line->ruled);
		buf_add_str(out, line_source(l, i));
		buf_add_char(out, '\n');
	}
	for (size_t i = 0; i < l->run_count; i++)
		buf_add_format(out, "%zu-%zu from %zu-%zu %d\n", l->runs[i].start, l->runs[i].end,
			l->runs[i].part_start, l->runs[i].part_end, (int)l->runs[i].hidden);
}

static void read_in(struct str html, size_t chunk, struct buf *out)
{
	struct lines lines = {0};
	struct error err = {0};
	ck_assert_int_eq(html_read(html, chunk, &lines, &err), 0);
	lines_show(&lines, out);
	lines_finish(&lines);
}

static const char *const pieces[] = {
	"<p>Hello <b>wor</b>ld &amp; &eacute;t&#233; \xc3\xa9t\xc3\xa9<br>second<div>third</div>",
	"<meta charset=iso-8859-1><p>\xc3\xa5\xc3\xa4\xc3\xb6<p>\xe2\x82\xac",
	"<ul><li>one<li>two</ul><table><tr><td>a<td>b<tr><td>c</table>tail",
	"<div class=\"gmail_quote\">On x <a@b.example> wrote:<blockquote>q</blockquote>a</div>",
	"<style>p { } </style><script>if (a<b) x('</p>')</script>seen<!-- not --> too<!x>y",
	"a</html>b</body>c<html><body>d",
	"a</html<>b</body/>c</HTML\n>d<$e f</di<table>>g",
	"<pre>one\n  two\r\n\nthree</pre>four",
	"<span style='display:none'>hidden <b>deep</b></span> shown",
	"<a href='x>y' title=\"<p>\">link</a><b <i>odd</b>< b>&#0;&#x110000;&unknown;&",
	"<blockquote type=cite><p>a<blockquote type=cite>b</blockquote></blockquote>c",
	"<d\" d=\"b>utter nonsense\" e>c",
	"<i 1=\"b c=\"d>utter nonsense\">e",
	"<i b/=\"c d=\"e>utter nonsense\">f",
};

START_TEST(html_reads_the_same_in_pieces_of_any_size)
{
	struct str html = str_from(pieces[_i]);
	struct buf whole = {0}, part = {0};
	read_in(html, HTML_CHUNK, &whole);
	for (size_t size = 1; size <= html.len; size++) {
		buf_clear(&part);
		read_in(html, size, &part);
		ck_assert_str_eq(buf_cstr(&whole), buf_cstr(&part));
	}
	buf_finish(&whole);
	buf_finish(&part);
}
END_TEST

static void tagged(const char *html, const char *wanted)
{
	struct text text;
	struct buf shown = {0};
	struct error err = {0};
	text_init(&text);
	ck_assert_int_eq(text_tag_html(str_from(html), &text, &err), 0);
	check_spans(&text, strlen(html));
	show_spans(&text, &shown);
	ck_assert_str_eq(buf_cstr(&shown), wanted);
	buf_finish(&shown);
	text_finish(&text);
}

/* HTML Living Standard, section 13.2.5: where quotes open a value and where they are junk. */
START_TEST(a_tag_ends_where_it_ends_in_browsers)
{
	tagged("a<i b=c\"d></html>e\"><p>f", "new | ae\">\nnew | f\n");
	tagged("a<i b=/\"c>d\">e", "new | ad\">e\n");
	tagged("a<i \"b=\"c>d\">e", "new | ae\n");
	tagged("a<i 1=\"b c=\"d>e\">f", "new | ae\">f\n");
	tagged("a<i b/=\"c>d\">e", "new | ad\">e\n");
	tagged("a<i\"b=\"c>d\">e", "new | ad\">e\n");
	tagged("a<i b\fc = \"d>e\"f='g>h'>i", "new | ai\n");
	tagged("a<i aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1=\"b>c\">d",
		"new | ad\n");
	tagged("a<:b>c<_d \"e", "new | a:b>c_d \"e\n");
}
END_TEST

START_TEST(what_browsers_show_behind_the_end_is_read)
{
	tagged("<html><body>a</body></html><p>behind", "new | a\nnew | behind\n");
	tagged("x<!-- --><!---->y<!-->z", "new | xyz\n");
	tagged("ur<!x>gent<![endif]>ly", "new | urgently\n");
	tagged("a<!-- x --!>b<!----!>c<!--!>d-->e<!---!>f-->g", "new | abceg\n");
	tagged("<p>a<script>no</script>b<style>no</style>c", "new | abc\n");
	tagged("</p>a</div></b></x>b", "new | ab\n");
	tagged("5 < 6 & 7 > 3", "new | 5 < 6 & 7 > 3\n");
}
END_TEST

/* Text with `unit` before it, again and again. */
static void repeat(struct buf *out, const char *unit, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add_cstr(out, unit);
}

static void read_big(const struct buf *html, struct text *text)
{
	struct error err = {0};
	text_init(text);
	ck_assert_int_eq(text_tag_html(buf_str(html), text, &err), 0);
	check_spans(text, html->len);
}

START_TEST(words_below_any_depth_are_read_and_unsure)
{
	static const char *const units[] = {
		"<div>", "<b>", "<table><tr><td>", "<i></x>", "<p><font>"};
	struct buf html = {0};
	struct text text;
	repeat(&html, units[_i], (1 << 20) / strlen(units[_i]));
	buf_add_cstr(&html, "the deepest words");
	read_big(&html, &text);
	ck_assert(str_find(text.bytes, STR("the deepest words"), &(size_t){0}));
	const struct span *last = &text.spans[text.span_count - 1];
	ck_assert_int_eq(last->kind, SPAN_NEW);
	ck_assert(last->unsure);
	buf_finish(&html);
	text_finish(&text);
}
END_TEST

START_TEST(floods_end_with_the_words_behind_them)
{
	static const struct {
		const char *head, *unit, *tail;
	} floods[] = {
		{"<p ", "a%zu=b ", ">words"},
		{"<p class='", "gmail_quote ", "'>words"},
		{"<p style='", "color:white;", "'>words"},
		{"", "<a></b></i>", "words"},
		{"<div>", "</p></span></q>", "words"},
		{"", "&amp;&lt;&#65;", " words"},
		{"", "<!---->", "words"},
		{"", "<!-->", "words"},
		{"<!--", "--x>", "--!>words"},
		{"", "<", " words"},
		{"<ul>", "<li>", "words"},
		{"", "<p>> ", "</p>words"},
		{"", "<br>a<", "<p>words"},
	};
	struct buf html = {0};
	struct text text;
	buf_add_cstr(&html, floods[_i].head);
	repeat(&html, floods[_i].unit, (1 << 19) / strlen(floods[_i].unit));
	buf_add_cstr(&html, floods[_i].tail);
	read_big(&html, &text);
	ck_assert(str_find(text.bytes, STR("words"), &(size_t){0}) || text.cut);
	buf_finish(&html);
	text_finish(&text);
}
END_TEST

START_TEST(words_behind_a_cut_attribute_are_unsure)
{
	struct buf html = {0};
	struct text text;
	buf_add_cstr(&html, "<p>whole</p><p ");
	for (int i = 0; i < LIMIT_HTML_ATTRIBUTES + _i; i++)
		buf_add_format(&html, "a%d=b ", i);
	buf_add_cstr(&html, ">words</p>");
	read_big(&html, &text);
	ck_assert(str_starts(text.bytes, STR("whole\n")));
	ck_assert(!text.spans[0].unsure);
	ck_assert_int_eq(text.spans[text.span_count - 1].unsure, _i > 0);
	buf_finish(&html);
	text_finish(&text);
}
END_TEST

START_TEST(a_span_leads_to_its_place_in_the_markup)
{
	static const char html[] =
		"<p>Hi there</p><blockquote type=\"cite\">old words</blockquote>";
	struct text text;
	struct error err = {0};
	text_init(&text);
	ck_assert_int_eq(text_tag_html(str_from(html), &text, &err), 0);
	const struct span *quoted = &text.spans[text.span_count - 1];
	ck_assert_int_eq(quoted->kind, SPAN_QUOTED);
	struct str from = str_slice(str_from(html), quoted->part_start, quoted->part_end);
	ck_assert(str_find(from, STR("old words"), &(size_t){0}));
	ck_assert(!str_find(from, STR("there"), &(size_t){0}));
	text_finish(&text);
}
END_TEST

Suite *suite_html(void)
{
	Suite *suite = suite_create("HTML");
	TCase *tc = tcase_create("html");
	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(
		tc, html_reads_the_same_in_pieces_of_any_size, 0, sizeof(pieces) / sizeof(*pieces));
	tcase_add_test(tc, a_tag_ends_where_it_ends_in_browsers);
	tcase_add_test(tc, what_browsers_show_behind_the_end_is_read);
	tcase_add_loop_test(tc, words_below_any_depth_are_read_and_unsure, 0, 5);
	tcase_add_loop_test(tc, floods_end_with_the_words_behind_them, 0, 13);
	tcase_add_loop_test(tc, words_behind_a_cut_attribute_are_unsure, 0, 2);
	tcase_add_test(tc, a_span_leads_to_its_place_in_the_markup);
	suite_add_tcase(suite, tc);
	return suite;
}
