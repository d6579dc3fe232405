/* Runs the plain files of tests/cases/text: a body, and whose words each of its lines are. */
#include "suites.h"

#include "base/file.h"
#include "html.h"
#include "text/text_extract.h"
#include <stdio.h>
#include <stdlib.h>

/* A file holds cases:
       == title, a sentence
       plain | flowed | delsp | html       and maybe:  subject ...  platform ...  speaker ...
       %%
       the body; \s is a blank at the end of a line
       %%
       kind | words      for each span of each line, "?" unsure, "hidden" */
struct parsed {
	struct str title, form, subject, platform, speaker, body, want;
};

static void case_parse(const struct given *given, struct parsed *out)
{
	struct str one = given->rest, option;
	size_t at;
	*out = (struct parsed){.title = given->title, .form = given->form};
	while (str_line(&one, &option) && !str_eq(option, STR("%%"))) {
		struct str key;
		ck_assert(str_split(&option, ' ', &key));
		if (str_eq(key, STR("subject")))
			out->subject = option;
		else if (str_eq(key, STR("platform")))
			out->platform = option;
		else if (str_eq(key, STR("speaker")))
			out->speaker = option;
		else
			ck_abort_msg("%.*s", STR_ARG(out->title));
	}
	ck_assert_msg(str_find(one, STR("%%\n"), &at), "no %%%% in %.*s", STR_ARG(out->title));
	out->body = str_slice(one, 0, at);
	out->want = str_trim(str_slice(one, at + 3, one.len));
}

static void body_write(struct str body, struct buf *out)
{
	size_t at;
	while (str_find(body, STR("\\s\n"), &at)) {
		buf_add_str(out, str_slice(body, 0, at));
		buf_add_cstr(out, " \n");
		body = str_slice(body, at + 3, body.len);
	}
	buf_add_str(out, body);
}

/* Appends what differs to *wrong. */
static void case_run(const struct parsed *g, struct buf *wrong)
{
	struct buf body = {0}, got = {0};
	struct error err = {0};
	struct text text;
	text_init(&text);
	body_write(g->body, &body);
	bool html = str_eq(g->form, STR("html"));
	struct part part = {
		.type = html ? STR("text/html") : STR("text/plain"),
		.flowed = str_eq(g->form, STR("flowed")) || str_eq(g->form, STR("delsp")),
		.delsp = str_eq(g->form, STR("delsp")),
		.content = buf_str(&body),
	};
	struct message m = {.subject = g->subject,
		.platform = g->platform,
		.speaker = g->speaker,
		.parts = &part,
		.part_count = 1};
	ck_assert(html || part.flowed || str_eq(g->form, STR("plain")));
	ck_assert_int_eq(text_extract(&m, &text, &err), 0);
	check_spans(&text, body.len + g->subject.len);
	show_spans(&text, &got);
	if (text.not_read.ptr)
		buf_add_format(&got, "not read | %.*s\n", STR_ARG(text.not_read));
	if (!str_eq(str_trim(buf_str(&got)), g->want))
		buf_add_format(wrong, "%.*s\nwanted:\n%.*s\ngot:\n%s\n", STR_ARG(g->title),
			STR_ARG(g->want), buf_cstr(&got));
	text_finish(&text);
	buf_finish(&body);
	buf_finish(&got);
}

static unsigned file_run(const char *path)
{
	struct buf file = {0}, wrong = {0};
	struct error err = {0};
	struct given given;
	struct parsed parsed;
	unsigned count = 0;
	ck_assert_int_eq(file_read(path, 1 << 20, &file, &err), 0);
	struct str rest = buf_str(&file);
	for (; given_next(&rest, &given); count++) {
		case_parse(&given, &parsed);
		case_run(&parsed, &wrong);
	}
	ck_assert_msg(wrong.len == 0, "%s: %s", path, buf_cstr(&wrong));
	buf_finish(&file);
	return count;
}

static const char *const files[] = {"attribution.txt", "own_words.txt", "header_block.txt",
	"forward.txt", "signature.txt", "flowed.txt", "html.txt", "gateway.txt", "platform.txt"};

START_TEST(every_case_of_a_file_is_cut_as_written)
{
	char *path = file_join(TESTS_DIR "/cases/text", files[_i]);
	ck_assert_ptr_nonnull(path);
	ck_assert_msg(file_run(path) > 0, "%s has no case", path);
	free(path);
}
END_TEST

START_TEST(every_file_of_cases_is_run)
{
	struct error err = {0};
	char **names = NULL;
	size_t count = 0;
	ck_assert_int_eq(file_list(TESTS_DIR "/cases/text", ".txt", &names, &count, &err), 0);
	ck_assert_uint_eq(count, sizeof(files) / sizeof(*files));
	file_list_free(names, count);
}
END_TEST

Suite *suite_cases(void)
{
	Suite *suite = suite_create("cases of the text room");
	TCase *tc = tcase_create("cases");
	tcase_add_loop_test(
		tc, every_case_of_a_file_is_cut_as_written, 0, sizeof(files) / sizeof(*files));
	tcase_add_test(tc, every_file_of_cases_is_run);
	suite_add_tcase(suite, tc);
	return suite;
}
