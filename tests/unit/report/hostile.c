/* Mail that would like to run, hide or break out, in every form of the report. */
#include "base/json.h"
#include "base/utf8.h"
#include "report/decision.h"
#include "report/timeline.h"
#include "sample.h"
#include "suites.h"
#include <string.h>

static const char *const hostile[] = {
	"<script>alert(1)</script>",
	"\"><img src=x onerror=alert(1)>",
	"' onmouseover='alert(1)",
	"</blockquote></mark></li></style><style>body{display:none}</style>",
	"<svg/onload=alert(1)>",
	"<!-- -->]]><![CDATA[ <b>",
	"javascript:alert(1) &lt;script&gt; &#60;b&#62;",
	"left \xe2\x80\xae"
	"right \xe2\x81\xa6over",
	"\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07link \x9b 7",
	"zero\xe2\x80\x8bwidth and \xef\xbb\xbf"
	"a mark",
	"\xff\xfe broken \xc3 utf-8 \xed\xa0\x80",
	"=HYPERLINK(\"http://evil.example\")",
	"%s%n%1000000d",
	"line\r\nline\ttab\x0b\x0c",
};
#define HOSTILE_COUNT (sizeof(hostile) / sizeof(hostile[0]))

/* Time to let a client go whose settings and mails are all that. */
static void add_decision(struct report_client *c, struct str bad)
{
	static struct str list[2];
	struct error err = {0};
	list[0] = list[1] = bad;
	const struct strs both = {list, 2};
	const struct decision_plan plan = {
		.contract = {.present = true,
			.includes = both,
			.excludes = both,
			.rate = bad,
			.notice_days = 30},
		.owed = both,
		.i_owe = both,
		.me = bad,
		.today = 20524,
		.last_day = 20554,
		.last_working_day = 20553,
	};
	const struct agreement agreement = {.evidence = 1, .kinds = bad, .subject = bad};
	ck_assert_int_eq(decision_begin(c, &plan, &err), 0);
	ck_assert_int_eq(decision_add_agreement(c, &agreement, &err), 0);
}

/* Everything that can come from outside is this string. */
static void fill(struct report *r, const char *bad)
{
	report_init(r);
	r->overview = true;
	r->owner = r->zone = r->version = str_from(bad);
	struct report_client *c = report_add_client(r, str_from(bad), str_from(bad));
	ck_assert_ptr_nonnull(c);
	c->trend = TREND_STEADY;
	const struct sample_cause causes[] = {
		{"2026-03-02", 1, bad, SIGN_URGENCY, 2, 30, bad, FATE_COUNTS}, {0}};
	sample_risk(c, causes, BAND_CALM);
	const struct sample_message m = {.evidence = 1,
		.at = "2026-03-02T10:00:00Z",
		.from = bad,
		.subject = bad,
		.text = bad,
		.findings = {FOUND(bad, SIGN_URGENCY, 2, bad, .note = bad),
			FOUND(bad, SIGN_HARMFUL_REQUEST, 4, bad, .note = bad)}};
	struct error err = {0};
	add_decision(c, str_from(bad));
	sample_add(c, &m);
	ck_assert_int_eq(report_client_end(c, &err), 0);
	c->risk.band = BAND_DECIDE;
	ck_assert_int_eq(decision_end(c, &err), 0);
	ck_assert(c->decision->letter.len);
}

/* Tags that the page is made of; those of the second list have no end tag. */
static const char *const tags[] = {"html", "head", "title", "style", "body", "header", "main",
	"footer", "section", "nav", "h1", "h2", "h3", "h4", "p", "a", "table", "caption", "thead",
	"tbody", "tr", "th", "td", "span", "small", "code", "div", "dl", "dt", "dd", "ol", "ul",
	"li", "time", "blockquote", "strong", "mark", "bdi", "details", "summary", "svg", "text",
	"g", NULL};
static const char *const bare_tags[] = {
	"!doctype", "meta", "br", "rect", "line", "circle", "polyline", "path", NULL};
static const char *const attributes[] = {"lang", "charset", "http-equiv", "content", "name",
	"class", "id", "href", "scope", "colspan", "datetime", "dir", "data-label", "aria-hidden",
	"aria-label", "tabindex", "viewBox", "preserveAspectRatio", "role", "width", "height", "x",
	"y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "points", "html", "tabindex", NULL};

static bool among(struct str word, const char *const *list)
{
	for (; *list; list++)
		if (str_eq(word, str_from(*list)))
			return true;
	return false;
}

/* Takes one attribute off the inside of a tag; no scheme but a place in the page. */
static void check_attribute(struct str *rest)
{
	size_t end = 0, quote;
	while (end < rest->len && !strchr("= />", rest->ptr[end]))
		end++;
	struct str name = str_slice(*rest, 0, end), value = {0};
	ck_assert_msg(among(name, attributes), "attribute '%.*s'", STR_ARG(name));
	*rest = str_slice(*rest, end, rest->len);
	if (!rest->len || rest->ptr[0] != '=')
		return;
	ck_assert_msg(rest->len > 1 && rest->ptr[1] == '"', "'%.*s' unquoted", STR_ARG(name));
	value = str_slice(*rest, 2, rest->len);
	ck_assert(str_find(value, STR("\""), &quote));
	*rest = str_slice(value, quote + 1, value.len);
	value = str_slice(value, 0, quote);
	if (str_eq(name, STR("href")))
		ck_assert(str_starts(value, STR("#c")) || str_eq(value, STR("messages/1.eml")));
}

static void check_tag(struct str inside, struct str *open, size_t *depth)
{
	bool ends = inside.len && inside.ptr[0] == '/';
	bool closed = inside.len && inside.ptr[inside.len - 1] == '/';
	struct str rest = str_slice(inside, ends, inside.len - closed), name;
	str_split(&rest, ' ', &name);
	ck_assert_msg(among(name, tags) || among(name, bare_tags), "tag '%.*s'", STR_ARG(name));
	while ((rest = str_trim(rest)).len)
		check_attribute(&rest);
	if (ends) {
		ck_assert_uint_gt(*depth, 0);
		ck_assert_msg(str_eq(open[--*depth], name), "'%.*s' ends '%.*s'", STR_ARG(name),
			STR_ARG(open[*depth]));
	} else if (!closed && among(name, tags)) {
		ck_assert_uint_lt(*depth, 40);
		open[(*depth)++] = name;
	}
}

/* Every tag is ours, every tag that begins ends, and text holds no quote of its own. */
static void check_page(struct str page)
{
	struct str open[40];
	size_t depth = 0, at, end;
	while (str_find(page, STR("<"), &at)) {
		page = str_slice(page, at + 1, page.len);
		ck_assert(str_find(page, STR(">"), &end));
		check_tag(str_slice(page, 0, end), open, &depth);
		page = str_slice(page, end + 1, page.len);
	}
	ck_assert_uint_eq(depth, 0);
}

/* Nothing that a terminal, a browser or a spreadsheet would act on. */
static void check_visible(struct str s, bool crlf)
{
	int32_t c;
	ck_assert(utf8_valid(s));
	for (size_t at = 0; (c = utf8_next(s, &at)) >= 0;)
		ck_assert_msg(c == '\n' || (c == '\r' && crlf) || c == '\t' || !utf8_is_control(c),
			"U+%04X at %zu", (unsigned)c, at);
}

static void check_json(struct str lines)
{
	struct str line;
	while (str_line(&lines, &line)) {
		struct json_document *d = NULL;
		struct error err = {0};
		ck_assert_msg(!json_parse(line, &d, &err), "%s", err.text);
		json_free(d);
	}
}

START_TEST(the_page_is_made_of_our_tags_only)
{
	struct report r;
	struct sample_output got = {0};
	fill(&r, hostile[_i]);
	sample_write(&r, "html", &got);
	check_page(buf_str(&got.bytes));
	check_visible(buf_str(&got.bytes), false);
	buf_finish(&got.bytes);
	report_finish(&r);
}
END_TEST

START_TEST(the_timeline_is_made_of_our_tags_only)
{
	struct str bad = str_from(hostile[_i]);
	struct buf page = {0};
	struct error err = {0};
	const struct timeline_entry entry = {.evidence = 1,
		.from = bad,
		.subject = bad,
		.words = bad,
		.agreement = bad,
		.file = STR("messages/1.eml")};
	const struct timeline_page t = {TONGUE_EN, bad, bad, bad, bad, &entry, 1};
	ck_assert_int_eq(timeline_write(&t, &page, &err), 0);
	check_page(buf_str(&page));
	check_visible(buf_str(&page), false);
	buf_finish(&page);
}
END_TEST

START_TEST(text_and_rows_hold_nothing_that_acts)
{
	struct report r;
	fill(&r, hostile[_i]);
	for (size_t i = 0; i < report_writer_count; i++) {
		struct sample_output got = {0};
		const char *form = report_writers[i].name;
		size_t at;
		sample_write(&r, form, &got);
		if (!strcmp(form, "json"))
			check_json(buf_str(&got.bytes));
		else
			check_visible(buf_str(&got.bytes), !strcmp(form, "csv"));
		if (!strcmp(form, "csv"))
			ck_assert(!str_find(buf_str(&got.bytes), STR("\"=HYPER"), &at));
		buf_finish(&got.bytes);
	}
	report_finish(&r);
}
END_TEST

START_TEST(the_sample_page_is_sound)
{
	struct report r;
	struct sample_output got = {0};
	sample_report(&r);
	sample_write(&r, "html", &got);
	check_page(buf_str(&got.bytes));
	buf_finish(&got.bytes);
	report_finish(&r);
}
END_TEST

START_TEST(a_subject_of_100_kb_is_one_line)
{
	struct report r;
	char *subject = malloc(100001);
	memset(subject, '<', 100000);
	subject[100000] = '\0';
	report_init(&r);
	struct report_client *c = report_add_client(&r, STR("c"), STR("c"));
	c->trend = TREND_STEADY;
	const struct sample_message m = {.evidence = 1,
		.at = "2026-03-02T10:00:00Z",
		.from = subject,
		.subject = subject,
		.text = "now",
		.findings = {FOUND("urgency/x", SIGN_URGENCY, 2, "now")}};
	sample_add(c, &m);
	r.overview = true;
	for (size_t i = 0; i < report_writer_count; i++) {
		struct sample_output got = {0};
		sample_write(&r, report_writers[i].name, &got);
		ck_assert_uint_lt(got.bytes.len, 60000);
		buf_finish(&got.bytes);
	}
	report_finish(&r);
	free(subject);
}
END_TEST

Suite *hostile_suite(void)
{
	Suite *s = suite_create("report: hostile");
	TCase *t = tcase_create("hostile");
	tcase_add_loop_test(t, the_page_is_made_of_our_tags_only, 0, HOSTILE_COUNT);
	tcase_add_loop_test(t, the_timeline_is_made_of_our_tags_only, 0, HOSTILE_COUNT);
	tcase_add_loop_test(t, text_and_rows_hold_nothing_that_acts, 0, HOSTILE_COUNT);
	tcase_add_test(t, the_sample_page_is_sound);
	tcase_add_test(t, a_subject_of_100_kb_is_one_line);
	suite_add_tcase(s, t);
	return s;
}
