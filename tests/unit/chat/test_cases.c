/* Runs the plain files of tests/cases/chat: an export, and the messages it holds. */
#include "suites.h"

#include "base/file.h"
#include "base/utf8.h"
#include "worktime/zone.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file holds cases:
       == title, a sentence
       format, and maybe: locale de, zone Europe/Berlin, name WhatsApp Chat with Jana.txt
       %%
       the export; \r, and \u200e with four digits, are what they say; "-- path" begins a file of it
       %%
       what the survey found, and each message (suites.h) */
struct given {
	struct str title, format, locale, zone, name, body, want;
};

#define FILES_MOST 8

struct export
{
	struct buf octets[FILES_MOST];
	struct chat_file items[FILES_MOST];
	struct str contents[FILES_MOST];
	size_t count;
};

static bool given_next(struct str *rest, struct given *out)
{
	static const struct str mark = STR("== ");
	size_t at;
	if (!str_starts(*rest, mark))
		return false;
	struct str one = str_slice(*rest, mark.len, rest->len), line;
	*rest = (struct str){0};
	if (str_find(one, STR("\n== "), &at)) {
		*rest = str_slice(one, at + 1, one.len);
		one.len = at + 1;
	}
	*out = (struct given){.name = STR("chat.txt")};
	ck_assert(str_line(&one, &out->title) && str_line(&one, &out->format));
	while (str_line(&one, &line) && !str_eq(line, STR("%%"))) {
		struct str key;
		ck_assert(str_split(&line, ' ', &key));
		struct str *field = str_eq(key, STR("locale")) ? &out->locale
			: str_eq(key, STR("zone"))             ? &out->zone
			: str_eq(key, STR("name"))             ? &out->name
							       : NULL;
		ck_assert_msg(field != NULL, "%.*s", STR_ARG(key));
		*field = line;
	}
	ck_assert_msg(str_find(one, STR("%%\n"), &at), "no %%%% in %.*s", STR_ARG(out->title));
	out->body = str_slice(one, 0, at);
	out->want = str_trim(str_slice(one, at + 3, one.len));
	return true;
}

/* In cases of JSON these are JSON's own, and mean the same. */
static void add_octets(struct str line, bool resolve, struct buf *out)
{
	for (size_t i = 0; i < line.len; i++) {
		struct str rest = str_slice(line, i, line.len);
		if (resolve && str_starts(rest, STR("\\r"))) {
			buf_add_char(out, '\r');
			i += 1;
		} else if (resolve && str_starts(rest, STR("\\u")) && rest.len >= 6) {
			char digits[5] = {rest.ptr[2], rest.ptr[3], rest.ptr[4], rest.ptr[5]},
			     four[4];
			buf_add(out, four, utf8_encode((int32_t)strtol(digits, NULL, 16), four));
			i += 5;
		} else {
			buf_add_char(out, line.ptr[i]);
		}
	}
}

static void export_make(const struct given *g, struct export *out)
{
	bool resolve = str_eq(g->format, STR("whatsapp"));
	struct str rest = g->body, line;
	while (str_line(&rest, &line)) {
		if (str_starts(line, STR("-- ")) || !out->count) {
			ck_assert(out->count < FILES_MOST);
			out->items[out->count++].name = g->name;
		}
		if (str_starts(line, STR("-- "))) {
			out->items[out->count - 1].name = str_slice(line, 3, line.len);
			continue;
		}
		add_octets(line, resolve, &out->octets[out->count - 1]);
		buf_add_char(&out->octets[out->count - 1], '\n');
	}
	for (size_t i = 0; i < out->count; i++) {
		out->contents[i] = buf_str(&out->octets[i]);
		out->items[i].size_bytes = out->contents[i].len;
	}
}

static void export_finish(struct export *e)
{
	for (size_t i = 0; i < e->count; i++)
		buf_finish(&e->octets[i]);
}

/* Appends what differs to *wrong. */
static void case_run(const struct given *g, struct buf *wrong)
{
	struct export export = {0};
	struct memory_files files;
	struct chat_survey survey;
	struct error err = {0};
	struct buf got = {0};
	enum chat_format format, detected;
	enum chat_order order = CHAT_ORDER_UNKNOWN;
	char *zone = str_dup(g->zone);
	chat_survey_init(&survey);
	export_make(g, &export);
	memory_files_init(&files, g->name, export.items, export.contents, export.count);
	ck_assert(chat_format_parse(g->format, &format));
	ck_assert(!g->locale.len || !chat_order_parse(g->locale, &order, &err));
	ck_assert_msg(!chat_detect(&files.files, &detected, &err), "%.*s: %s", STR_ARG(g->title),
		err.text);
	ck_assert_int_eq(detected, format);
	struct chat_declared declared = declare(g->zone.len ? zone : "", order);
	ck_assert_int_eq(chat_survey(format, &files.files, &declared, &survey, &err), 0);
	show_survey(&survey, &got);
	declared.order = survey.dates.order;
	if (!survey.order_needed)
		read_all(format, &files.files, &declared, &got);
	if (!str_eq(str_trim(buf_str(&got)), g->want))
		buf_add_format(wrong, "== %.*s\n%s", STR_ARG(g->title), buf_cstr(&got));
	zone_close((struct zone *)declared.zone);
	chat_survey_finish(&survey);
	export_finish(&export);
	buf_finish(&got);
	free(zone);
}

static int file_run(const char *name, struct buf *wrong)
{
	char *path = file_join(TESTS_DIR "/cases/chat", name);
	struct buf bytes = {0};
	struct error err = {0};
	struct given given;
	int count = 0;
	ck_assert_msg(file_read(path, 1 << 20, &bytes, &err) == 0, "%s", err.text);
	struct str rest = buf_str(&bytes);
	for (; given_next(&rest, &given); count++)
		case_run(&given, wrong);
	ck_assert_msg(!rest.len, "%s: expected '== title'", path);
	buf_finish(&bytes);
	free(path);
	return count;
}

START_TEST(each_export_gives_the_messages_that_its_case_tells)
{
	char **names;
	size_t count;
	struct buf wrong = {0};
	struct error err = {0};
	int cases = 0;
	ck_assert(file_list(TESTS_DIR "/cases/chat", ".txt", &names, &count, &err) == 0);
	for (size_t i = 0; i < count; i++)
		cases += file_run(names[i], &wrong);
	file_list_free(names, count);
	/* more than a message of Check's can hold */
	fputs(buf_cstr(&wrong), stderr);
	ck_assert_uint_eq(wrong.len, 0);
	ck_assert_int_gt(cases, 40);
	buf_finish(&wrong);
}
END_TEST

Suite *suite_cases(void)
{
	Suite *suite = suite_create("chat: cases");
	TCase *all = tcase_create("cases");
	tcase_add_test(all, each_export_gives_the_messages_that_its_case_tells);
	suite_add_tcase(suite, all);
	return suite;
}
