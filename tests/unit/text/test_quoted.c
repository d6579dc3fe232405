/* Replies of other projects' tests, where they are at hand: do we agree whose words are new? */
#include "suites.h"

#include "base/file.h"
#include "base/json.h"
#include "text/text_extract.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where we decide otherwise on purpose. Such a case need not agree; nothing else is forgiven. */
static const struct {
	const char *id;
	const char *why;
} decisions[] = {
	{"trimmer-embedded_email_1", "words below a quote are new until proven otherwise"},
	{"trimmer-forwarded_message", "a forwarded text is never the sender's own"},
	{"crisp-email_with_regards", "a name below a greeting stays new"},
};

static const char *decision_of(struct str id)
{
	for (size_t i = 0; i < sizeof(decisions) / sizeof(*decisions); i++)
		if (str_eq(id, str_from(decisions[i].id)))
			return decisions[i].why;
	return NULL;
}

enum sure { NEW_SURE, NEW_ANY, NEW_OR_SIGNATURE };

static bool span_counts(const struct span *s, enum sure which)
{
	if (s->kind == SPAN_SIGNATURE)
		return which == NEW_OR_SIGNATURE;
	return s->kind == SPAN_NEW && (which != NEW_SURE || !s->unsure);
}

/* The words of those spans; of the first run of them only, when asked. */
static void words_of(const struct text *t, enum sure which, bool first_run, struct buf *out)
{
	for (size_t i = 0; i < t->span_count; i++) {
		struct str bytes = str_slice(t->bytes, t->spans[i].start, t->spans[i].end);
		if (span_counts(&t->spans[i], which))
			buf_add_str(out, bytes);
		else if (first_run && str_trim(buf_str(out)).len && str_trim(bytes).len)
			return;
	}
}

static bool blank_at(struct str line, size_t *at)
{
	bool no_break = str_starts(str_slice(line, *at, line.len), STR("\u00a0"));
	*at += no_break;
	return no_break || (unsigned char)line.ptr[*at] <= ' ';
}

/* Without blanks; lines that begin with ">" are context that those projects show and we do not. */
static void squeeze(struct str text, bool drop_quotes, struct buf *out)
{
	struct str line;
	while (str_line(&text, &line)) {
		if (drop_quotes && str_starts(str_trim(line), STR(">")))
			continue;
		for (size_t at = 0; at < line.len; at++)
			if (!blank_at(line, &at))
				buf_add_char(out, line.ptr[at]);
	}
}

static bool same_words(struct str got, struct str wanted)
{
	struct buf a = {0}, b = {0};
	squeeze(got, false, &a);
	squeeze(wanted, true, &b);
	bool same = str_eq(buf_str(&a), buf_str(&b));
	buf_finish(&a);
	buf_finish(&b);
	return same;
}

/* The few regular expressions of the cases are words with an anchor or an escaped dot. */
static bool has_pattern(struct str text, struct str pattern)
{
	struct buf plain = {0};
	size_t at;
	for (size_t i = 0; i < pattern.len; i++)
		if (pattern.ptr[i] != '\\' && pattern.ptr[i] != '^')
			buf_add_char(&plain, pattern.ptr[i]);
	bool found =
		str_find(text, buf_str(&plain), &at) && (!str_starts(pattern, STR("^")) || at == 0);
	buf_finish(&plain);
	return found;
}

struct row {
	struct str id, source, kind, raw, compare;
	const struct json_value *expected;
};

static bool row_agrees(const struct row *row, const struct text *t)
{
	struct buf words = {0};
	bool agrees = true;
	if (str_starts(row->compare, STR("nothing"))) {
		for (size_t i = 0; i < t->span_count; i++)
			agrees = agrees && t->spans[i].kind == SPAN_NEW && !t->spans[i].unsure;
	} else if (str_starts(row->compare, STR("visible"))) {
		words_of(t, NEW_SURE, false, &words);
		for (size_t i = 0; i < json_count(row->expected); i++)
			agrees = agrees &&
				has_pattern(str_trim(buf_str(&words)),
					json_to_str(json_at(row->expected, i)));
	} else {
		bool first = str_starts(row->compare, STR("first"));
		enum sure which = str_starts(row->source, STR("mailgun")) ? NEW_OR_SIGNATURE
			: first                                           ? NEW_SURE
									  : NEW_ANY;
		words_of(t, which, first, &words);
		agrees = same_words(buf_str(&words), json_to_str(row->expected));
	}
	buf_finish(&words);
	return agrees;
}

/* Lines that we call surely new and that are not in what the case shows. */
static unsigned row_leaks(const struct row *row, const struct text *t)
{
	struct str expected = json_to_str(row->expected), line;
	struct buf words = {0}, wanted = {0}, squeezed = {0};
	unsigned leaks = 0;
	if (!expected.ptr)
		return 0;
	words_of(t, NEW_SURE, false, &words);
	squeeze(expected, false, &wanted);
	struct str rest = buf_str(&words);
	while (str_line(&rest, &line)) {
		buf_clear(&squeezed);
		squeeze(line, false, &squeezed);
		leaks += squeezed.len &&
			!str_find(buf_str(&wanted), buf_str(&squeezed), &(size_t){0});
	}
	buf_finish(&words);
	buf_finish(&wanted);
	buf_finish(&squeezed);
	return leaks;
}

static void decode_quoted_printable(struct str body, struct buf *out)
{
	for (size_t at = 0; at < body.len; at++) {
		if (body.ptr[at] != '=' || at + 2 >= body.len) {
			buf_add_char(out, body.ptr[at]);
			continue;
		}
		char hex[3] = {body.ptr[at + 1], body.ptr[at + 2], 0};
		if (hex[0] == '\r' || hex[0] == '\n') {
			at += hex[0] == '\r' ? 2 : 1;
			continue;
		}
		buf_add_char(out, (char)strtoul(hex, NULL, 16));
		at += 2;
	}
}

static void decode_base64(struct str body, struct buf *out)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned bits = 0, count = 0;
	for (size_t at = 0; at < body.len; at++) {
		const char *digit = memchr(digits, body.ptr[at], sizeof(digits) - 1);
		if (!digit)
			continue;
		bits = bits << 6 | (unsigned)(digit - digits);
		count += 6;
		if (count >= 8) {
			count -= 8;
			buf_add_char(out, (char)(bits >> count & 0xff));
		}
	}
}

/* The first text/plain of a small, well-formed mail: enough for these cases, which come as mail. */
static void first_plain_part(struct str mail, struct buf *out)
{
	size_t at, end;
	struct str boundary = {0};
	if (str_find(mail, STR("boundary="), &at)) {
		boundary = str_slice(mail, at + 9, mail.len);
		bool quoted = str_starts(boundary, STR("\""));
		boundary = str_slice(boundary, quoted, boundary.len);
		for (end = 0; end < boundary.len && !strchr("\"\r\n", boundary.ptr[end]);)
			end++;
		boundary.len = end;
		ck_assert(str_find(mail, STR("text/plain"), &at));
		mail = str_slice(mail, at, mail.len);
	}
	bool crlf = str_find(mail, STR("\r\n\r\n"), &at);
	ck_assert(crlf || str_find(mail, STR("\n\n"), &at));
	struct str header = str_slice(mail, 0, at);
	struct str body = str_slice(mail, at + (crlf ? 4 : 2), mail.len);
	if (boundary.len && str_find(body, boundary, &end))
		body.len = end >= 2 ? end - 2 : 0;
	if (str_find(header, STR("base64"), &at))
		decode_base64(body, out);
	else if (str_find(header, STR("quoted-printable"), &at))
		decode_quoted_printable(body, out);
	else
		buf_add_str(out, body);
}

static void row_extract(const struct row *row, struct text *t)
{
	struct error err = {0};
	struct buf body = {0};
	if (str_eq(row->kind, STR("eml")))
		first_plain_part(row->raw, &body);
	else
		buf_add_str(&body, row->raw);
	int result = str_eq(row->kind, STR("html"))
		? text_tag_html(buf_str(&body), t, &err)
		: text_tag_plain(buf_str(&body), false, false, t, &err);
	ck_assert_int_eq(result, 0);
	check_spans(t, body.len);
	buf_finish(&body);
}

struct figures {
	unsigned rows, agree, decided, leaks;
};

static void row_count(const struct row *row, struct figures *f)
{
	struct text t;
	struct buf shown = {0};
	text_init(&t);
	row_extract(row, &t);
	bool agrees = row_agrees(row, &t), decided = !agrees && decision_of(row->id);
	unsigned leaks = decided ? 0 : row_leaks(row, &t);
	f->rows++;
	f->agree += agrees;
	f->decided += decided;
	f->leaks += leaks;
	if (((!agrees && !decided) || leaks) && getenv("SHOW")) {
		show_spans(&t, &shown);
		printf("%.*s:%s%s\n%s\n", STR_ARG(row->id), agrees ? "" : " differs",
			leaks ? " leaks" : "", buf_cstr(&shown));
	}
	buf_finish(&shown);
	text_finish(&t);
}

static void count_line(struct str line, struct figures *f)
{
	struct json_document *d = NULL;
	struct error err = {0};
	ck_assert_int_eq(json_parse(line, &d, &err), 0);
	const struct json_value *root = json_root(d);
	struct row row = {
		.id = json_to_str(json_get(root, "id")),
		.source = json_to_str(json_get(root, "source")),
		.kind = json_to_str(json_get(root, "kind")),
		.raw = json_to_str(json_get(root, "raw")),
		.compare = json_to_str(json_get(root, "compare")),
		.expected = json_get(root, "expected"),
	};
	row_count(&row, f);
	json_free(d);
}

START_TEST(other_projects_replies_are_cut_as_they_cut_them)
{
	struct buf file = {0};
	struct error err = {0};
	struct figures f = {0};
	const char *path = TEST_DATA "/quoted/cases.jsonl";
	if (file_read(path, 16 << 20, &file, &err) < 0) {
		printf("skipped: the quoted replies, no file '%s'\n", path);
		return;
	}
	struct str rest = buf_str(&file), line;
	while (str_line(&rest, &line))
		if (line.len)
			count_line(line, &f);
	printf("quoted replies: %u, agree %u, decided otherwise %u, lines wrongly new %u\n", f.rows,
		f.agree, f.decided, f.leaks);
	ck_assert_uint_gt(f.rows, 0);
	ck_assert_uint_ge(f.agree * 100, f.rows * 95);
	ck_assert_uint_eq(f.leaks, 0);
	buf_finish(&file);
}
END_TEST

Suite *suite_quoted(void)
{
	Suite *suite = suite_create("replies of other projects");
	TCase *tc = tcase_create("quoted");
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, other_projects_replies_are_cut_as_they_cut_them);
	suite_add_tcase(suite, tc);
	return suite;
}
