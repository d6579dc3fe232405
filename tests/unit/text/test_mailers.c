/* Runs tests/cases/text/mailers: what mailers put above what they quote, in every shape it takes.
 */
#include "suites.h"

#include "base/file.h"
#include "text/text_extract.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file holds the cases of one language:
       own the client's words
       quoted somebody else's
       == title, a sentence
       reply | forward | marked | footer | notice | subject
       the lines that the mailer writes; "marked": quote marks stand below the first of them */
struct shape {
	const char *name;
	void (*write)(const struct given *g, struct buf *out);
	enum span_kind kind; /* of all lines but the client's own */
	unsigned own;        /* how often the client's own words stand there */
	bool html;
	bool unsure; /* nobody can tell: the client's words are new, perhaps unsure */
};

static struct str own, quoted;

static void put(struct buf *out, const char *before, struct str line, const char *behind)
{
	buf_add_format(out, "%s%.*s%s", before, STR_ARG(line), behind);
}

static void put_lines(struct buf *out, struct str lines, const char *mark)
{
	struct str line;
	while (str_line(&lines, &line))
		put(out, mark, line, "\n");
}

static void write_above(const struct given *g, struct buf *out)
{
	put(out, "", own, "\n\n");
	put_lines(out, g->rest, "");
	put(out, "\n", quoted, "\n");
}

static void write_between(const struct given *g, struct buf *out)
{
	put(out, "", own, "\n\n");
	put_lines(out, g->rest, "");
	put(out, "> ", quoted, "\n>\n");
	put(out, "> ", quoted, "\n\n");
	put(out, "", own, "\n\n");
	put(out, "> ", quoted, "\n");
	put(out, "", own, "\n");
}

static void write_below(const struct given *g, struct buf *out)
{
	put_lines(out, g->rest, "");
	put(out, "\n", quoted, "\n\n");
	put(out, "", own, "\n");
}

static void write_below_marked(const struct given *g, struct buf *out)
{
	put_lines(out, g->rest, "");
	put(out, "> ", quoted, "\n");
	put(out, "> ", quoted, "\n\n");
	put(out, "", own, "\n");
}

/* As mailers wrap: at the last blank before the 64th byte. */
static void write_wrapped(const struct given *g, struct buf *out)
{
	struct str rest = g->rest, line;
	put(out, "", own, "\n\n");
	while (str_line(&rest, &line)) {
		size_t blank;
		while (line.len > 64 && str_rfind_char(str_slice(line, 0, 64), ' ', &blank)) {
			put(out, "", str_slice(line, 0, blank), "\n");
			line = str_slice(line, blank + 1, line.len);
		}
		put(out, "", line, "\n");
	}
	put(out, "\n", quoted, "\n");
}

static void put_markup(struct buf *out, struct str line)
{
	for (size_t at = 0; at < line.len; at++) {
		if (line.ptr[at] == '<')
			buf_add_cstr(out, "&lt;");
		else
			buf_add_char(out, line.ptr[at]);
	}
}

static void write_html(const struct given *g, struct buf *out)
{
	struct str rest = g->rest, line;
	put(out, "<div>", own, "</div><div><br></div><div>");
	while (str_line(&rest, &line)) {
		put_markup(out, line);
		buf_add_cstr(out, "<br>");
	}
	put(out, "</div><div>", quoted, "</div>");
}

static void write_marked(const struct given *g, struct buf *out)
{
	struct str rest = g->rest, first;
	put(out, "", own, "\n\n");
	str_line(&rest, &first);
	put(out, "", first, "\n\n");
	put_lines(out, rest, "> ");
	put(out, ">\n> ", quoted, "\n\n");
	put(out, "", own, "\n");
}

static void write_footer(const struct given *g, struct buf *out)
{
	put(out, "", own, "\n\n");
	put_lines(out, g->rest, "");
}

static void write_subject(const struct given *g, struct buf *out)
{
	(void)g;
	put(out, "", own, "\n");
}

static const struct {
	const char *form;
	struct shape shape;
} shapes[] = {
	{"reply", {"above a quote without marks", write_above, SPAN_QUOTED, 1, false, false}},
	{"reply", {"answers between", write_between, SPAN_QUOTED, 3, false, false}},
	{"reply", {"an answer below", write_below, SPAN_QUOTED, 1, false, true}},
	{"reply", {"an answer below marks", write_below_marked, SPAN_QUOTED, 1, false, false}},
	{"reply", {"wrapped", write_wrapped, SPAN_QUOTED, 1, false, false}},
	{"reply", {"as HTML", write_html, SPAN_QUOTED, 1, true, false}},
	{"forward", {"above", write_above, SPAN_FORWARDED, 1, false, false}},
	{"forward", {"wrapped", write_wrapped, SPAN_FORWARDED, 1, false, false}},
	{"forward", {"as HTML", write_html, SPAN_FORWARDED, 1, true, false}},
	{"marked", {"above and below", write_marked, SPAN_FORWARDED, 2, false, false}},
	{"footer", {"below", write_footer, SPAN_SIGNATURE, 1, false, false}},
	{"notice", {"below", write_footer, SPAN_SIGNATURE, 1, false, false}},
	{"subject", {"alone", write_subject, SPAN_QUOTED, 1, false, false}},
};

/* Below an unmarked quote all may be new; never are the client's words anything else. */
static bool line_fits(const struct shape *shape, const struct span *s, bool is_own)
{
	if (shape->unsure)
		return s->kind == SPAN_NEW ? s->unsure : !is_own && s->kind == shape->kind;
	return is_own ? s->kind == SPAN_NEW && !s->unsure : s->kind == shape->kind;
}

static bool text_fits(const struct text *t, const struct shape *shape)
{
	unsigned count = 0;
	for (size_t i = 0; i < t->span_count; i++) {
		struct str rest = str_slice(t->bytes, t->spans[i].start, t->spans[i].end), line;
		while (str_line(&rest, &line)) {
			bool is_own = str_eq(line, own);
			count += is_own;
			if (str_trim(line).len && !line_fits(shape, &t->spans[i], is_own))
				return false;
		}
	}
	return count == shape->own;
}

/* What is wrong goes to *wrong. */
static void shape_run(
	const struct given *g, const struct shape *shape, struct str subject, struct buf *wrong)
{
	struct buf body = {0};
	struct error err = {0};
	struct text text;
	text_init(&text);
	shape->write(g, &body);
	struct part part = {.type = shape->html ? STR("text/html") : STR("text/plain"),
		.content = buf_str(&body)};
	struct message m = {.subject = subject, .parts = &part, .part_count = 1};
	ck_assert_int_eq(text_extract(&m, &text, &err), 0);
	check_spans(&text, body.len + subject.len);
	if (!text_fits(&text, shape)) {
		buf_add_format(wrong, "%.*s, %s\n", STR_ARG(g->title), shape->name);
		show_spans(&text, wrong);
	}
	text_finish(&text);
	buf_finish(&body);
}

static unsigned case_run(const struct given *g, struct buf *wrong)
{
	unsigned run = 0;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		if (!str_eq(g->form, str_from(shapes[i].form)))
			continue;
		struct str rest = g->rest, subject = {0};
		bool each = str_eq(g->form, STR("subject")) || str_eq(g->form, STR("footer"));
		if (!each) {
			shape_run(g, &shapes[i].shape, subject, wrong);
			run++;
		}
		for (struct given one = *g; each && str_line(&rest, &one.rest); run++) {
			subject = str_eq(g->form, STR("subject")) ? one.rest : subject;
			shape_run(&one, &shapes[i].shape, subject, wrong);
		}
	}
	ck_assert_msg(run > 0, "%.*s: unknown form", STR_ARG(g->title));
	return run;
}

static void file_run(const char *name)
{
	char path[512];
	struct buf file = {0}, wrong = {0};
	struct error err = {0};
	struct given given;
	snprintf(path, sizeof(path), TESTS_DIR "/cases/text/mailers/%s", name);
	ck_assert_int_eq(file_read(path, 1 << 20, &file, &err), 0);
	struct str rest = buf_str(&file);
	ck_assert(str_line(&rest, &own) && str_line(&rest, &quoted));
	ck_assert(str_starts(own, STR("own ")) && str_starts(quoted, STR("quoted ")));
	own = str_slice(own, 4, own.len);
	quoted = str_slice(quoted, 7, quoted.len);
	unsigned run = 0;
	while (given_next(&rest, &given)) {
		given.rest = str_trim(given.rest);
		run += case_run(&given, &wrong);
	}
	ck_assert_msg(wrong.len == 0, "%s: %s", name, buf_cstr(&wrong));
	ck_assert_uint_gt(run, 0);
	buf_finish(&wrong);
	buf_finish(&file);
}

static const char *const languages[] = {"da.txt", "de.txt", "en.txt", "es.txt", "fi.txt", "fr.txt",
	"it.txt", "nl.txt", "no.txt", "pl.txt", "pt.txt", "sv.txt"};

START_TEST(what_mailers_write_in_a_language_is_known_in_every_shape)
{
	file_run(languages[_i]);
}
END_TEST

START_TEST(every_language_of_mailers_is_run)
{
	struct error err = {0};
	char **names = NULL;
	size_t count = 0;
	ck_assert_int_eq(
		file_list(TESTS_DIR "/cases/text/mailers", ".txt", &names, &count, &err), 0);
	ck_assert_uint_eq(count, sizeof(languages) / sizeof(*languages));
	file_list_free(names, count);
}
END_TEST

Suite *suite_mailers(void)
{
	Suite *suite = suite_create("what mailers write");
	TCase *tc = tcase_create("mailers");
	tcase_add_loop_test(tc, what_mailers_write_in_a_language_is_known_in_every_shape, 0,
		sizeof(languages) / sizeof(*languages));
	tcase_add_test(tc, every_language_of_mailers_is_run);
	suite_add_tcase(suite, tc);
	return suite;
}
