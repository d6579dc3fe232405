/* Whole mails of tests/cases/message: each .eml must parse to its .want, in LF and CRLF form. */
#include "base/file.h"
#include "dump.h"
#include "folder.h"
#include "message/message_parse.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

/* "x.eml" -> what x.want holds. */
static void read_want(const char *path, struct buf *out)
{
	struct error err = {0};
	struct buf name = {0};
	buf_add(&name, path, strlen(path) - strlen(".eml"));
	buf_add_cstr(&name, ".want");
	ck_assert_msg(file_read(buf_cstr(&name), 1 << 20, out, &err) == 0, "%s", err.text);
	buf_finish(&name);
}

static void check_dump(const char *path, const char *form, struct str octets, struct buf *want)
{
	struct error err = {0};
	struct buf got = {0};
	struct message m;
	const struct raw raw = {.octets = octets};
	message_init(&m);
	ck_assert_int_eq(message_parse(&raw, &m, &err), 0);
	message_dump(&m, octets, &got);
	ck_assert_msg(strcmp(buf_cstr(&got), buf_cstr(want)) == 0,
		"%s (%s)\n--- got\n%s--- want\n%s", path, form, buf_cstr(&got), buf_cstr(want));
	message_finish(&m);
	buf_finish(&got);
}

static void check_case(const char *path, struct str bytes)
{
	struct buf want = {0}, crlf = {0};
	read_want(path, &want);
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.ptr[i] == '\n')
			buf_add_char(&crlf, '\r');
		buf_add_char(&crlf, bytes.ptr[i]);
	}
	check_dump(path, "LF", bytes, &want);
	check_dump(path, "CRLF", buf_str(&crlf), &want);
	buf_finish(&want);
	buf_finish(&crlf);
}

START_TEST(every_case_parses_to_what_it_wants)
{
	folder_each("cases/message", ".eml", check_case);
}
END_TEST

/* Cut anywhere, a mail still parses, and its parts lie within it. */
static void check_cuts(const char *path, struct str bytes)
{
	for (size_t len = 0; len <= bytes.len; len += 1 + bytes.len / 200) {
		struct error err = {0};
		struct message m;
		const struct raw raw = {.octets = str_slice(bytes, 0, len)};
		message_init(&m);
		ck_assert_int_eq(message_parse(&raw, &m, &err), 0);
		for (size_t i = 0; i < m.part_count; i++) {
			ck_assert_msg(m.parts[i].raw_start <= m.parts[i].raw_end, "%s", path);
			ck_assert_msg(m.parts[i].raw_end <= len, "%s cut at %zu", path, len);
		}
		message_finish(&m);
	}
}

START_TEST(a_mail_that_is_cut_anywhere_parses)
{
	folder_each("cases/message", ".eml", check_cuts);
}
END_TEST

Suite *cases_suite(void)
{
	Suite *s = suite_create("message: whole mails");
	TCase *c = tcase_create("cases");
	tcase_set_timeout(c, 60);
	tcase_add_test(c, every_case_parses_to_what_it_wants);
	tcase_add_test(c, a_mail_that_is_cut_anywhere_parses);
	suite_add_tcase(s, c);
	return s;
}
