/* What holds for any message: new words stay new, whatever is quoted below, wherever it is cut. */
#include "suites.h"

#include "base/file.h"
#include "text/text_extract.h"
#include <ctype.h>
#include <stdlib.h>

/* The bodies of the plain cases of this room, and the headers of all mailers. */
struct stock {
	struct buf *files;
	size_t file_count;
	struct str *bodies, *headers;
	size_t body_count, header_count;
};

#define MOST 1000

static void stock_add(struct stock *s, const struct given *g)
{
	struct str body = g->rest;
	size_t at, end;
	if (str_eq(g->form, STR("reply")) && s->header_count < MOST)
		s->headers[s->header_count++] = body;
	if (!str_eq(g->form, STR("plain")) || s->body_count == MOST)
		return;
	ck_assert(str_find(body, STR("%%\n"), &at));
	body = str_slice(body, at + 3, body.len);
	ck_assert(str_find(body, STR("%%\n"), &end));
	s->bodies[s->body_count++] = str_slice(body, 0, end);
}

static void folder_read(struct stock *s, const char *folder)
{
	struct error err = {0};
	char **names = NULL;
	size_t count = 0;
	ck_assert_int_eq(file_list(folder, ".txt", &names, &count, &err), 0);
	for (size_t i = 0; i < count; i++) {
		char *path = file_join(folder, names[i]);
		struct buf *file = &s->files[s->file_count++];
		struct given given;
		ck_assert_int_eq(file_read(path, 1 << 20, file, &err), 0);
		struct str rest = buf_str(file);
		while (given_next(&rest, &given))
			stock_add(s, &given);
		free(path);
	}
	file_list_free(names, count);
}

static void stock_open(struct stock *s)
{
	*s = (struct stock){
		.files = calloc(MOST, sizeof(*s->files)),
		.bodies = calloc(MOST, sizeof(*s->bodies)),
		.headers = calloc(MOST, sizeof(*s->headers)),
	};
	ck_assert(s->files && s->bodies && s->headers);
	folder_read(s, TESTS_DIR "/cases/text");
	folder_read(s, TESTS_DIR "/cases/text/mailers");
	ck_assert_uint_gt(s->body_count, 50);
	ck_assert_uint_gt(s->header_count, 150);
}

static void stock_close(struct stock *s)
{
	for (size_t i = 0; i < s->file_count; i++)
		buf_finish(&s->files[i]);
	free(s->files);
	free(s->bodies);
	free(s->headers);
}

static void tag(struct str body, struct text *out)
{
	struct error err = {0};
	text_init(out);
	ck_assert_int_eq(text_tag_plain(body, false, false, out, &err), 0);
	check_spans(out, body.len);
}

static const struct span *span_at(const struct text *t, size_t at)
{
	size_t i = 0;
	while (i < t->span_count && t->spans[i].end <= at)
		i++;
	return i < t->span_count ? &t->spans[i] : NULL;
}

/* Both texts begin with the same lines up to `end`. The first word that is new in `before` and no
   more so in `after`. */
static struct str word_lost(const struct text *before, const struct text *after, size_t end)
{
	for (size_t at = 0; at < end && at < before->bytes.len; at++) {
		char c = before->bytes.ptr[at];
		if ((unsigned char)c < 0x80 && !isalnum(c)) /* rulers are nobody's words */
			continue;
		const struct span *was = span_at(before, at), *is = span_at(after, at);
		ck_assert(was && is && before->bytes.ptr[at] == after->bytes.ptr[at]);
		if (was->kind == SPAN_NEW && is->kind != SPAN_NEW)
			return str_slice(before->bytes, at, end);
	}
	return (struct str){0};
}

static void check_appended(
	const struct text *before, struct str body, struct str header, bool marked)
{
	struct buf whole = {0};
	struct text after;
	buf_add_str(&whole, body);
	buf_add_char(&whole, '\n');
	buf_add_str(&whole, str_trim(header));
	buf_add_cstr(&whole,
		marked ? "\n> Which one do you like?\n> The red one?\n"
		       : "\n\nWhich one do you like?\n");
	tag(buf_str(&whole), &after);
	struct str lost = word_lost(before, &after, before->bytes.len);
	ck_assert_msg(!lost.ptr, "'%.*s' is lost in:\n%s", STR_ARG(lost), buf_cstr(&whole));
	text_finish(&after);
	buf_finish(&whole);
}

START_TEST(a_quote_that_is_appended_takes_no_new_words_away)
{
	struct stock s;
	size_t header = 0;
	stock_open(&s);
	for (size_t i = 0; i < s.body_count; i++) {
		struct text before;
		tag(s.bodies[i], &before);
		for (int times = 0; times < 20; times++, header++)
			check_appended(&before, s.bodies[i], s.headers[header % s.header_count],
				header % 2);
		text_finish(&before);
	}
	stock_close(&s);
}
END_TEST

/* Where the rest is missing less may be known, never that new words are somebody else's. */
static void check_cut(struct str body)
{
	struct text whole, part;
	tag(body, &whole);
	for (size_t end = 1; end < body.len; end++) {
		if (body.ptr[end - 1] != '\n')
			continue;
		tag(str_slice(body, 0, end), &part);
		struct str lost = word_lost(&whole, &part, part.bytes.len);
		ck_assert_msg(
			!lost.ptr, "'%.*s' is lost in:\n%.*s", STR_ARG(lost), (int)end, body.ptr);
		text_finish(&part);
	}
	text_finish(&whole);
}

START_TEST(a_message_that_is_cut_at_any_line_loses_no_new_words)
{
	struct stock s;
	stock_open(&s);
	for (size_t i = 0; i < s.body_count; i++)
		check_cut(s.bodies[i]);
	for (size_t i = 0; i < s.header_count; i++) {
		struct buf body = {0};
		buf_add_format(&body, "The blue one, tonight.\nAnd for nothing.\n\n%.*s\n",
			STR_ARG(str_trim(s.headers[i])));
		buf_add_cstr(&body, "> Which one?\n> Red?\n\nBlue!\n\n> When?\n\nNow.\n");
		check_cut(buf_str(&body));
		buf_finish(&body);
	}
	stock_close(&s);
}
END_TEST

Suite *suite_properties(void)
{
	Suite *suite = suite_create("what holds for any message");
	TCase *tc = tcase_create("properties");
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_quote_that_is_appended_takes_no_new_words_away);
	tcase_add_test(tc, a_message_that_is_cut_at_any_line_loses_no_new_words);
	suite_add_tcase(suite, tc);
	return suite;
}
