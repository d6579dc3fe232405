/* The forms byte for byte, and what must hold of every page. GOLDEN=write in the environment
   writes the files anew, to be looked at before they are committed. */
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "sample.h"
#include "suites.h"
#include <string.h>

static struct report report;

static void set_up(void)
{
	sample_report(&report);
}

static void tear_down(void)
{
	report_finish(&report);
}

/* The first client alone. */
static void only_first(struct report *one)
{
	*one = report;
	one->overview = false;
	one->client_count = 1;
}

static const struct {
	const char *form, *file;
	bool alone, all;
} goldens[] = {
	{"text", "all.txt", false, true},
	{"text", "one.txt", true, false},
	{"html", "all.html", false, false},
	{"html", "one.html", true, false},
	{"json", "all.jsonl", false, false},
	{"csv", "all.csv", false, false},
};

START_TEST(every_form_is_what_it_was)
{
	struct report one;
	struct error err = {0};
	struct sample_output got = {0};
	struct buf want = {0};
	only_first(&one);
	one.all = report.all = goldens[_i].all;
	sample_write(goldens[_i].alone ? &one : &report, goldens[_i].form, &got);
	char *path = file_join(TESTS_DIR "/golden/report", goldens[_i].file);
	const char *mode = getenv("GOLDEN");
	if (mode && !strcmp(mode, "write"))
		ck_assert_int_eq(file_write_atomic(path, buf_str(&got.bytes), 0644, &err), 0);
	ck_assert_msg(!file_read(path, MIB, &want, &err), "%s", err.text);
	ck_assert_msg(str_eq(buf_str(&got.bytes), buf_str(&want)),
		"%s differs: GOLDEN=write, then look at git diff", path);
	buf_finish(&want);
	buf_finish(&got.bytes);
	free(path);
}
END_TEST

START_TEST(one_clients_report_shows_nothing_of_another)
{
	struct report one;
	only_first(&one);
	for (size_t i = 0; i < report_writer_count; i++) {
		struct sample_output got = {0};
		size_t at;
		sample_write(&one, report_writers[i].name, &got);
		ck_assert_msg(!str_find(buf_str(&got.bytes), STR("bright"), &at), "%s",
			report_writers[i].name);
		buf_finish(&got.bytes);
	}
}
END_TEST

START_TEST(only_text_has_colour)
{
	for (size_t i = 0; i < report_writer_count; i++) {
		struct sample_output got = {0};
		sample_write(&report, report_writers[i].name, &got);
		ck_assert_int_eq(got.colored, !strcmp(report_writers[i].name, "text"));
		buf_finish(&got.bytes);
	}
}
END_TEST

START_TEST(each_client_is_one_json_object_whose_lines_add_up)
{
	struct sample_output got = {0};
	struct str rest, line;
	size_t lines = 0;
	sample_write(&report, "json", &got);
	for (rest = buf_str(&got.bytes); str_line(&rest, &line); lines++) {
		struct json_document *d = NULL;
		struct error err = {0};
		ck_assert_msg(!json_parse(line, &d, &err), "%s", err.text);
		ck_assert_int_eq(json_to_int(json_get(json_root(d), "schema"), 0), 1);
		ck_assert_uint_eq(json_count(json_get(json_root(d), "causes")),
			report.clients[lines].risk.cause_count);
		json_free(d);
	}
	ck_assert_uint_eq(lines, 2);
	buf_finish(&got.bytes);
}
END_TEST

static int64_t number_at(const struct json_value *root, const char *key)
{
	int64_t number = json_to_int(json_get(root, key), -1);
	ck_assert_msg(number >= 0, "no %s", key);
	return number;
}

/* A fact of the page is "<dt>name</dt><dd>3</dd>". */
static void expect_fact(const struct buf *page, const char *name, int64_t number)
{
	struct buf fact = {0};
	buf_add_format(&fact, "<dt>%s</dt><dd>%lld</dd>", name, (long long)number);
	ck_assert_msg(strstr(page->ptr, buf_cstr(&fact)) != NULL, "not on the page: %s", fact.ptr);
	buf_finish(&fact);
}

static void expect_own_side(const struct buf *page, const struct json_value *root)
{
	const struct json_value *own = json_get(root, "own");
	int64_t minutes = number_at(json_get(root, "replies"), "median_minutes");
	struct buf wait = {0};
	expect_fact(page, "Incoming", number_at(root, "incoming"));
	expect_fact(page, "Sent by me", number_at(own, "sent"));
	expect_fact(page, "Of these outside my hours", number_at(own, "outside_hours"));
	expect_fact(page, "Of these at night", number_at(own, "night"));
	expect_fact(page, "Findings in my own words", number_at(own, "findings"));
	buf_add_format(&wait, "<dt>They answer within (median)</dt><dd>%d hours</dd>",
		(int)(minutes + 30) / 60);
	ck_assert_ptr_nonnull(strstr(page->ptr, buf_cstr(&wait)));
	buf_finish(&wait);
}

static int64_t sum_of(const struct json_value *items, const char *key)
{
	int64_t sum = 0;
	for (size_t i = 0; i < json_count(items); i++)
		sum += number_at(json_at(items, i), key);
	return sum;
}

/* Each apology and payment, with its evidence and words. */
static void expect_credits(const struct buf *page, const struct json_value *credits)
{
	ck_assert_uint_gt(json_count(credits), 0);
	for (size_t i = 0; i < json_count(credits); i++) {
		const struct json_value *x = json_at(credits, i);
		struct str id = json_to_str(json_get(x, "evidence"));
		const char *part = strstr(page->ptr, "<ul class=\"credits\">");
		ck_assert_ptr_nonnull(part);
		const char *end = strstr(part, "</ul>");
		const char *found = memmem(part, (size_t)(end - part), id.ptr, id.len);
		ck_assert_msg(found != NULL, "%.*s", STR_ARG(id));
	}
}

START_TEST(the_page_and_the_object_for_programs_say_the_same)
{
	struct sample_output page = {0}, lines = {0};
	struct str rest, line;
	struct json_document *d = NULL;
	struct report one;
	only_first(&one);
	sample_write(&one, "html", &page);
	sample_write(&one, "json", &lines);
	buf_cstr(&page.bytes);
	rest = buf_str(&lines.bytes);
	ck_assert(str_line(&rest, &line));
	ck_assert_int_eq(json_parse(line, &d, NULL), 0);
	const struct json_value *root = json_root(d), *course = json_get(root, "course");
	expect_own_side(&page.bytes, root);
	expect_credits(&page.bytes, json_get(root, "credits"));
	ck_assert_int_eq(sum_of(json_get(root, "weeks"), "incoming"), number_at(root, "incoming"));
	ck_assert_uint_eq(json_count(course), one.clients[0].point_count);
	ck_assert_uint_eq(json_count(json_get(root, "months")), one.clients[0].month_count);
	json_free(d);
	buf_finish(&lines.bytes);
	buf_finish(&page.bytes);
}
END_TEST

/* The value of one base64 digit. */
static unsigned digit(char c)
{
	return (unsigned)(c >= 'A' && c <= 'Z' ? c - 'A'
			: c >= 'a' && c <= 'z' ? c - 'a' + 26
			: c >= '0' && c <= '9' ? c - '0' + 52
			: c == '+'             ? 62
					       : 63);
}

/* Between two strings that must be there. */
static struct str between(struct str s, const char *before, const char *after)
{
	size_t at;
	ck_assert_msg(str_find(s, str_from(before), &at), "no '%s'", before);
	s = str_slice(s, at + strlen(before), s.len);
	ck_assert_msg(str_find(s, str_from(after), &at), "no '%s'", after);
	return str_slice(s, 0, at);
}

START_TEST(the_policy_admits_this_style_sheet_and_nothing_else)
{
	struct sample_output got = {0};
	struct sha256 sum;
	struct error err = {0};
	sample_write(&report, "html", &got);
	struct str page = buf_str(&got.bytes);
	struct str hash = between(page, "default-src 'none'; style-src 'sha256-", "'");
	ck_assert_int_eq(sha256_of(between(page, "<style>", "</style>"), &sum, &err), 0);
	ck_assert_uint_eq(hash.len, 44);
	for (size_t bit = 0; bit < 256; bit++) {
		unsigned want = (unsigned)sum.octet[bit / 8] >> (7 - bit % 8) & 1;
		ck_assert_uint_eq(digit(hash.ptr[bit / 6]) >> (5 - bit % 6) & 1, want);
	}
	buf_finish(&got.bytes);
}
END_TEST

START_TEST(it_never_promises_what_evidence_cannot)
{
	static const char *const never[] = {
		"court", "immutable", "tamper-proof", "guarantee", "admissible", "proves that"};
	for (size_t i = 0; i < report_writer_count; i++) {
		struct sample_output got = {0};
		size_t at;
		sample_write(&report, report_writers[i].name, &got);
		for (size_t k = 0; k < sizeof(never) / sizeof(never[0]); k++)
			ck_assert_msg(
				!str_find_nocase(buf_str(&got.bytes), str_from(never[k]), &at),
				"%s", never[k]);
		buf_finish(&got.bytes);
	}
}
END_TEST

START_TEST(a_report_without_clients_is_still_a_report)
{
	struct report none;
	report_init(&none);
	none.overview = true;
	for (size_t i = 0; i < report_writer_count; i++) {
		struct sample_output got = {0};
		sample_write(&none, report_writers[i].name, &got);
		buf_finish(&got.bytes);
	}
	report_finish(&none);
}
END_TEST

Suite *golden_suite(void)
{
	Suite *s = suite_create("report: forms");
	TCase *t = tcase_create("forms");
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_loop_test(t, every_form_is_what_it_was, 0, sizeof(goldens) / sizeof(goldens[0]));
	tcase_add_test(t, one_clients_report_shows_nothing_of_another);
	tcase_add_test(t, only_text_has_colour);
	tcase_add_test(t, the_page_and_the_object_for_programs_say_the_same);
	tcase_add_test(t, each_client_is_one_json_object_whose_lines_add_up);
	tcase_add_test(t, the_policy_admits_this_style_sheet_and_nothing_else);
	tcase_add_test(t, it_never_promises_what_evidence_cannot);
	tcase_add_test(t, a_report_without_clients_is_still_a_report);
	suite_add_tcase(s, t);
	return s;
}
